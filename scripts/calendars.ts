/**
 * Builds the dated tables in src/law/calendars from date-holidays, once: `node scripts/calendars.ts`.
 * The register reads the tables and never this library. What the library gets wrong is mended in calendar-corrections.ts, each with its
 * reason; what it does not hold is listed in calendar-places.ts.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Holidays from "date-holidays";
import { COURT } from "./calendar-cjeu.ts";
import { CORRECTIONS } from "./calendar-corrections.ts";
import { COMMISSION } from "./calendar-eu.ts";
import { type Listed, PLACES, type Place } from "./calendar-places.ts";

const BUILT = "2026-11-22";
const LIBRARY = "3.37.0";
const FIRST_YEAR = 2000;
const LAST_YEAR = 2040;
const FOLDER = new URL("../src/law/calendars/", import.meta.url);

/** One table as it lies in its file. */
export type CalendarFile = Listed;

/** Every table, from the library and the corrections or from a published list. */
export function builtCalendars(): CalendarFile[] {
  const built = PLACES.map((place) => ({
    id: place.id,
    name: place.name,
    source: sourceOf(place.id),
    reviewed: place.reviewed,
    coversFrom: `${FIRST_YEAR}-01-01`,
    coversUntil: `${LAST_YEAR}-12-31`,
    days: daysOf(place),
  }));
  return [...built, COMMISSION, COURT];
}

function sourceOf(id: string): string {
  const mended = CORRECTIONS.some((correction) => correction.calendar === id)
    ? ", with the corrections listed in scripts/calendar-corrections.ts"
    : "";
  return `date-holidays ${LIBRARY}, public holidays, built ${BUILT}${mended}`;
}

function daysOf(place: Place): string[] {
  const corrections = CORRECTIONS.filter((correction) => correction.calendar === place.id);
  const days = new Set(publishedDays(place));
  for (const { everyYear = [], removeEveryYear = [], add = [], remove = [], ...years } of corrections) {
    for (const rule of everyYear) for (const day of recurring(rule, years)) days.add(day);
    for (const rule of removeEveryYear)
      for (const day of recurring(rule, years)) change(days.has(day), true, place.id, day, () => days.delete(day));
    for (const day of add) change(days.has(day), false, place.id, day, () => days.add(day));
    for (const day of remove) change(days.has(day), true, place.id, day, () => days.delete(day));
  }
  return [...days].sort();
}

/** A correction that the library has made its own is out of date, and says so. */
function change(found: boolean, expected: boolean, id: string, day: string, apply: () => void): void {
  if (found !== expected) throw new Error(`${id}: the correction for ${day} is no longer needed`);
  apply();
}

/** The years around the window are asked too: New Year's Day on a Saturday is observed on 31 December of the year before (US). */
function publishedDays(place: Place): string[] {
  const [country, region] = place.place;
  const library = region === undefined ? new Holidays(country) : new Holidays(country, region);
  return inWindow(library, (holiday) => holiday.type === "public" || (country === "GB" && holiday.type === "bank"));
}

interface Years {
  readonly since?: number;
  readonly through?: number;
}

function recurring(rule: string, { since = FIRST_YEAR, through = LAST_YEAR }: Years): string[] {
  const library = new Holidays();
  if (!library.setHoliday(rule, { name: rule, type: "public" })) throw new Error(`not a rule of the library: ${rule}`);
  return inWindow(library, () => true).filter((day) => Number(day.slice(0, 4)) >= since && Number(day.slice(0, 4)) <= through);
}

type Found = ReturnType<Holidays["getHolidays"]>[number];

function inWindow(library: Holidays, wanted: (holiday: Found) => boolean): string[] {
  const days: string[] = [];
  for (let year = FIRST_YEAR - 1; year <= LAST_YEAR + 1; year++) {
    for (const holiday of library.getHolidays(year)) if (wanted(holiday) && isWholeDay(holiday)) days.push(holiday.date.slice(0, 10));
  }
  return days.filter((day) => Number(day.slice(0, 4)) >= FIRST_YEAR && Number(day.slice(0, 4)) <= LAST_YEAR);
}

/** A day of 23 to 25 hours; a holiday of several days would need each of them written, and none is known. */
function isWholeDay(holiday: Found): boolean {
  const hours = (holiday.end.getTime() - holiday.start.getTime()) / 3_600_000;
  if (hours > 25) throw new Error(`${holiday.name} (${holiday.date}) lasts ${hours} hours: write its days`);
  return hours >= 23;
}

/** The text of a table's file: its facts line by line, its days one year a line. */
export function writtenCalendar(table: CalendarFile): string {
  const { days, ...facts } = table;
  const head = Object.entries(facts).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  const years = [...Map.groupBy(days, (day) => day.slice(0, 4)).values()];
  const lines = years.map((year) => `    ${year.map((day) => JSON.stringify(day)).join(", ")}`);
  return `{\n${head.join("\n")}\n  "days": [\n${lines.join(",\n")}\n  ]\n}\n`;
}

function main(): void {
  const { version }: { version: string } = JSON.parse(
    readFileSync(new URL("../node_modules/date-holidays/package.json", import.meta.url), "utf8"),
  );
  if (version !== LIBRARY)
    throw new Error(`date-holidays is ${version}: change LIBRARY and BUILT here, build again and read what has changed`);
  for (const table of builtCalendars()) {
    writeFileSync(new URL(`${table.id}.json`, FOLDER), writtenCalendar(table));
    process.stdout.write(`${table.id}: ${table.days.length} days\n`);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) main();
