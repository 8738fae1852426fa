import { parsePeriod } from "./period.ts";

/** What a rate is paid for. */
export type Unit =
  | { readonly kind: "day" | "once" | "violation" | "unit-day" | "turnover-day" }
  /** A period longer than a day: so many months, or so many days (a week has seven). */
  | { readonly kind: "period"; readonly months: number; readonly days: number };

export const NAMED_UNITS = ["day", "week", "month", "half-year", "year", "once", "violation", "unit-day", "turnover-day"] as const;

const PERIODS: Readonly<Record<string, Unit>> = {
  week: { kind: "period", months: 0, days: 7 },
  month: { kind: "period", months: 1, days: 0 },
  "half-year": { kind: "period", months: 6, days: 0 },
  year: { kind: "period", months: 12, days: 0 },
};

/** The word for a unit in texts: that of a file, or period for one that has no word of its own. */
export function unitName(unit: Unit): (typeof NAMED_UNITS)[number] | "period" {
  if (unit.kind !== "period") return unit.kind;
  return NAMED_UNITS.find((name) => PERIODS[name]?.kind === "period" && isSame(PERIODS[name], unit)) ?? "period";
}

function isSame(one: Unit & { kind: "period" }, other: Unit & { kind: "period" }): boolean {
  return one.months === other.months && one.days === other.days;
}

/**
 * day, week, month, half-year, year, once (one lump sum on the first day of delay that counts: Awb 5:32b), violation, unit-day, turnover-day, or a
 * period such as P2W. Null for anything else.
 */
export function parseUnit(text: string): Unit | null {
  if (text === "day" || text === "once" || text === "violation" || text === "unit-day" || text === "turnover-day") return { kind: text };
  if (Object.hasOwn(PERIODS, text)) return PERIODS[text]!;
  const period = parsePeriod(text);
  if (period === null || period.hours > 0 || period.businessDays > 0 || (period.months > 0 && period.days > 0)) return null;
  if (period.months === 0 && period.days === 1) return { kind: "day" };
  return { kind: "period", months: period.months, days: period.days };
}
