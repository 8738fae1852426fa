import { parsePeriod } from "../law/period.ts";
import { asOf } from "../matter/corrected-facts.ts";
import { dayOf } from "../matter/facts.ts";
import { heldOn, type Matter } from "../matter/history.ts";
import { visibilityOf } from "../matter/sight.ts";
import { ERASED } from "../matter/texts.ts";
import { addDays, addMonths, type Day } from "../time/day.ts";
import type { Sought } from "./register.ts";

/** A matter that a person should look at: because it was closed long enough ago, or because its respondent is not named in public any more. */
export interface ForReview {
  readonly matter: Matter;
  readonly reason: "closed" | "anonymised";
  /** The day from which the time runs. */
  readonly from: Day;
  /** What that day is. Of what is not named in public any more: its publication, or its closing where no publication is recorded. */
  readonly since: "closed" | "published";
  /** The day on which it was due. */
  readonly due: Day;
}

/**
 * The CNIL publishes a sanction with the name of the respondent for two years from its publication, and without it afterwards: its deliberations
 * say so themselves, such as SAN-2020-012 of 7 December 2020 ("qui n'identifiera plus nommément les sociétés à l'expiration d'un délai de deux
 * ans à compter de sa publication"). What a register shows as public should not outlast that unseen.
 */
const ANONYMISED_AFTER = { authority: "CNIL", months: 24 } as const;

/** What is due for review on a day, the longest due first. Nothing is erased by itself; what is held, and what was erased already, is not due. */
export function forReview(
  matters: readonly Matter[],
  retain: string | null,
  held: (key: string) => boolean,
  today: Day,
): readonly ForReview[] {
  const due = matters.flatMap((matter) => (held(matter.key) ? [] : [reviewOf(matter, retain, today) ?? []].flat()));
  return inTurn(due);
}

/** The longest due first. */
export function inTurn(due: readonly ForReview[]): readonly ForReview[] {
  return due.toSorted((one, other) =>
    one.due === other.due ? (one.matter.key < other.matter.key ? -1 : 1) : one.due < other.due ? -1 : 1,
  );
}

/** Which matters can be due for review at all: where nothing is due for being closed, those alone that an authority has made public. */
export function reviewSought(retain: string | null): Sought | undefined {
  return retain === null ? { authority: ANONYMISED_AFTER.authority, visibility: "public" } : undefined;
}

function reviewOf(matter: Matter, retain: string | null, today: Day): ForReview | null {
  if (matter.facts.respondent === ERASED) return null;
  const closed = closedOn(matter, today);
  const period = retain === null ? null : parsePeriod(retain);
  if (closed !== null && period !== null) {
    const due = addDays(addMonths(closed, period.months), period.days);
    if (due <= today) return { matter, reason: "closed", from: closed, since: "closed", due };
  }
  if (matter.facts.authority !== ANONYMISED_AFTER.authority || visibilityOf(matter) !== "public") return null;
  const published = dayOf(asOf(matter, today).facts.published);
  const from = published ?? closed;
  const due = from === null ? null : addMonths(from, ANONYMISED_AFTER.months);
  const since = published === null ? "closed" : "published";
  return from === null || due === null || due > today ? null : { matter, reason: "anonymised", from, since, due };
}

/** The day on which it was closed, as corrected since; null where it is open. */
export function closedOn({ events }: Matter, today: Day): Day | null {
  if (!events.some(({ event }) => event.type === "closed")) return null;
  return heldOn(events, today).findLast(({ event }) => event.type === "closed")?.event.on ?? null;
}
