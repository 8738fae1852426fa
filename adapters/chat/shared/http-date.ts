import { type Instant, instantOf, millisecondsOf } from "../../../src/time/instant.ts";

const MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
const DAY_NAMES = "Mon|Tue|Wed|Thu|Fri|Sat|Sun";
const LONG_DAY_NAMES = "Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday";
const TIME = "(\\d{2}):(\\d{2}):(\\d{2})";

/** The three forms of RFC 7231, section 7.1.1.1: that of today, and the two that a recipient must read still. */
const TODAY = new RegExp(`^(?:${DAY_NAMES}), (\\d{2}) ([A-Z][a-z]{2}) (\\d{4}) ${TIME} GMT$`);
const RFC_850 = new RegExp(`^(?:${LONG_DAY_NAMES}), (\\d{2})-([A-Z][a-z]{2})-(\\d{2}) ${TIME} GMT$`);
const ASCTIME = new RegExp(`^(?:${DAY_NAMES}) ([A-Z][a-z]{2}) ([ \\d]\\d) ${TIME} (\\d{4})$`);

/** The moment that a header such as Date or Retry-After names, to the second; null where it is missing or cannot be read. */
export function readHttpDate(header: string | null, now: Instant): Instant | null {
  const text = header?.trim() ?? "";
  const today = TODAY.exec(text);
  if (today !== null) return momentOf(today[3]!, today[2]!, today[1]!, today.slice(4));
  const asctime = ASCTIME.exec(text);
  if (asctime !== null) return momentOf(asctime[6]!, asctime[1]!, asctime[2]!, asctime.slice(3, 6));
  const old = RFC_850.exec(text);
  return old === null ? null : momentOf(String(yearOf(Number(old[3]), now)), old[2]!, old[1]!, old.slice(4));
}

/** Two digits that would lie more than fifty years ahead are of the century before. */
function yearOf(digits: number, now: Instant): number {
  const thisYear = Number(now.slice(0, 4));
  const year = thisYear - (thisYear % 100) + digits;
  return year > thisYear + 50 ? year - 100 : year;
}

function momentOf(year: string, monthName: string, day: string, time: readonly string[]): Instant | null {
  const month = MONTHS.indexOf(monthName);
  const [hour, minute, second] = time.map(Number) as [number, number, number];
  if (month < 0 || hour > 23 || minute > 59 || second > 60) return null;
  const start = Date.UTC(Number(year), month, Number(day));
  // The 31st of a month of 30 days is no day.
  const found = instantOf(start);
  if (Number(found.slice(8, 10)) !== Number(day)) return null;
  return instantOf(millisecondsOf(found) + ((hour * 60 + minute) * 60 + second) * 1000);
}
