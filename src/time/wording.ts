import { DateTime } from "luxon";
import type { Day } from "./day.ts";
import { type Instant, timeIn, type Zone } from "./instant.ts";

export type Language = "en" | "fr";
export const LANGUAGES: readonly Language[] = ["en", "fr"];

/** Sun 18 Feb 2024; dim. 18 févr. 2024. */
export function wordDay(language: Language, day: Day): string {
  return DateTime.fromISO(day, { zone: "utc", locale: language }).toFormat("ccc d LLL yyyy");
}

/** The same without the year. */
export function wordShortDay(language: Language, day: Day): string {
  return DateTime.fromISO(day, { zone: "utc", locale: language }).toFormat("ccc d LLL");
}

/** 09:00 in English, 9 h or 9 h 05 in French. */
export function wordTime(language: Language, zone: Zone, instant: Instant): string {
  const time = timeIn(zone, instant);
  if (language === "en") return time;
  const [hour, minute] = time.split(":");
  return minute === "00" ? `${Number(hour)} h` : `${Number(hour)} h ${minute}`;
}

/** The city of a zone as people say it: Paris of Europe/Paris. */
export function wordZone(zone: Zone): string {
  return zone.split("/").at(-1)!.replaceAll("_", " ");
}
