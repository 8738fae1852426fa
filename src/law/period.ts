/** A length of time as a decision states it. Hours stand alone, and so do business days. */
export interface Period {
  readonly text: string;
  readonly months: number;
  readonly days: number;
  readonly businessDays: number;
  readonly hours: number;
}

const SHAPE = /^P(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/;

/** P2M, P1M15D, P4W, P30B (business days), PT72H (elapsed hours). Null for anything else, and for a period of nothing. */
export function parsePeriod(text: string): Period | null {
  const hours = /^PT(\d{1,5})H$/.exec(text);
  if (hours !== null) return positive({ text, months: 0, days: 0, businessDays: 0, hours: Number(hours[1]) });
  const business = /^P(\d{1,4})B$/.exec(text);
  if (business !== null) return positive({ text, months: 0, days: 0, businessDays: Number(business[1]), hours: 0 });
  const found = SHAPE.exec(text);
  if (found === null) return null;
  const [years, months, weeks, days] = [1, 2, 3, 4].map((part) => Number(found[part] ?? 0)) as [number, number, number, number];
  return positive({ text, months: years * 12 + months, days: weeks * 7 + days, businessDays: 0, hours: 0 });
}

function positive(period: Period): Period | null {
  const { months, days, businessDays, hours } = period;
  return months + days + businessDays + hours > 0 && months <= 1200 ? period : null;
}

/** Whether periods one after the other come to fewer days than that, as they are stated: a business day is one of them. A month is longer. */
export function isShorterThan(periods: readonly Period[], few: number): boolean {
  const stated = periods.reduce((sum, { days, businessDays, hours }) => sum + days + businessDays + hours / 24, 0);
  return periods.every(({ months }) => months === 0) && stated < few;
}
