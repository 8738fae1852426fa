/**
 * Builds the dated tables in src/law/calendars from date-holidays, once: `node scripts/calendars.ts`.
 * The register reads the tables and never this library. What the library gets wrong is mended here, each with its reason.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import Holidays from "date-holidays";

const BUILT = "2026-11-22";
const LIBRARY = "3.37.0";
const FIRST_YEAR = 2000;
const LAST_YEAR = 2040;
const FOLDER = new URL("../src/law/calendars/", import.meta.url);

/** One table as it lies in its file. */
export interface CalendarFile {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly reviewed: string;
  readonly coversFrom: string;
  readonly coversUntil: string;
  readonly days: readonly string[];
}

interface Place {
  readonly id: string;
  readonly name: string;
  /** Country, then region, as date-holidays writes them. */
  readonly place: readonly [string, string?];
  readonly reviewed: string;
}

/** A disagreement of the library with the law: days that it lacks, days that are none, or a holiday of every year that it lacks. */
export interface Correction {
  readonly calendar: string;
  readonly add?: readonly string[];
  readonly remove?: readonly string[];
  /** Rules in the library's own grammar, from the year `since` where one is given. */
  readonly everyYear?: readonly string[];
  readonly since?: number;
  readonly because: string;
}

const UNREVIEWED = "not reviewed";

const PLACES: readonly Place[] = [
  {
    id: "FR",
    name: "France (metropolitan)",
    place: ["FR"],
    reviewed: "against Code du travail L3133-1, every year; without the days of Alsace-Moselle alone and the overseas abolition days",
  },
  {
    id: "GB-ENG",
    name: "England and Wales",
    place: ["GB", "ENG"],
    reviewed: "against the Banking and Financial Dealings Act 1971 and the proclamations known at the build, every year",
  },
  {
    id: "NL",
    name: "Netherlands",
    place: ["NL"],
    reviewed: `${UNREVIEWED} as a whole; holds the days of Algemene termijnenwet art. 3(1) and (2); days equated by decree (art. 3(3)) only those of 2023 to 2028 and 27 May 2022`,
  },
  { id: "NO", name: "Norway", place: ["NO"], reviewed: UNREVIEWED },
  { id: "IT", name: "Italy", place: ["IT"], reviewed: `${UNREVIEWED}; without the feasts of patron saints` },
  { id: "GR", name: "Greece", place: ["GR"], reviewed: `${UNREVIEWED}; 1 May on its own date also where its observance was moved` },
  { id: "DE", name: "Germany (holidays common to all Länder)", place: ["DE"], reviewed: UNREVIEWED },
  { id: "DE-HH", name: "Germany: Hamburg", place: ["DE", "HH"], reviewed: UNREVIEWED },
  { id: "AT", name: "Austria", place: ["AT"], reviewed: UNREVIEWED },
  { id: "IE", name: "Ireland", place: ["IE"], reviewed: `${UNREVIEWED}; without Good Friday and without weekdays in lieu` },
  {
    id: "ES",
    name: "Spain (national)",
    place: ["ES"],
    reviewed: `${UNREVIEWED}; holds 26 December where Christmas is a Sunday, which some regions only observe`,
  },
  { id: "BE", name: "Belgium", place: ["BE"], reviewed: UNREVIEWED },
  { id: "US", name: "United States (federal)", place: ["US"], reviewed: `${UNREVIEWED}; without days given by executive order` },
  {
    id: "CA",
    name: "Canada (federal)",
    place: ["CA"],
    reviewed: `${UNREVIEWED} as a whole; the days of Interpretation Act s. 35(1) are entered, those of the provinces are not, nor weekdays in lieu`,
  },
  {
    id: "AU",
    name: "Australia (national)",
    place: ["AU"],
    reviewed: `${UNREVIEWED}; some days are not observed in every State; the King's Birthday differs by State and is left out`,
  },
  {
    id: "BR",
    name: "Brazil (national)",
    place: ["BR"],
    reviewed: `${UNREVIEWED}; without carnival and Corpus Christi, which are optional`,
  },
  { id: "SE", name: "Sweden", place: ["SE"], reviewed: `${UNREVIEWED}; without the eves of midsummer, Christmas and New Year` },
  { id: "PL", name: "Poland", place: ["PL"], reviewed: UNREVIEWED },
];

