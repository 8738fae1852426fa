import { calendarOf, calendarVersions } from "../law/calendar.ts";
import { isRefusal } from "../law/finding.ts";
import type { Day } from "../time/day.ts";
import type { CureClock } from "./clock.ts";

/** The end that a time to comply has by the holidays of parts of the country, where those that all parts share gave an earlier one. */
export interface EndInParts {
  /** The latest of them. */
  readonly day: Day;
  /** The parts in which the end is later, by their ids. */
  readonly parts: readonly string[];
}

/** Null where the table is that of the place where the act is to be done, and where no part has a later end. */
export function endInParts(clock: CureClock): EndInParts | null {
  if (clock.kind !== "running" || clock.rule === null || !clock.steps.some(({ code }) => code === "holidays-in-common")) return null;
  const terms = clock.terms!;
  const later = calendarVersions().flatMap(([id]) => {
    if (!id.startsWith(`${terms.calendar!.id}-`)) return [];
    const limit = clock.rule!.limit({ ...terms, calendar: calendarOf(id) });
    return isRefusal(limit) || limit.expiry <= clock.expiry ? [] : [{ id, day: limit.expiry }];
  });
  if (later.length === 0) return null;
  const day = later.reduce((last, one) => (one.day > last ? one.day : last), clock.expiry);
  return { day, parts: later.map(({ id }) => id) };
}
