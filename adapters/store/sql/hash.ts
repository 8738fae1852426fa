import { hash } from "node:crypto";
import { crc32 } from "node:zlib";
import type { Json } from "../../../src/ports/ledger.ts";
import type { Content } from "./schema.ts";

/** The hash before the first row. */
export const NO_HASH = "0".repeat(64);

/** The columns that the hash covers, in its order. The first three say where a row stands, the others what it says. */
export const COLUMNS = [
  "desk",
  "position",
  "version",
  "stream",
  "event_id",
  "type",
  "on_day",
  "recorded_at",
  "by_person",
  "via",
  "command_id",
  "data",
  "texts",
] as const satisfies readonly (keyof Content)[];

const MARK = 8;
/** From here on, a row's marks are of what it says, wherever it stands. */
export const MARKS_OF_SAYING = 3 * MARK;

/** SHA-256 in hex over the JSON list of the hash before it and the columns: a list, so that nothing can move from one column to the next. */
export function hashOf(before: string, row: Content): string {
  return hash("sha256", JSON.stringify([before, ...COLUMNS.map((column) => row[column])]));
}

/** A CRC-32 of each column, 8 hex digits each. They name the column that changed; they protect nothing, the hash does. */
export function marksOf(row: Content): string {
  return COLUMNS.map((column) => crc32(JSON.stringify(row[column])).toString(16).padStart(MARK, "0")).join("");
}

/** The columns whose content is not what the marks say. */
export function changedColumns(row: Content, marks: string): readonly string[] {
  const now = marksOf(row);
  return COLUMNS.filter((_, index) => now.slice(index * MARK, (index + 1) * MARK) !== marks.slice(index * MARK, (index + 1) * MARK));
}

/** SHA-256 in hex of the salt's 32 hex digits followed by the text. Salted, or a short name could be guessed from its digest. */
export function digestOf(salt: string, text: string): string {
  return hash("sha256", salt + text);
}

/** JSON with the keys of every object in the order of their code units and no white space. */
export function canonical(value: Json): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const entries = Object.entries(value as { readonly [key: string]: Json | undefined });
    const present = entries
      .filter((entry): entry is [string, Json] => entry[1] !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1));
    return `{${present.map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`).join(",")}}`;
  }
  if (typeof value === "number" && !Number.isFinite(value)) throw new RangeError(`no JSON for ${value}`);
  return JSON.stringify(value);
}
