import { plainCard } from "../../cards/answers.ts";
import { askedFirst } from "../../cards/asked-first.ts";
import { snoozeCard } from "../../cards/attention-card.ts";
import { say } from "../../cards/say.ts";
import { type Refusal, refuse } from "../../law/finding.ts";
import type { Matter } from "../../matter/history.ts";
import { standingNow } from "../../matter/standing.ts";
import type { Next, Standing } from "../../matter/standing-types.ts";
import { type Day, daysBetween } from "../../time/day.ts";
import type { Command, Context, Outcome, Question } from "../command.ts";
import { misunderstood } from "../command.ts";
import { findMatter, nameOf, todayOf } from "../find.ts";
import { nothingToPutOff, withSince } from "../stale.ts";

/** A year and a day: whoever puts off for longer has forgotten. */
const LONGEST = 366;

export const snooze: Command = {
  verb: "snooze",
  summary: "help.snooze",
  group: "watch",
  access: "writes",
  who: "editor",
  positionals: [
    { name: "ref", kind: "matter", required: true },
    { name: "until", kind: "literal" },
    { name: "day", kind: "day" },
  ],
  options: [
    { name: "off", kind: "flag" },
    { name: "past-expiry", kind: "flag" },
  ],
  examples: ["snooze SAN-2023-018 until 2024-02-10", "snooze SAN-2023-018 until 2024-03-01 --past-expiry", "snooze SAN-2023-018 --off"],
  async run(values, context) {
    const day = values.day as Day | undefined;
    if (values.off === true && values.until !== undefined) return misunderstood("snooze-off-alone");
    if (values.off !== true && day === undefined)
      return misunderstood("argument-missing", { name: "until DAY", usage: "snooze REF until DAY [--past-expiry]" });
    const matter = await findMatter(values.ref as string, context);
    if ("refused" in matter) return matter;
    return day === undefined ? lift(matter, context) : putOff(matter, day, values["past-expiry"] === true, context);
  },
};

async function putOff(matter: Matter, day: Day, meant: boolean, context: Context): Promise<Outcome> {
  const { store, place, clock, person, personName, language } = context;
  const today = todayOf(matter, context);
  const standing = standingNow(matter, today);
  const over = nothingToPutOff(standing);
  if (over !== null) return withSince(over, matter, null, context);
  const refusal = tooSoonOrFar(day, today) ?? (meant ? null : pastDeadline(standing, day, context));
  if (refusal !== null) return refusal;
  const at = clock.now();
  await store.attention.snooze({ stream: matter.key, place, until: day, by: await store.people.idOf(person, personName), at });
  await store.index.wake([matter.key]);
  const ref = nameOf(matter);
  const card = snoozeCard(language, { ref, key: matter.key, until: day, name: personName });
  return { cards: [card], json: { ref, place, until: day, by: personName, at } };
}

async function lift(matter: Matter, { store, place, clock, person, personName, language }: Context): Promise<Outcome> {
  const ref = nameOf(matter);
  const heed = (await store.attention.of([matter.key])).get(matter.key);
  const held = heed?.snoozes.find((one) => one.place === place) ?? null;
  if (held !== null) {
    await store.attention.snooze({
      stream: matter.key,
      place,
      until: null,
      by: await store.people.idOf(person, personName),
      at: clock.now(),
    });
    await store.index.wake([matter.key]);
  }
  const card = plainCard(language, held === null ? "snooze.none" : "snooze.off", { ref });
  return { cards: [card], json: { ref, place, until: null, lifted: held !== null } };
}

function tooSoonOrFar(day: Day, today: Day): Refusal | null {
  if (day <= today) return refuse("snooze-not-ahead", { day, today });
  return daysBetween(today, day) > LONGEST ? refuse("snooze-too-far", { day, days: LONGEST }) : null;
}

/** The earliest deadline that would pass meanwhile, or has passed while its penalty runs: asked about, with the line that means it. */
function pastDeadline(standing: Standing, day: Day, { language }: Context): Question | null {
  const passed = deadlinesOf(standing).find((one) => one.day <= day);
  if (passed === undefined) return null;
  const line = `snooze ${standing.key} until ${day} --past-expiry`;
  const question = refuse("snooze-past-expiry", { ref: nameOf(standing), day, deadline: passed.day, what: passed.what, line });
  const offer = {
    label: say(language, "snooze.past-expiry"),
    command: line,
    ...askedFirst(language, say(language, "snooze.past-expiry-confirm", { day, deadline: passed.day })),
  };
  return { ...question, offer };
}

const STILL_OPEN: ReadonlySet<string> = new Set(["accruing", "overdue"]);

function deadlinesOf({ items, ahead }: Standing): readonly Next[] {
  const ended = items.flatMap(({ state, expiry }) => (STILL_OPEN.has(state) && expiry !== null ? [{ day: expiry, what: "expiry" }] : []));
  return [...ahead, ...ended].sort((one, other) => (one.day < other.day ? -1 : 1));
}
