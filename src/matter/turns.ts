/**
 * Characters that turn round the writing direction of what follows, until another ends that or the line does: embeddings, overrides and isolates
 * (Unicode Standard Annex 9). They are not seen, and let "900 EUR" be read otherwise than it is. The marks U+200E, U+200F and U+061C are not among
 * them: they turn no more than a letter of their script does.
 */
const TURN = /[\u202A-\u202E\u2066-\u2069]/;
const TURNS = new RegExp(TURN, "g");
const [END_OF_EMBEDDING, END_OF_ISOLATE] = ["\u202C", "\u2069"];
const ISOLATES = /[\u2066-\u2068]/;
/** They end at these, ended or not. */
const PARAGRAPHS = /[\n\r\u0085\u2029]/;

export function hasTurns(text: string): boolean {
  return TURN.test(text);
}

/** Whether each of them is ended on its own line, and what is around the text stays as it is. */
export function isBalanced(text: string): boolean {
  return !hasTurns(text) || text.split(PARAGRAPHS).every(isBalancedLine);
}

function isBalancedLine(text: string): boolean {
  const due: string[] = [];
  for (const turn of text.match(TURNS) ?? []) {
    const isEnd = turn === END_OF_EMBEDDING || turn === END_OF_ISOLATE;
    if (!isEnd) due.push(ISOLATES.test(turn) ? END_OF_ISOLATE : END_OF_EMBEDDING);
    else if (due.pop() !== turn) return false;
  }
  return due.length === 0;
}

/** The same without any: what stands in a register from before they were refused is read so where a correction mends it. */
export function unturned<Value>(value: Value): Value {
  if (typeof value === "string") return value.replaceAll(TURNS, "") as Value;
  if (Array.isArray(value)) return value.map(unturned) as Value;
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, unturned(inner)])) as Value;
}

/** Hebrew, Arabic, Syriac, Thaana, N'Ko and the other scripts that are written from right to left, and the first halves of those beyond U+FFFF. */
const RIGHT_TO_LEFT = /[\u0590-\u08FF\uFB1D-\uFDFF\uFE70-\uFEFC\uD802\uD803\uD83A\uD83B]/;
const ISOLATE = "\u2068";
/** One that is ended on its own line and holds no other. */
const ISOLATED = /\u2068([^\u202A-\u202E\u2066-\u2069\n\r\u0085\u2029]*)\u2069/g;

/**
 * A text as it stands in a sentence: where it has right-to-left letters it is isolated (FSI … PDI), or they would take the digits of the sum or the
 * day beside them along. What is isolated already stays so, and any other text is as it was.
 */
export function isolated(text: string): string {
  if (!RIGHT_TO_LEFT.test(text) || !RIGHT_TO_LEFT.test(text.replaceAll(ISOLATED, ""))) return text;
  return text.replaceAll(/[^\n\r\u0085\u2029]+/g, (line) => (RIGHT_TO_LEFT.test(line) ? `${ISOLATE}${line}${END_OF_ISOLATE}` : line));
}

/** The beginning of such a text, cut off anywhere: what is isolated there is ended. */
export function isolatesEnded(text: string): string {
  const open = text.split(ISOLATE).length - text.split(END_OF_ISOLATE).length;
  return open > 0 ? text + END_OF_ISOLATE.repeat(open) : text;
}

/** A text as it is written, and not as a sentence showed it: what somebody types may be copied from there. */
export function withoutIsolates(text: string): string {
  if (!text.includes(ISOLATE)) return text;
  const bare = text.replaceAll(ISOLATED, (whole, inner: string) => (RIGHT_TO_LEFT.test(inner) ? inner : whole));
  return bare === text ? text : withoutIsolates(bare);
}
