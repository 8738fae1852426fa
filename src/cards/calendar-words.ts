import { calendarOf, calendarVersions } from "../law/calendar.ts";
import type { Language } from "../time/wording.ts";
import { isKey, say } from "./say.ts";

const IDS = new Map(calendarVersions().map(([id]) => [calendarOf(id)!.name, id]));

/** The place whose holidays a table holds, as the reader calls it; the id itself where there is no such table. */
export function calendarText(language: Language, id: string): string {
  const key = `calendar.${id}`;
  return isKey(key) ? say(language, key) : (calendarOf(id)?.name ?? id);
}

/** The same of a table by the name that it bears, as a step of a derivation has it. */
export function calendarNamed(language: Language, name: string): string {
  const id = IDS.get(name);
  return id === undefined ? name : calendarText(language, id);
}
