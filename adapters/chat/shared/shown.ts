/**
 * What turns the words behind it round, to the end of the line: embeddings, overrides and isolates of writing direction, and what ends them. Where
 * one stands in a text, sums and names beside it read otherwise than they were recorded. Hebrew and Arabic need none of them.
 */
const TURNS = /[\u202A-\u202E\u2066-\u2069]/g;

export function withoutTurns(text: string): string {
  return text.replaceAll(TURNS, "");
}

/** Hebrew, Arabic and the other scripts that are written from right to left. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\uD802\uD803\uD83A\uD83B]/;
const ISOLATE = "\u2068";
export const END_OF_ISOLATE = "\u2069";

/** The same, but for what keeps right-to-left letters to themselves within a sentence (FSI … PDI, ended on their line): it turns nothing round. */
export function withoutStrayTurns(text: string): string {
  if (text.search(TURNS) === -1) return text;
  if (!text.includes(ISOLATE)) return withoutTurns(text);
  return text
    .split(/([\n\r\u0085\u2029])/)
    .map(withoutStrayOnLine)
    .join("");
}

function withoutStrayOnLine(line: string): string {
  const kept = new Set<number>();
  const open: { readonly at: number; readonly isOurs: boolean }[] = [];
  for (const { index: at, 0: turn } of line.matchAll(TURNS)) {
    if (turn === ISOLATE || turn === "\u2066" || turn === "\u2067") open.push({ at, isOurs: turn === ISOLATE });
    const from = turn === END_OF_ISOLATE ? open.pop() : undefined;
    if (from?.isOurs && RIGHT_TO_LEFT.test(line.slice(from.at, at))) kept.add(from.at).add(at);
  }
  return line.replaceAll(TURNS, (turn, at: number) => (kept.has(at) ? turn : ""));
}

/** The isolates that are not ended by the end of the text; the end of a line ends them. */
export function openIsolates(text: string): string {
  let open = "";
  for (const [mark] of text.matchAll(/[\u2066-\u2069\n\r\u0085\u2029]/g)) {
    if (mark === END_OF_ISOLATE) open = open.slice(0, -1);
    else open = /[\u2066-\u2068]/.test(mark) ? open + mark : "";
  }
  return open;
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
  if (typeof value === "string") return value.isWellFormed() && withoutStrayTurns(value) === value;
  if (Array.isArray(value)) return value.every(isShowable);
  return typeof value !== "object" || value === null || Object.values(value).every(isShowable);
}

const UNSHOWN: ReadonlySet<string> = new Set(["command", "href", "person"]);

function mended<Value>(value: Value, isShown: boolean): Value {
  if (typeof value === "string") return (isShown ? withoutStrayTurns(value.toWellFormed()) : value.toWellFormed()) as Value;
  if (Array.isArray(value)) return value.map((one: unknown) => mended(one, isShown)) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, mended(inner, isShown && !UNSHOWN.has(key))])) as Value;
}
