import type { EventType } from "./events.ts";

/** Names and free texts of facts and events: kept apart in the register, so that they can be erased. */
const PRIVATE: ReadonlySet<string> = new Set(["respondent", "title", "order", "because", "note", "text", "source"]);

/** Where a source is no more than an address it is data, as in facts: it stays. */
const ADDRESS = /^https?:\/\/\S+$/;

/** The events whose `to` says who or what was meant, in somebody's own words. */
const NAMING: ReadonlySet<EventType | null> = new Set(["assigned", "referred"]);

/** What stands where a text was erased. */
export const ERASED = "[erased]";

type Plain = null | boolean | number | string | readonly Plain[] | { readonly [key: string]: Plain };

/** Whether a field holds a name or a free text: by its own name, or at the end of a path as a correction has it. */
export function isPrivate(field: string): boolean {
  return PRIVATE.has(field.slice(field.lastIndexOf(".") + 1));
}

/** Takes the names and free texts of facts (null) or of an event out, each by its path (items.0.order). */
export function splitTexts(
  value: object,
  type: EventType | null = null,
): { data: { [key: string]: Plain }; texts: Record<string, string> } {
  const texts: Record<string, string> = {};
  const data = without(value as unknown as Plain, [], texts, NAMING.has(type)) as { [key: string]: Plain };
  return { data, texts };
}

function without(value: Plain, path: readonly string[], texts: Record<string, string>, naming: boolean): Plain {
  if (Array.isArray(value)) return value.map((entry: Plain, index) => without(entry, [...path, String(index)], texts, naming));
  if (typeof value !== "object" || value === null) return value;
  const kept: Record<string, Plain> = {};
  for (const [field, entry] of Object.entries(value)) {
    if (entry === undefined) continue;
    const at = [...path, field.replaceAll("%", "%25").replaceAll(".", "%2E")];
    if (typeof entry === "string" && isText(field, entry, path, naming)) texts[at.join(".")] = entry;
    else kept[field] = without(entry, at, texts, naming);
  }
  return kept;
}

/** A correction may set any of them, under its own name or at the end of a path: items.dpo.order. */
function isText(field: string, entry: string, path: readonly string[], naming: boolean): boolean {
  if (isPrivate(field)) return !field.endsWith("source") || !ADDRESS.test(entry);
  if (field !== "to") return false;
  return (naming && path.length === 0) || (path[0] === "set" && !/^\d/.test(entry));
}

/** Puts the texts back; those that were erased read [erased]. What holds none of them is the same object as in the data. */
export function joinTexts(data: object, texts: Readonly<Record<string, string>>, erased: readonly string[]): Record<string, unknown> {
  const whole = { ...data } as Record<string, unknown>;
  for (const [path, text] of [...Object.entries(texts), ...erased.map((path) => [path, ERASED] as const)]) {
    const parts = path.split(".").map((part) => part.replaceAll("%2E", ".").replaceAll("%25", "%"));
    let at: Record<string, unknown> = whole;
    for (const part of parts.slice(0, -1)) {
      const within = at[part];
      at[part] = Array.isArray(within) ? [...within] : { ...(within as object) };
      at = at[part] as Record<string, unknown>;
    }
    at[parts.at(-1)!] = text;
  }
  return whole;
}
