import { addDays } from "../src/time/day.ts";
import type { Listed } from "./calendar-places.ts";
import { easter } from "./calendar-projection.ts";

/** The list of each decision that was read holds these; since 7 May 2019 also 9 May, which Luxembourg had made a holiday. */
const FIXED = ["01-01", "05-01", "06-23", "08-15", "11-01", "12-25", "12-26"];
/** Easter Monday, Ascension Day and Whit Monday. */
const FROM_EASTER = [1, 39, 50];
const EUROPE_DAY = { date: "05-09", since: "2019-05-07" };

const FROM = "2003-07-10";
/** A list is published each year; that of 2026 was read. */
const READ = "2026-12-31";
const THROUGH = "2040-12-31";

function daysOf(year: number): readonly string[] {
  const fixed = [...FIXED, EUROPE_DAY.date].map((date) => `${year}-${date}`);
  return [...fixed, ...FROM_EASTER.map((days) => addDays(easter(year), days))].filter(
    (one) => one.slice(5) !== EUROPE_DAY.date || one >= EUROPE_DAY.since || one === addDays(easter(year), 39),
  );
}

/** The official holidays of the Court of Justice and the General Court (Rules of Procedure of the Court of Justice, art. 24(4) and (6)). */
export const COURT: Listed = {
  id: "CJEU",
  name: "Court of Justice of the European Union",
  source:
    "Decisions of the Court of Justice on official holidays: OJ L 172 of 10 July 2003, p. 12; 2015/C 220/04; 2016/C 145/02; 2018/C 161/02; 2019/C 156/06; 2020/C 95/02; C/2026/1114",
  reviewed:
    "copied from the Official Journal; the lists of the years between were not read: those that were agree, but for 9 May, which is in them since 7 May 2019; after 2026 it holds what the lists since then hold",
  coversFrom: FROM,
  publishedUntil: READ,
  coversUntil: THROUGH,
  days: [...new Set(Array.from({ length: 38 }, (_, index) => daysOf(2003 + index)).flat())]
    .filter((one) => one >= FROM && one <= THROUGH)
    .sort(),
};
