import { addDays, type Day, isWeekend } from "../time/day.ts";
import at from "./calendars/AT.json" with { type: "json" };
import au from "./calendars/AU.json" with { type: "json" };
import be from "./calendars/BE.json" with { type: "json" };
import br from "./calendars/BR.json" with { type: "json" };
import ca from "./calendars/CA.json" with { type: "json" };
import de from "./calendars/DE.json" with { type: "json" };
import deHamburg from "./calendars/DE-HH.json" with { type: "json" };
import es from "./calendars/ES.json" with { type: "json" };
import fr from "./calendars/FR.json" with { type: "json" };
import england from "./calendars/GB-ENG.json" with { type: "json" };
import gr from "./calendars/GR.json" with { type: "json" };
import ie from "./calendars/IE.json" with { type: "json" };
import it from "./calendars/IT.json" with { type: "json" };
import nl from "./calendars/NL.json" with { type: "json" };
import no from "./calendars/NO.json" with { type: "json" };
import us from "./calendars/US.json" with { type: "json" };

/** The public holidays of one place as a dated table; it answers only for the days that it covers. */
export interface Calendar {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly coversFrom: Day;
  readonly coversUntil: Day;
  readonly holidays: ReadonlySet<string>;
}

const CALENDARS = new Map<string, Calendar>();
for (const table of [at, au, be, br, ca, de, deHamburg, es, fr, england, gr, ie, it, nl, no, us]) {
  CALENDARS.set(table.id, {
    id: table.id,
    name: table.name,
    source: table.source,
    coversFrom: table.coversFrom as Day,
    coversUntil: table.coversUntil as Day,
    holidays: new Set(table.days),
  });
}

export function calendarOf(id: string | null): Calendar | null {
  return id === null ? null : (CALENDARS.get(id) ?? null);
}

/** Every table with all its days, in the order of their ids: what a rulebook is named by. */
export function calendarVersions(): readonly (readonly [string, string, readonly string[]])[] {
  return [...CALENDARS.values()].map(({ id, coversUntil, holidays }) => [id, coversUntil, [...holidays]] as const);
}

export function covers(calendar: Calendar, day: Day): boolean {
  return day >= calendar.coversFrom && day <= calendar.coversUntil;
}

/** Neither Saturday, Sunday nor a holiday of the table. Only for days that it covers. */
export function isWorkingDay(calendar: Calendar, day: Day): boolean {
  return !isWeekend(day) && !calendar.holidays.has(day);
}

/** How many working days lie after `from`, up to and including `to`; stops counting at `enough`. */
export function workingDaysAfter(calendar: Calendar, from: Day, to: Day, enough: number): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to && count < enough; day = addDays(day, 1)) if (isWorkingDay(calendar, day)) count++;
  return count;
}
