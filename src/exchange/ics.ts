import ical from "ical-generator";
import type { Standing } from "../matter/standing-types.ts";
import { addDays, type Day } from "../time/day.ts";
import { type Instant, millisecondsOf, momentOf } from "../time/instant.ts";

/** One entry of the calendar: an expiry, a draft's earliest one, or a related clock by its kind. */
export interface Deadline {
  readonly id: string;
  readonly day: Day;
  readonly what: string;
}

/** The deadlines that are ahead as all-day entries. No amounts; the same deadline keeps its UID. */
export function exportIcs(
  standings: readonly Standing[],
  now: Instant,
  summarise: (deadline: Deadline, standing: Standing) => string,
): string {
  const calendar = ical({ name: "Curewatch", prodId: { company: "curewatch", product: "register" } });
  for (const standing of standings) {
    for (const deadline of deadlinesOf(standing)) {
      const { id, day } = deadline;
      calendar.createEvent({
        id: `${standing.key}#${id}@curewatch`,
        start: new Date(millisecondsOf(momentOf("UTC", day))),
        end: new Date(millisecondsOf(momentOf("UTC", addDays(day, 1)))),
        allDay: true,
        timezone: "UTC",
        stamp: new Date(millisecondsOf(now)),
        summary: summarise(deadline, standing),
      });
    }
  }
  return calendar.toString();
}

function deadlinesOf(standing: Standing): readonly Deadline[] {
  const found: Deadline[] = [];
  for (const item of standing.items) {
    if (item.state === "curing" && item.expiry !== null) found.push({ id: `${item.id}-expiry`, day: item.expiry, what: "expiry" });
    if (item.state === "draft" && item.earliestExpiry !== null)
      found.push({ id: `${item.id}-expiry`, day: item.earliestExpiry, what: "earliest-expiry" });
  }
  for (const { fine, day, what } of standing.ahead) if (fine !== null) found.push({ id: `${fine}-${what}`, day, what });
  const ahead = standing.related.filter(({ day }) => day >= standing.on);
  return [...found, ...ahead.map(({ id, item, day, kind }) => ({ id: `${item}-${id}`, day, what: kind }))];
}
