import { DateTime } from "luxon";
import type { Day } from "./day.ts";
import { type Instant, timeIn, type Zone } from "./instant.ts";

export type Language = "en" | "fr";
export const LANGUAGES: readonly Language[] = ["en", "fr"];

/** Sun 18 Feb 2024; dim. 18 févr. 2024. */
export function wordDay(language: Language, day: Day): string {
  return inWords(language, day, "LLL yyyy");
}

/** The same without the year. */
export function wordShortDay(language: Language, day: Day): string {
  return inWords(language, day, "LLL");
}

/** French says premier for the first of a month, and the number for every other day. */
function inWords(language: Language, day: Day, rest: string): string {
  const key = `${language} ${day} ${rest}`;
  const known = WORDED.get(key);
  if (known !== undefined) return known;
  const first = language === "fr" && day.endsWith("-01");
  const words = DateTime.fromISO(day, { zone: "utc", locale: language }).toFormat(`ccc ${first ? "'1er'" : "d"} ${rest}`);
  if (WORDED.size >= MOST) WORDED.clear();
  WORDED.set(key, words);
  return words;
}

/** So many days are remembered in words: they are dear to find, and the same ones are said again and again. */
const MOST = 2_000;
const WORDED = new Map<string, string>();

/** 09:00 in English, 9 h or 9 h 05 in French. */
export function wordTime(language: Language, zone: Zone, instant: Instant): string {
  const time = timeIn(zone, instant);
  if (language === "en") return time;
  const [hour, minute] = time.split(":");
  return minute === "00" ? `${Number(hour)} h` : `${Number(hour)} h ${minute}`;
}

const FRENCH_CITIES: Readonly<Record<string, string>> = { London: "Londres", Brussels: "Bruxelles", Vienna: "Vienne", Athens: "Athènes" };
/** Names that a zone has to write without their accents. */
const ACCENTED: Readonly<Record<string, string>> = { "Sao Paulo": "São Paulo" };

/** The city of a zone as people say it: Paris of Europe/Paris; Londres in French. */
export function wordZone(language: Language, zone: Zone): string {
  const named = zone.split("/").at(-1)!.replaceAll("_", " ");
  const city = ACCENTED[named] ?? named;
  return language === "fr" ? (FRENCH_CITIES[city] ?? city) : city;
}
