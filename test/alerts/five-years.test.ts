import { expect, test } from "vitest";
import { writeAmount } from "../../src/law/money.ts";
import { standingOn } from "../../src/matter/standing.ts";
import type { Place } from "../../src/ports/chat.ts";
import { addDays, type Day, day, daysBetween } from "../../src/time/day.ts";
import { instantOf, millisecondsOf, momentOf } from "../../src/time/instant.ts";
import { deskOfTest } from "./desk-of-test.ts";

const MATTERS = 50;
const YEARS = 5;
const ZONE = "Europe/Paris";
const START = day("2024-01-02");
const END = addDays(START, YEARS * 365);
const ONE = "memory:one" as Place;

/** The matters begin over two years; some run on, some are capped, some have no penalty, some are complied with. */
function factsOf(number: number): object {
  const notified = addDays(START, (number * 14) % 700);
  const cap = number % 3 === 0 ? { cap: { units: 200 } } : {};
  const penalty = number % 7 === 0 ? {} : { penalty: { rate: String(100 + number), per: "day", ...cap } };
  const items = [{ id: "a", cure: { period: `P${1 + (number % 4)}M`, from: "notified", rule: "cure" }, ...penalty }];
  return { ref: `SAN-2024-${String(number).padStart(3, "0")}`, decided: "2024-01-02", notified, items };
}

interface Known {
  readonly key: string;
  /** When it is registered: the day of its notification. */
  readonly from: Day;
  /** Whether and when it is complied with. */
  readonly until: Day | null;
}

test("five years of 50 matters in one place: each due stage once, totals as the register gives them, and nothing in memory grows", {
  timeout: 120_000,
}, async () => {
  const desk = await deskOfTest();
  desk.clock.set(momentOf(ZONE, START, "08:00"));
  await desk.watch(ONE, { digest: "off" });
  const matters = new Map<Day, Known[]>();
  const later = new Map<Day, Known[]>();
  for (let number = 1; number <= MATTERS; number++) {
    const { ref, notified } = factsOf(number) as { ref: string; notified: Day };
    const until = number % 5 === 0 ? addDays(notified, 300) : null;
    const known = { key: `CNIL:${ref}`, from: notified, until };
    matters.set(notified, [...(matters.get(notified) ?? []), known]);
    if (until !== null) later.set(until, [...(later.get(until) ?? []), known]);
  }
  const all = [...matters.values()].flat();
  let ticks = 0;
  const { memory } = desk.host;
  // The index says when; what is recorded is recorded at six in the morning.
  for (let today = START; today < END; today = addDays(today, 1)) {
    desk.clock.set(momentOf(ZONE, today, "06:00"));
    for (const { key } of matters.get(today) ?? []) await desk.hold(factsOf(Number(key.slice(-3))));
    for (const { key } of later.get(today) ?? []) await desk.record(key, { on: today, type: "complied", for: "a" });
    const night = momentOf(ZONE, addDays(today, 1));
    for (let next = await desk.store.index.nextWake(); next !== null && next < night; next = await desk.store.index.nextWake()) {
      const at = next > desk.clock.now() ? next : instantOf(millisecondsOf(desk.clock.now()) + 1_000);
      await desk.tickAt(at);
      ticks++;
    }
    expect(memory.free.size + memory.digests.size + memory.unsaved.length).toBeLessThanOrEqual(2);
  }
  expect(desk.faults).toEqual([]);
  const keys = desk.posts.map(({ key }) => key);
  expect(new Set(keys).size).toBe(keys.length);
  const said = new Set(keys);
  let totals = 0;
  for (const { key, until, from } of all) {
    const matter = (await desk.register.matter(key))!;
    const expiry = standingOn(matter, from).items[0]!.expiry!;
    const left = daysBetween(from, expiry);
    // The stage that had passed when it was registered speaks at once, and each of the others on its day.
    const passed = [30, 14, 7, 3, 1, 0].filter((stage) => stage > left);
    for (const stage of [30, 14, 7, 3, 1, 0].slice(passed.length))
      expect(said).toContain(JSON.stringify([ONE, "reminder", key, "a", stage, expiry, ""]));
    const expected = [];
    for (let day = addDays(expiry, 7); day < END && (until === null || day < until); day = addDays(day, 7)) {
      const { state, capReached } = standingOn(matter, addDays(day, -1)).items[0]!;
      if (state === "accruing" || (capReached !== null && day <= capReached)) expected.push(day);
    }
    const told = (await desk.store.deliveries.about(key, ONE)).filter(({ basis }) => basis.kind === "total");
    expect(told.map(({ key: name }) => (JSON.parse(name) as string[])[6])).toEqual(expected);
    for (const { basis } of told) {
      const { on, theoretical } = basis.shown as { on: Day; theoretical: string };
      const through = standingOn(matter, addDays(on, -1)).items[0]!;
      expect(theoretical).toBe(writeAmount(through.theoretical!));
      totals++;
    }
  }
  expect(totals).toBeGreaterThan(3_000);
  // What is looked at is what is due: a few times for each thing that is said, not each day.
  expect(ticks).toBeLessThan(keys.length * 3);
});
