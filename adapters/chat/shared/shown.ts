/**
 * What turns the words behind it round, to the end of the line: embeddings, overrides and isolates of writing direction, and what ends them. Where
 * one stands in a text, sums and names beside it read otherwise than they were recorded. Hebrew and Arabic need none of them.
 */
const TURNS = /[\u202A-\u202E\u2066-\u2069]/g;

export function withoutTurns(text: string): string {
  return text.replaceAll(TURNS, "");
}

/**
 * A card, or any part of one, as it can be shown: no text turns another round, and a half of a surrogate pair, which is no character and for which a
 * platform refuses the whole message, is replaced. What is not shown (a command, an address, a person) keeps its characters.
 */
export function showable<Value>(value: Value): Value {
  // Nearly all texts are, and nothing need be made anew.
  return isShowable(value) ? value : mended(value, true);
}

function isShowable(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed() && value.search(TURNS) === -1;
  if (Array.isArray(value)) return value.every(isShowable);
  return typeof value !== "object" || value === null || Object.values(value).every(isShowable);
}

const UNSHOWN: ReadonlySet<string> = new Set(["command", "href", "person"]);

function mended<Value>(value: Value, isShown: boolean): Value {
  if (typeof value === "string") return (isShown ? withoutTurns(value.toWellFormed()) : value.toWellFormed()) as Value;
  if (Array.isArray(value)) return value.map((one: unknown) => mended(one, isShown)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mended(inner, isShown && !UNSHOWN.has(key))])) as Value;
}
