import { expect, test } from "vitest";
import { findingText } from "../../src/cards/findings.ts";
import { calendarOf } from "../../src/law/calendar.ts";
import { parsePeriod } from "../../src/law/period.ts";
import { ruleOf } from "../../src/law/rules/index.ts";
import { day } from "../../src/time/day.ts";

/** The steps by a rule with the holidays of its place, each with what it cites behind a bar. */
function told(id: string, from: string, ...periods: readonly string[]): readonly string[] {
  const rule = ruleOf(id)!;
  const found = rule.limit({
    start: { day: day(from) },
    periods: periods.map((text) => parsePeriod(text)!),
    zone: rule.place!.zone,
    calendar: calendarOf(rule.place!.calendar),
  });
  return "refused" in found ? [found.refused] : found.steps.map((step) => `${findingText("en", step)} | ${step.source}`);
}

test("days that Spanish procedure counts as business days are told as such: 4 to 8, 11 to 14 and, after the holiday, 18 August are ten", () => {
  expect(told("es-lpac", "2025-08-01", "P10D").slice(0, 3)).toEqual([
    "The clock starts on Fri 1 Aug 2025; that day itself is not counted | Ley 39/2015, art. 30",
    "10 days: counted in business days | Ley 39/2015, art. 30.2",
    "10 business days later: Mon 18 Aug 2025 | Ley 39/2015, art. 30",
  ]);
  expect(told("es-lpac", "2025-08-01", "P1M").join()).not.toContain("business");
});

test("five days before a court of England are business days by r. 2.8(4): after Easter, 7 to 10 and 13 April; six are not", () => {
  expect(told("uk-cpr", "2026-04-02", "P5D")).toEqual([
    "The clock starts on Thu 2 Apr 2026; that day itself is not counted | Civil Procedure Rules, r. 2.8–2.10",
    "5 days: counted in business days | Civil Procedure Rules, r. 2.8(4)",
    "5 business days later: Mon 13 Apr 2026 | Civil Procedure Rules, r. 2.8–2.10",
  ]);
  expect(told("uk-cpr", "2026-04-02", "P6D").join()).not.toContain("business");
});

test("so are those of the Brazilian authority: 18, 19, 21, 22 and 25 November, between two holidays", () => {
  expect(told("br-anpd", "2024-11-14", "P5D").slice(1)).toEqual([
    "5 days: counted in business days | Resolução CD/ANPD 1/2021, art. 8",
    "5 business days later: Mon 25 Nov 2024 | Resolução CD/ANPD 1/2021, art. 8, 12",
  ]);
});

test("in a list only the periods that are counted otherwise than they read are told of", () => {
  expect(told("uk-cpr", "2026-04-02", "P6D", "P3D", "P2B").filter((text) => text.includes(": counted"))).toEqual([
    "3 days: counted in business days | Civil Procedure Rules, r. 2.8(4)",
  ]);
});

test("an Irish period says of its first day that it is part of it, and never that it is not counted", () => {
  const act = "Interpretation Act 2005, s. 18(h)";
  // 31 January to 28 February is the month: February has no 30th, the day before a 31st.
  expect(told("ie-interpretation", "2025-01-31", "P1M")).toEqual([
    `The clock starts on Fri 31 Jan 2025, and that day is part of the period | ${act}`,
    "1 month later: Fri 28 Feb 2025, because that month has no such day | DPP (Clarke) v Stafford [2005] IEHC 187",
  ]);
  // 4 to 31 March are 28 days.
  expect(told("ie-interpretation", "2024-03-04", "P28D")).toEqual([
    `The clock starts on Mon 4 Mar 2024, and that day is part of the period | ${act}`,
    `28 days later: Mon 1 Apr 2024 | ${act}`,
    `The first day, Mon 4 Mar 2024, is one of them: the last day is therefore Sun 31 Mar 2024 | ${act}`,
  ]);
});
