import { calendarOf } from "../law/calendar.ts";
import type { Authority } from "../law/catalogue.ts";
import { rolling } from "../law/rolling.ts";
import type { Rule, Terms } from "../law/time-limit.ts";

/** How a matter may be counted otherwise than it is: its figures rest on its not being so. */
export type Reading =
  /** Rules of which it is only inferred that a last day stands move it on to a working day. */
  | { readonly kind: "rolled" }
  /** Where holidays are those that all parts of a country have, they are those of one part, by the id of its table. */
  | { readonly kind: "part"; readonly part: string };

export function ruleRead(rule: Rule, { orderRule, orderRuleSource }: Authority, reading: Reading | null): Rule {
  const isInferred = !rule.rolls && rule.id === orderRule && orderRuleSource?.basis === "inferred";
  return reading?.kind === "rolled" && isInferred ? rolling(rule) : rule;
}

export function calendarRead<Place extends Pick<Terms, "calendar">>(place: Place, reading: Reading | null): Place {
  if (reading?.kind !== "part" || place.calendar === null || !isPart(reading.part, place.calendar.id)) return place;
  return { ...place, calendar: calendarOf(reading.part) };
}

/** Tables of parts bear the id of the whole before their own: DE-BY of DE. */
export function isPart(part: string, whole: string): boolean {
  return part.startsWith(`${whole}-`);
}
