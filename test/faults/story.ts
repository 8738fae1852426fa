import { decideEvent } from "../../src/matter/decide.ts";
import type { MatterEvent } from "../../src/matter/events.ts";
import type { Facts } from "../../src/matter/facts.ts";
import type { Place } from "../../src/ports/chat.ts";
import type { Point } from "../../src/ports/probe.ts";
import { addDays, type Day, day } from "../../src/time/day.ts";
import { type Instant, millisecondsOf, momentOf } from "../../src/time/instant.ts";
import { type FaultDesk, faultDesk, minutesAfter } from "./desk.ts";
import type { Evidence } from "./evidence.ts";
import { type Random, randomOf } from "./random.ts";
import type { AnswerKind } from "./scripted-platform.ts";

const ZONE = "Europe/Paris";
const START = day("2024-01-10");
const DAYS = 32;
/** When somebody looks, in an ordinary day. */
const HOURS = ["00:05", "08:59", "09:00", "11:00", "15:00", "20:00"];

const TELLS = "memory:tells" as Place;
const SILENT = "memory:silent" as Place;
const QUIET = "memory:quiet" as Place;
const OPERATIONS = "memory:operations" as Place;

const POINTS: readonly Point[] = ["before-claim", "after-claim", "mid-post", "posted-not-settled", "in-digest"];

/** Random matters and events, places of every kind, a platform that fails and a process that dies: all of it from the seed. */
export async function faultStory(seed: number): Promise<{ readonly evidence: Evidence; readonly faults: readonly object[] }> {
  const random = randomOf(seed);
  const desk = await faultDesk({
    random,
    start: momentOf(ZONE, START),
    operations: OPERATIONS,
    pace: random.one([0, 1_000]),
    canTell: (place) => place === TELLS,
    reckoned: (place) => place !== QUIET && place !== OPERATIONS,
  });
  try {
    await desk.watch(TELLS);
    await desk.watch(SILENT, { language: "fr", zone: "America/New_York", at: "08:00" });
    await desk.watch(QUIET, { weekdays: [1, 2, 3, 4, 5], quiet: { from: "19:00", to: "10:00" }, digest: "off" }, "authority:CNIL");
    const rough = random.next() * 0.7;
    for (const place of [TELLS, SILENT, QUIET]) desk.platform.befall(place, () => draw(random, rough));
    const keys = await registered(desk, random);
    for (let on = 0; on < DAYS; on++) await aDay(desk, random, addDays(START, on), keys);
    // All goes well again, and what waits is said.
    for (const place of [TELLS, SILENT, QUIET]) desk.platform.befall(place, () => "ok");
    await aDay(desk, random, addDays(START, DAYS), []);
    return { evidence: await desk.evidence(), faults: desk.faults };
  } finally {
    await desk.close();
  }
}

function draw(random: Random, rough: number): AnswerKind {
  if (random.chance(0.02)) return "never";
  if (!random.chance(rough)) return random.chance(0.05) ? "slow" : "ok";
  return random.one<AnswerKind>(["later", "later", "later-with-wait", "unknown-shown", "unknown-not-shown"]);
}

async function registered(desk: FaultDesk, random: Random): Promise<readonly string[]> {
  const keys: string[] = [];
  for (let number = 1; number <= 5; number++) {
    desk.clock.set(minutesAfter(momentOf(ZONE, START), number));
    const period = random.one(["P1D", "P10D", "P20D", "P1M", "P28D"]);
    const cap = random.chance(0.3) ? { cap: { units: 1 + random.below(30) } } : {};
    const penalty = random.chance(0.6) ? { penalty: { rate: "100", per: "day", ...cap } } : {};
    const known = random.chance(0.8) ? { notified: START } : {};
    const items = [{ id: "a", cure: { period, from: "notified", rule: "cure" }, ...penalty }];
    const facts = { ref: `X-${number}`, authority: "CNIL", respondent: "X", kind: "sanction", decided: START, ...known, items };
    keys.push(`CNIL:X-${number}`);
    await desk.record(keys.at(-1)!, facts as unknown as Facts);
  }
  return keys;
}

async function aDay(desk: FaultDesk, random: Random, on: Day, keys: readonly string[]): Promise<void> {
  // Some days nobody is there: the machine is off.
  if (keys.length > 0 && random.chance(0.06)) return;
  for (const hour of HOURS) {
    const at = momentOf(ZONE, on, hour);
    if (keys.length > 0 && random.chance(0.05)) await happen(desk, random, random.one(keys), on, minutesAfter(at, -1));
    if (random.chance(0.08)) desk.doom(random.one(POINTS), 1 + random.below(3));
    await step(desk, at);
    await retries(desk, at);
  }
  desk.doom(null);
}

/** The clock stays where it is when a slow answer has moved it further. */
async function step(desk: FaultDesk, at: Instant): Promise<void> {
  await desk.step(at > desk.clock.now() ? at : desk.clock.now());
}

/** Somebody looks as well when what was put off may go: within the hour, so that the next look is not before it. */
async function retries(desk: FaultDesk, since: Instant): Promise<void> {
  const until = minutesAfter(since, 19);
  for (let looks = 0; looks < 6; looks++) {
    const waiting = await desk.store.deliveries.undelivered(until);
    const next = waiting
      .flatMap(({ outcome }) => (outcome?.kind === "later" || outcome?.kind === "unknown" ? [outcome.notBefore] : []))
      .filter((at) => at > desk.clock.now() && at < until)
      .sort()[0];
    if (next === undefined) return;
    await step(desk, next);
  }
}

async function happen(desk: FaultDesk, random: Random, key: string, on: Day, at: Instant): Promise<void> {
  if (millisecondsOf(at) <= millisecondsOf(desk.clock.now())) return;
  desk.clock.set(at);
  const events: readonly MatterEvent[] = [
    { type: "extended", on, by: "P5D" },
    { type: "stayed", on },
    { type: "resumed", on },
    { type: "complied", on },
    { type: "rejected", on },
    { type: "rate-changed", on, rate: "250" },
    { type: "note", on, text: "a note" },
    { type: "notified", on } as unknown as MatterEvent,
  ] as readonly MatterEvent[];
  const matter = (await desk.register.matter(key))!;
  const event = random.one(events);
  if (decideEvent(matter, event, on) === null) await desk.record(key, null, event);
}
