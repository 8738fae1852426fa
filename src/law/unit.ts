import { parsePeriod } from "./period.ts";

/** What a rate is paid for. */
export type Unit =
  | { readonly kind: "day" | "violation" | "unit-day" | "turnover-day" }
  /** A period longer than a day: so many months, or so many days (a week has seven). */
  | { readonly kind: "period"; readonly months: number; readonly days: number };

export const NAMED_UNITS = ["day", "week", "month", "half-year", "year", "violation", "unit-day", "turnover-day"] as const;

const PERIODS: Readonly<Record<string, Unit>> = {
  week: { kind: "period", months: 0, days: 7 },
  month: { kind: "period", months: 1, days: 0 },
  "half-year": { kind: "period", months: 6, days: 0 },
  year: { kind: "period", months: 12, days: 0 },
};

/** day, week, month, half-year, year, violation, unit-day, turnover-day, or a period such as P2W. Null for anything else. */
export function parseUnit(text: string): Unit | null {
  if (text === "day" || text === "violation" || text === "unit-day" || text === "turnover-day") return { kind: text };
  if (Object.hasOwn(PERIODS, text)) return PERIODS[text]!;
  const period = parsePeriod(text);
  if (period === null || period.hours > 0 || period.businessDays > 0 || (period.months > 0 && period.days > 0)) return null;
  if (period.months === 0 && period.days === 1) return { kind: "day" };
  return { kind: "period", months: period.months, days: period.days };
}
