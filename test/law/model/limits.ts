import { isLastOfMonth, isOpen, isSummer, lastOfMonth, monthsLater } from "./almanac.ts";

/** The end of a period: 24:00 of the day, or a time of day. */
export interface End {
  readonly day: number;
  readonly time: string | null;
  /** Of a time that comes twice on the day: whether it is the second. */
  readonly again?: boolean;
}

interface Parts {
  readonly months: number;
  readonly days: number;
  readonly open: number;
  readonly hours: number;
}

export function partsOf(period: string): Parts {
  const found = (letter: string) => Number(new RegExp(`(\\d+)${letter}`).exec(period)?.[1] ?? 0);
  if (period.startsWith("PT")) return { months: 0, days: 0, open: 0, hours: found("H") };
  return { months: 12 * found("Y") + found("M"), days: 7 * found("W") + found("D"), open: found("B"), hours: 0 };
}

/** The day on which a period ends that a rule of CONTRACT.md counts from a day, which is itself not counted. */
export function limitOf(start: End, periods: readonly string[], rule: string, sticky = false): End {
  let end = start;
  for (const period of periods) end = after(end, partsOf(period), rule, sticky);
  if (end.time !== null) return end;
  let { day } = end;
  if (rule === "fr-franc") day++;
  if (rule === "cure") return { day, time: null };
  while (!isOpen(day)) day++;
  // Regulation 1182/71, article 3(5): two days or more hold at least two working days.
  if (rule !== "eu-1182-71" || isOfOneDay(periods)) return { day, time: null };
  while (openDays(start.day, day) < 2 || !isOpen(day)) day++;
  return { day, time: null };
}

/** As they are stated: one business day is one, however far away it lies. */
function isOfOneDay(periods: readonly string[]): boolean {
  const parts = periods.map(partsOf);
  return parts.every(({ months }) => months === 0) && parts.reduce((sum, { days, open, hours }) => sum + days + open + hours / 24, 0) < 2;
}

function openDays(from: number, to: number): number {
  let count = 0;
  for (let day = from + 1; day <= to; day++) if (isOpen(day)) count++;
  return count;
}

function after(from: End, { months, days, open, hours }: Parts, rule: string, sticky: boolean): End {
  if (hours > 0) return hoursAfter(from, hours, rule);
  let { day } = from;
  if (months > 0) {
    const stuck = sticky && isLastOfMonth(day);
    day = monthsLater(day, months);
    if (stuck) day = lastOfMonth(day);
  }
  day += days;
  for (let left = open; left > 0; ) if (isOpen(++day)) left--;
  return { day, time: null };
}

/** Elapsed hours in Paris, from hour to hour. The regulation begins with the hour after the event's own. */
function hoursAfter(from: End, hours: number, rule: string): End {
  let [hour, minute] = from.time!.split(":").map(Number) as [number, number];
  let { day } = from;
  if (hour === 24) [day, hour] = [day + 1, 0];
  const forward = () => {
    const summer = isSummer(day, hour);
    hour++;
    if (hour === 24) [day, hour] = [day + 1, 0];
    // At the turn to summer 2 o'clock is 3; at the turn to winter 2 o'clock comes twice, which only what has passed can tell.
    if (!summer && hour === 2 && isSummer(day, 3) && !isSummer(day, 1)) hour = 3;
  };
  let again = from.again === true;
  const hourOn = () => {
    const isTwice = hour === 2 && isSummer(day, 1) && !isSummer(day, 3);
    if (isTwice && !again) again = true;
    else {
      again = false;
      forward();
    }
  };
  if (rule === "eu-1182-71") {
    minute = 0;
    hourOn();
  }
  for (let left = hours; left > 0; left--) hourOn();
  if (hour === 0 && minute === 0) return { day: day - 1, time: "24:00" };
  return { day, time: `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`, again };
}
