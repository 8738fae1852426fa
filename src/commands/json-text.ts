import { withoutIsolates } from "../matter/turns.ts";

/** A document for scripts: what a sentence isolates for its reader stands in it as it was written. */
export function jsonText(json: unknown): string {
  const text = JSON.stringify(json);
  if (text?.includes("\u2068") !== true) return text;
  return JSON.stringify(json, (_key, value: unknown) => (typeof value === "string" ? withoutIsolates(value) : value));
}