export const CORRECTIONS: readonly Correction[] = [
  {
    calendar: "GB-ENG",
    add: ["2002-06-03", "2002-06-04"],
    remove: ["2002-05-27"],
    because: "Golden Jubilee: the spring bank holiday of 2002 was moved from 27 May to 4 June, and 3 June was added",
  },
  { calendar: "GB-ENG", add: ["2011-04-29"], because: "royal wedding: a bank holiday by proclamation" },
  {
    calendar: "GB-ENG",
    add: ["2012-06-04"],
    remove: ["2012-05-28"],
    because: "Diamond Jubilee: the spring bank holiday of 2012 was moved from 28 May to 4 June; the library has 5 June alone",
  },
  {
    calendar: "NL",
    everyYear: ["easter -2", "05-05"],
    because: "Algemene termijnenwet art. 3(1): 5 May; art. 3(2): Good Friday. The library files both as school holidays",
  },
  {
    calendar: "NL",
    add: [
      ...["2022-05-27", "2023-04-28", "2023-05-19", "2024-05-10", "2024-12-27", "2025-05-30"],
      ...["2026-01-02", "2026-05-15", "2027-05-07", "2028-04-28", "2028-05-26"],
    ],
    because: "Algemene termijnenwet art. 3(3): days equated with a holiday by decree",
  },
  {
    calendar: "IE",
    add: ["2022-03-18"],
    because: "a public holiday designated for that year alone, in remembrance of those who died in the pandemic",
  },
  { calendar: "PL", add: ["2018-11-12"], because: "a day off by a statute of November 2018, for the centenary of independence" },
  {
    calendar: "CA",
    everyYear: ["easter 1", "monday before 05-25", "2nd monday in October", "11-11"],
    because:
      "Interpretation Act s. 35(1): Easter Monday, Victoria Day, Thanksgiving (by proclamation), Remembrance Day. The library has the days common to all provinces alone",
  },
  {
    calendar: "CA",
    everyYear: ["09-30"],
    since: 2021,
    because: "Interpretation Act s. 35(1) as amended by S.C. 2021 c. 11: National Day for Truth and Reconciliation",
  },
];

/** Every table, from the library and the corrections. */
export function builtCalendars(): CalendarFile[] {
  return PLACES.map((place) => ({
    id: place.id,
    name: place.name,
    source: sourceOf(place.id),
    reviewed: place.reviewed,
    coversFrom: `${FIRST_YEAR}-01-01`,
    coversUntil: `${LAST_YEAR}-12-31`,
    days: daysOf(place),
  }));
}

function sourceOf(id: string): string {
  const mended = CORRECTIONS.some((correction) => correction.calendar === id)
    ? ", with the corrections listed in scripts/calendars.ts"
    : "";
  return `date-holidays ${LIBRARY}, public holidays, built ${BUILT}${mended}`;
}

function daysOf(place: Place): string[] {
  const corrections = CORRECTIONS.filter((correction) => correction.calendar === place.id);
  const days = new Set(publishedDays(place));
  for (const correction of corrections) {
    for (const rule of correction.everyYear ?? []) for (const day of recurring(rule, correction.since ?? FIRST_YEAR)) days.add(day);
    for (const day of correction.add ?? []) change(days.has(day), false, place.id, day, () => days.add(day));
    for (const day of correction.remove ?? []) change(days.has(day), true, place.id, day, () => days.delete(day));
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

function recurring(rule: string, since: number): string[] {
  const library = new Holidays();
  if (!library.setHoliday(rule, { name: rule, type: "public" })) throw new Error(`not a rule of the library: ${rule}`);
  return inWindow(library, () => true).filter((day) => Number(day.slice(0, 4)) >= since);
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
