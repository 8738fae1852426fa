import { readFileSync } from "node:fs";
import { DateTime } from "luxon";
import { type Calendar, calendarOf } from "../../src/law/calendar.ts";
import { isRefusal } from "../../src/law/finding.ts";
import { parsePeriod } from "../../src/law/period.ts";
import { ruleOf } from "../../src/law/rules/index.ts";
import type { Day } from "../../src/time/day.ts";
import type { Zone } from "../../src/time/instant.ts";
import type { Progress } from "../progress.ts";
import type { Report } from "../report.ts";
import { needPeers } from "../servers/peers.ts";
import { businessDaysByLibrary, rolledByLibrary } from "./date-holidays.ts";
import { daysDrawn, monthEndsAmong, SEED } from "./inputs.ts";
import { lawReport } from "./law-report.ts";
import { momentBusinessDays } from "./moment-business-days.ts";
import { bareTable } from "./table.ts";
import { agree, type Contender, timed } from "./timing.ts";

const ZONE = "Europe/Paris" as Zone;
/** All of them answer these; the libraries that take long are asked the first few of them. */
const QUESTIONS = monthEndsAmong(daysDrawn(2_000));
const FEW = 40;
const OURS = "Curewatch";

function france(): Calendar {
  return calendarOf("FR")!;
}

/** A deadline by one of our rules; its steps are written when somebody asks for them. */
function ours(rule: string, period: string): Contender<Day, Day> {
  const [counted, periods, calendar] = [ruleOf(rule)!, [parsePeriod(period)!], france()];
  return {
    name: OURS,
    questions: QUESTIONS,
    answer(day) {
      const limit = counted.limit({ start: { day }, periods, zone: ZONE, calendar });
      if (isRefusal(limit)) throw new Error(limit.refused);
      return limit.expiry;
    },
  };
}

function versionOf(name: string, folder = "../../node_modules"): string {
  const file = new URL(`${folder}/${name}/package.json`, import.meta.url);
  return `${name} ${(JSON.parse(readFileSync(file, "utf8")) as { version: string }).version}`;
}

/** The same with every step written, as those ask who show the derivation. */
function withSteps(rule: string, period: string): Contender<Day, Day> {
  const [counted, periods, calendar] = [ruleOf(rule)!, [parsePeriod(period)!], france()];
  return {
    name: `${OURS}, with its steps`,
    questions: QUESTIONS,
    answer(day) {
      const limit = counted.limit({ start: { day }, periods, zone: ZONE, calendar });
      if (isRefusal(limit)) throw new Error(limit.refused);
      return limit.steps.at(-1)!.day!;
    },
  };
}

/** Two months, and on to the next working day in France. */
export async function rolls(rounds: number, _ending: unknown, progress: Progress): Promise<Report> {
  progress.now("law: deadlines that roll");
  const table = bareTable(france());
  const library = versionOf("date-holidays");
  const contenders: readonly Contender<Day, Day>[] = [
    ours("fr-civil", "P2M"),
    withSteps("fr-civil", "P2M"),
    { name: library, questions: QUESTIONS.slice(0, FEW), answer: (day) => rolledByLibrary(day, 2) },
    { name: "a bare table", questions: QUESTIONS, answer: (day) => table(day, 2) },
  ];
  const compared = agree(contenders);
  return lawReport(
    `Two months and on to the next working day (fr-civil); ${compared} answers compared, seed ${SEED}`,
    timed(contenders, rounds),
    OURS,
    [
      { name: library, least: 100 },
      { name: "a bare table", most: 10 },
    ],
    { compared, seed: SEED },
  );
}

/** Thirty working days in France. */
export async function workingDays(rounds: number, _ending: unknown, progress: Progress): Promise<Report> {
  await needPeers(progress);
  progress.now("law: thirty business days");
  const holidays = [...france().holidays].filter((day) => day >= "2020" && day < "2031");
  const add = await momentBusinessDays(holidays);
  const library = versionOf("date-holidays");
  const moment = versionOf("moment-business-days", "../node_modules");
  const contenders: readonly Contender<Day, Day>[] = [
    ours("cure", "P30B"),
    { name: library, questions: QUESTIONS.slice(0, FEW), answer: (day) => businessDaysByLibrary(day, 30) },
    { name: moment, questions: QUESTIONS, answer: (day) => add(day, 30) },
  ];
  const compared = agree(contenders);
  return lawReport(
    `Thirty business days in France; ${compared} answers compared, seed ${SEED}`,
    timed(contenders, rounds),
    OURS,
    [
      { name: library, least: 1_000 },
      { name: moment, least: 10 },
    ],
    { compared, seed: SEED },
  );
}

/** Two months, the last day of a month where it has no such day. */
export async function months(rounds: number, _ending: unknown, progress: Progress): Promise<Report> {
  progress.now("law: two months");
  const luxon = versionOf("luxon");
  const contenders: readonly Contender<Day, Day>[] = [
    ours("cure", "P2M"),
    {
      name: luxon,
      questions: QUESTIONS,
      answer: (day) => DateTime.fromISO(day, { zone: "utc" }).plus({ months: 2 }).toISODate() as Day,
    },
  ];
  const compared = agree(contenders);
  const title = `Two months (cure); ${compared} answers compared, seed ${SEED}`;
  return lawReport(title, timed(contenders, rounds), OURS, [{ name: luxon, least: 3 }], { compared, seed: SEED });
}
