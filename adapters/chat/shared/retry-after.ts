import { type Instant, millisecondsOf } from "../../../src/time/instant.ts";
import { readHttpDate } from "./http-date.ts";

export interface Wait {
  /** Missing where the platform names no time ahead: the caller's own back-off serves. */
  readonly afterSeconds?: number;
  /** What was asked, as the end of a sentence that begins with the platform's name. */
  readonly asked: string;
}

const DAY = 86_400;
const HOUR = 3_600;

/**
 * What a Retry-After asks for (RFC 9110, section 10.2.3): seconds or a date. One that is missing, cannot be read, is negative, or names no
 * moment ahead says nothing. More than a day would silence a deadline, so it is tried again after an hour. `now` is the platform's own clock
 * where the answer tells it: a date is meant by that one.
 */
export function waitOf(header: string | null, now: Instant): Wait {
  const seconds = secondsIn(header?.trim() ?? "", now);
  if (seconds === null || seconds <= 0) return { asked: "asks to wait" };
  if (seconds > DAY)
    return { afterSeconds: HOUR, asked: `asks to wait ${lastingFor(seconds)}, more than a day; it is tried again in an hour` };
  return { afterSeconds: seconds, asked: `asks to wait ${lastingFor(seconds)}` };
}

/** In the largest unit of which it is a whole number, or from an hour on in hours. */
function lastingFor(seconds: number): string {
  const [count, unit] =
    seconds >= HOUR ? [Math.ceil(seconds / HOUR), "hour"] : seconds % 60 === 0 ? [seconds / 60, "minute"] : [seconds, "second"];
  return `${count} ${unit}${count === 1 ? "" : "s"}`;
}

function secondsIn(text: string, now: Instant): number | null {
  if (/^\d+(\.\d+)?$/.test(text)) return Math.ceil(Number(text));
  const date = readHttpDate(text, now);
  return date === null ? null : Math.ceil((millisecondsOf(date) - millisecondsOf(now)) / 1000);
}
