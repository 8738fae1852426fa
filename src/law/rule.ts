import { addDays, type Day, serialOf } from "../time/day.ts";
import type { Zone } from "../time/instant.ts";
import { calendarOf } from "./calendar.ts";
import { type Refusal, refuse } from "./finding.ts";
import type { Limit, Terms } from "./time-limit.ts";

/** One way of counting, as one text of law has it. */
export interface Rule {
  readonly id: string;
  readonly citation: string;
  readonly source: string;
  /** The calendar and zone of the place whose law it is, where it is the law of one place. */
  readonly place?: Place;
  /** Whether a last day on a weekend or holiday moves on. */
  readonly rolls: boolean;
  /** The first day of a period is one of it: what goes on from an end begins on the day after. */
  readonly firstDayCounts?: true;
  /** How many days go before the period where it runs from a publication and not from a notification; absent where none do. */
  readonly fromPublication?: number;
  /** How often our reading of a wording was mended: figures told by the reading before are then put right as by a change of the law. */
  readonly mended?: number;
  /** Its wordings in the order of their days of force. */
  readonly versions: readonly Version[];
  /** Refused where no wording was in force on the day that starts the clock. */
  limit(terms: Terms): Limit | Refusal;
}

export interface Place {
  readonly calendar: string;
  readonly zone: Zone;
}

/** One wording of a rule, and the days on which it was in force; both ends count. */
export interface Version {
  /** Null where there is no text that came into force. */
  readonly from: Day | null;
  readonly until: Day | null;
  /**
   * What the first day rests on: the text's own day of coming into force ("force"), the first day on which it was shown to hold, though it may be
   * older ("shown"), or nothing, because it is a way of counting and no text ("none").
   */
  readonly begins: "force" | "shown" | "none";
  /** Where that was read. */
  readonly source: string;
  count(terms: Terms): Limit | Refusal;
}

/** A rule that counts by the wording in force on the day that starts the clock, with the holidays of the place whose law it is. */
export function ruleInForce(facts: Omit<Rule, "limit">): Rule {
  // Days of force as numbers: deadlines are asked for by the million, and texts take longer to compare.
  const forces = facts.versions.map(({ from, until, count }) => ({
    from: from === null ? Number.NEGATIVE_INFINITY : serialOf(from),
    until: until === null ? Number.POSITIVE_INFINITY : serialOf(until),
    count,
  }));
  return {
    ...facts,
    limit(terms) {
      const started = serialOf(terms.start.day);
      for (const { from, until, count } of forces) if (from <= started && started <= until) return count(inItsPlace(terms, facts.place));
      return notInForce(facts, terms.start.day);
    },
  };
}

function notInForce({ id, versions }: Omit<Rule, "limit">, day: Day): Refusal {
  const next = versions.find(({ from }) => from !== null && from > day);
  if (next?.from !== undefined && next.from !== null) return refuse("rule-not-yet-in-force", { rule: id, day, from: next.from });
  return refuse("rule-no-longer-in-force", { rule: id, day, from: addDays(versions.at(-1)!.until!, 1) });
}

/** A court counts with its own holidays, whichever authority decided; the table of a part of its country is one of them. */
function inItsPlace(terms: Terms, place: Place | undefined): Terms {
  const { calendar } = terms;
  if (place === undefined || calendar === null || isOf(place, calendar.id)) return terms;
  return { ...terms, zone: place.zone, calendar: calendarOf(place.calendar) };
}

/** Whether a table is that of the place or of a part of it: FR-GF of FR. */
export function isOf(place: Place, calendar: string): boolean {
  return calendar === place.calendar || calendar.startsWith(`${place.calendar}-`);
}
