import type { Problem } from "../matter/check.ts";

/** The name of what every object has: a table of free keys, such as what a correction sets, leaves it out when it is copied. */
const PROTO = "__proto__";

/** Each such key under what the corrections of a file set; anywhere else the schema refuses it as unknown. */
export function droppedKeys(matters: unknown): readonly Problem[] {
  return listed(matters).flatMap((matter, index) => {
    return listed(within(matter, "events")).flatMap((event, nth) => under(within(event, "set"), ["matters", index, "events", nth, "set"]));
  });
}

function under(value: unknown, path: Problem["path"]): readonly Problem[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const at = [...path, key];
    return key === PROTO ? [{ path: at, code: "key-unknown", args: { key } }] : under(inner, at);
  });
}

function listed(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function within(value: unknown, key: string): unknown {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>)[key] : undefined;
}
