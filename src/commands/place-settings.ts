import { calendarVersions } from "../law/calendar.ts";
import { isRefusal, type Refusal, refuse } from "../law/finding.ts";
import { nearest } from "../matter/nearest.ts";
import type { PlaceSettings } from "../ports/subscriptions.ts";
import { isZone } from "../time/instant.ts";
import { LANGUAGES } from "../time/wording.ts";
import { type Misunderstanding, misunderstood, type Parameter, type RefusalAt, type Values, type Wrong } from "./command.ts";

/** How a place is spoken to, as it is typed behind watch and mine. */
export const SETTINGS = {
  at: { name: "at", kind: "time" },
  zone: { name: "zone", kind: "word", offers: "zone" },
  lang: { name: "lang", kind: "choice", allowed: LANGUAGES },
  weekdays: { name: "weekdays", kind: "word", offers: "weekdays" },
  holidays: { name: "holidays", kind: "word", offers: "calendar" },
  stages: { name: "stages", kind: "word" },
  quiet: { name: "quiet", kind: "word" },
  digest: { name: "digest", kind: "choice", allowed: ["daily", "weekly", "monthly", "off"] },
} as const satisfies Readonly<Record<string, Parameter>>;

type Settable = "at" | "zone" | "language" | "weekdays" | "holidays" | "stages" | "quiet" | "digest";
/** The settings that were named; the others stay. */
export type Named = Partial<Pick<PlaceSettings, Settable>>;

type Read<Value> = { readonly value: Value } | Misunderstanding | Refusal;

/** Reads the settings that a line names. The first that cannot be read is refused with what is allowed, and told with the others that are wrong. */
export function namedSettings(values: Values): Named | Misunderstanding | RefusalAt {
  const named: { [Name in Settable]?: unknown } = {};
  const plain = { at: values.at, language: values.lang, digest: values.digest };
  for (const [name, value] of Object.entries(plain)) if (value !== undefined) named[name as Settable] = value;
  const readers: Readonly<Partial<Record<Settable, (text: string) => Read<unknown>>>> = {
    zone: zoneOf,
    weekdays: weekdaysOf,
    holidays: holidaysOf,
    stages: stagesOf,
    quiet: quietOf,
  };
  const refused: (Misunderstanding | Refusal)[] = [];
  const wrong: Wrong[] = [];
  for (const [name, read] of Object.entries(readers)) {
    const text = values[name];
    if (typeof text !== "string") continue;
    const found = read(text);
    if ("value" in found) {
      named[name as Settable] = found.value;
      continue;
    }
    refused.push(found);
    wrong.push({ at: name, code: isRefusal(found) ? found.refused : found.misunderstood, args: found.args });
  }
  return refused[0] === undefined ? (named as Named) : { ...refused[0], wrong };
}

function zoneOf(text: string): Read<string> {
  return isZone(text) ? { value: text } : refuse("zone-unknown", { got: text });
}

/** The days of the week as they are typed, Monday first. */
export const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
const JOURS = ["lun", "mar", "mer", "jeu", "ven", "sam", "dim"];

/** mon-fri, mon,wed,fri, all; French days too. A range may go over the end of the week: fri-mon. */
function weekdaysOf(text: string): Read<readonly number[]> {
  const days = new Set<number>();
  for (const part of text.toLowerCase() === "all" ? ["mon-sun"] : text.toLowerCase().split(",")) {
    const [from, to, ...more] = part.split("-").map(weekdayOf);
    if (from === undefined || from === null || to === null || more.length > 0)
      return misunderstood("value-invalid", { name: "weekdays", got: `"${text}"`, allowed: ["mon-fri", "mon,wed,fri", "all"] });
    for (let day = from; ; day = (day % 7) + 1) {
      days.add(day);
      if (day === (to ?? from)) break;
    }
  }
  return { value: [...days].sort((one, other) => one - other) };
}

/** The days that a text such as mon-fri names, one by one as they are typed; none where it cannot be read. */
export function weekdayNames(text: string): readonly string[] {
  const days = weekdaysOf(text);
  return "value" in days ? days.value.map((day) => WEEKDAYS[day - 1]!) : [];
}

/** A place's settings as they are typed, each by its option. */
export function typedSettings(settings: PlaceSettings): Readonly<Record<keyof typeof SETTINGS, string>> {
  const { at, zone, language, weekdays, holidays, stages, quiet, digest } = settings;
  return {
    at,
    zone,
    lang: language,
    weekdays: weekdays.map((day) => WEEKDAYS[day - 1]!).join(","),
    holidays: holidays ?? "none",
    stages: stages === null ? "usual" : stages.join(","),
    quiet: quiet === null ? "none" : `${quiet.from}-${quiet.to}`,
    digest,
  };
}

function weekdayOf(text: string): number | null {
  const index = Math.max(WEEKDAYS.indexOf(text.trim()), JOURS.indexOf(text.trim()));
  return index < 0 ? null : index + 1;
}

function holidaysOf(text: string): Read<string | null> {
  if (text.toLowerCase() === "none") return { value: null };
  const ids = calendarVersions().map(([id]) => id);
  const id = ids.find((one) => one === text.toUpperCase());
  if (id !== undefined) return { value: id };
  const near = nearest(text, ids);
  return misunderstood("value-invalid", {
    name: "holidays",
    got: `"${text}"`,
    allowed: ["none", ...ids],
    ...(near === null ? {} : { near }),
  });
}

const FURTHEST_STAGE = 366;

/** Days before an expiry, the furthest first; null for the house's own. */
function stagesOf(text: string): Read<readonly number[] | null> {
  if (text.toLowerCase() === "usual") return { value: null };
  const stages = text.split(",").map((part) => (/^\s*\d{1,3}\s*$/.test(part) ? Number(part) : Number.NaN));
  if (!stages.every((stage) => stage <= FURTHEST_STAGE))
    return misunderstood("value-invalid", { name: "stages", got: `"${text}"`, allowed: ["30,14,7", `0-${FURTHEST_STAGE}`, "usual"] });
  return { value: [...new Set(stages)].sort((one, other) => other - one) };
}

/** Hours without a post; they may go over midnight. */
function quietOf(text: string): Read<PlaceSettings["quiet"]> {
  if (text.toLowerCase() === "none") return { value: null };
  const hours = /^((?:[01]\d|2[0-3]):[0-5]\d)-((?:[01]\d|2[0-3]):[0-5]\d)$/.exec(text);
  const [, from, to] = hours ?? [];
  if (from === undefined || to === undefined || from === to)
    return misunderstood("value-invalid", { name: "quiet", got: `"${text}"`, allowed: ["19:00-08:00", "none"] });
  return { value: { from, to } };
}
