import { isDeepStrictEqual } from "node:util";
import { confirmation } from "../alerts/marks.ts";
import { nameApart } from "../alerts/names.ts";
import { mendedBefore, valuesBefore } from "../alerts/values-before.ts";
import { consentCard, type Intended, type Meanwhile } from "../cards/consent-card.ts";
import { say } from "../cards/say.ts";
import { refuse } from "../law/finding.ts";
import { compareWith } from "../matter/difference.ts";
import type { MatterEvent } from "../matter/events.ts";
import type { Matter } from "../matter/history.ts";
import type { Day } from "../time/day.ts";
import type { Context, Question } from "./command.ts";
import { eventFrom, splitRef, wordsOf } from "./event-fields.ts";
import { nameOf, namesOf, withPeople } from "./find.ts";
import { letInBy } from "./letting-in.ts";
import { parse } from "./parser.ts";
import { buttonOf, keep, proposedAlready } from "./proposing.ts";
import { tokensOf } from "./tokens.ts";

/** An event that is to be recorded, and the matter as whoever records it has it before them. */
export interface Intention {
  readonly matter: Matter;
  readonly event: MatterEvent;
  /** The civil day at the matter's authority. */
  readonly today: Day;
  /** The version of the matter that was shown; null where none was. */
  readonly confirmed: number | null;
  /** The latest proposal of the very same that was shown with it, where it waits for an approval; null or absent where none was. */
  readonly beside?: string | null;
}

/** Whether somebody reads the answer and can confirm it. A line of a script is meant as it stands, and so is an import (docs/contract.md). */
export function converses({ terminal }: Pick<Context, "terminal">): boolean {
  return terminal === null || terminal.converses === true;
}

/**
 * Asks whether it is meant: what was and what will be, with the line that records it. Where the matter has changed since it was shown, that is
 * said first. The line carries the version that is shown now.
 */
export async function askFirst(intention: Intention, twoPersons: boolean, context: Context): Promise<Question> {
  const { matter, event, confirmed } = intention;
  const { language } = context;
  const beside = twoPersons ? ((await proposedAlready({ matter, event }, context))?.id ?? null) : null;
  const line = `${await lineFor(matter, event, context)} --confirmed ${confirmation(context.store.name, matter, beside)}`;
  const offer = { label: say(language, twoPersons ? "consent.propose" : "consent.record"), command: line, style: "primary" } as const;
  const changed = confirmed !== null;
  const card = consentCard(language, await intendedBy(intention, context), {
    title: changed ? "consent.changed-title" : "consent.title",
    meanwhile: changed ? await meanwhileOf(matter, confirmed, context) : null,
    twoPersons,
    beside,
    actions: [offer],
  });
  return { ...refuse(changed ? "consent-changed" : "consent-needed", { ref: nameOf(matter), line }), offer, card };
}

/** What it would change, for a card; `by` is the opaque id of whoever records it, where that is not the asker. */
export async function intendedBy(
  { matter, event, today }: Omit<Intention, "confirmed">,
  context: Context,
  by: string | null = null,
): Promise<Intended> {
  const { before, after, differences } = compareWith(matter, event, today);
  const comparison = { before: await withPeople(before, matter, context), after, differences };
  const written = { event, order: matter.version + 1 };
  const [was, mends] = [valuesBefore(matter, written), mendedBefore(matter, written)];
  const intended = { ref: nameOf(matter), event, comparison, was, mends };
  const isHidden = differences.some((one) => one.what === "visibility" && one.after === "restricted");
  return isHidden ? { ...intended, letsIn: await letsIn(matter, by, context) } : intended;
}

/** The names of those who are let in when the matter is made restricted, with those who have stayed let in from another time. */
async function letsIn(matter: Matter, by: string | null, context: Context): Promise<readonly string[]> {
  const { people, access } = context.store;
  const maker = by ?? (await people.idOf(context.person, context.personName));
  const ids = new Set([
    ...(await letInBy({ matter, was: null, by: maker }, context)),
    ...((await access.admitted()).get(matter.key) ?? []),
  ]);
  return Promise.all([...ids].map((id) => nameApart(id, people)));
}

/** What was recorded after that version, and by whom. */
export async function meanwhileOf(matter: Matter, version: number, context: Context): Promise<Meanwhile> {
  const since = matter.events.filter(({ order }) => order > version);
  const names = await namesOf(since, context);
  const events = since.map((recorded) => ({ recorded, name: names.get(recorded.by) ?? recorded.by }));
  return { events, facts: matter.version - version > since.length };
}

/** A button holds no longer a line on any platform, with what is added to it. */
const LONGEST = 1_000;

/** The line that records the event. One that is too long, or cannot be typed as it stands, is kept, and the line names it. */
async function lineFor(matter: Matter, event: MatterEvent, context: Context): Promise<string> {
  const { COMMANDS } = await import("./index.ts");
  const command = COMMANDS.find(({ verb }) => verb === event.type)!;
  const line = wordsOf(command, matter.key, event)?.join(" ") ?? null;
  if (line !== null && line.length <= LONGEST && isDeepStrictEqual(readBack(line, context), event)) return line;
  return `confirm ${buttonOf(await keep({ matter, event }, context), context)}`;

  function readBack(typed: string, reader: Context): unknown {
    const tokens = tokensOf(typed);
    const parsed = "misunderstood" in tokens ? tokens : parse(tokens, [command]);
    return "misunderstood" in parsed ? null : eventFrom(event.type, splitRef(parsed.values).fields, reader);
  }
}
