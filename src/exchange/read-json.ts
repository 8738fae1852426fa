import { changedNumber } from "./kept-number.ts";
import type { Lost, ReadFault } from "./read-fault.ts";

/** Reads JSON, and refuses what its parser would drop or change without a word. */
export function readJson(content: string): { readonly value: unknown } | { readonly faults: readonly ReadFault[] } {
  let value: unknown;
  try {
    value = JSON.parse(content);
  } catch (thrown) {
    if (!(thrown instanceof SyntaxError)) throw thrown;
    return { faults: [{ code: "file-not-json", args: { fault: faultOf(thrown, content) }, line: brokenLine(content.split("\n")) }] };
  }
  const lost = lostIn(content);
  return lost.length === 0 ? { value } : { faults: lost.map(({ line, ...args }) => ({ code: "file-not-json", args, line })) };
}

/** The sentence for what the parser says, which is English, differs from one engine to the next and is of a program more than of a file. */
const FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^Expected '[:,]/, "json-sign"],
  [/property name/, "json-key"],
  [/control character|escape/i, "json-text"],
  [/non-whitespace/, "json-after"],
];

function faultOf({ message }: SyntaxError, content: string): string {
  if (isAtEnd(message, content)) return "json-end";
  return FAULTS.find(([of]) => of.test(message))?.[1] ?? "json-value";
}

/** JSON.parse does not always say where it failed: the first line with which the text can no longer become JSON, whatever follows. */
function brokenLine(lines: readonly string[]): number {
  let [sound, broken] = [0, lines.length];
  while (broken - sound > 1) {
    const middle = Math.floor((sound + broken) / 2);
    if (isOpen(`${lines.slice(0, middle).join("\n")}\n`)) sound = middle;
    else broken = middle;
  }
  return broken;
}

function isOpen(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (thrown) {
    return isAtEnd((thrown as SyntaxError).message, text);
  }
}

/** Whether a text could have become JSON, had it gone on. */
function isAtEnd(message: string, text: string): boolean {
  return /^Unexpected end|^Unterminated string/.test(message) || Number(/position (\d+)/.exec(message)?.[1]) === text.length;
}

/**
 * What JSON.parse drops or changes: of a key that stands twice all but the last, digits of a number, half of a character. One pass over a text
 * that is JSON; it keeps the keys of what is open alone.
 */
function lostIn(json: string): readonly (Lost & { readonly line: number })[] {
  const lost: (Lost & { readonly line: number })[] = [];
  // The keys of each object that is open; null for a list.
  const open: (Set<string> | null)[] = [];
  let [line, isKey] = [1, false];
  for (let at = 0; at < json.length; at++) {
    const sign = json[at]!;
    if (sign === "\n") line++;
    else if (sign === "{" || sign === "[") {
      isKey = sign === "{";
      open.push(isKey ? new Set() : null);
    } else if (sign === "}" || sign === "]") open.pop();
    else if (sign === ",") isKey = open.at(-1) !== null;
    else if (sign === '"') {
      const end = endOfText(json, at);
      const text = textAt(json, at, end);
      if (!text.isWellFormed()) lost.push({ fault: "read-half-character", line });
      if (isKey) {
        const keys = open.at(-1)!;
        if (keys.has(text)) lost.push({ fault: "read-key-twice", key: text, line });
        keys.add(text);
      }
      isKey = false;
      at = end;
    } else if (sign === "-" || (sign >= "0" && sign <= "9")) {
      const end = endOfNumber(json, at);
      const changed = changedNumber(json.slice(at, end));
      if (changed !== null) lost.push({ fault: "read-number-changed", ...changed, line });
      at = end - 1;
    }
  }
  return lost;
}

/** Where the quotation mark stands that closes the text. */
function endOfText(json: string, start: number): number {
  let at = start + 1;
  while (json[at] !== '"') at += json[at] === "\\" ? 2 : 1;
  return at;
}

function textAt(json: string, start: number, end: number): string {
  const text = json.slice(start + 1, end);
  return text.includes("\\") ? (JSON.parse(`"${text}"`) as string) : text;
}

function endOfNumber(json: string, start: number): number {
  const end = /[^-+.\deE]/g;
  end.lastIndex = start;
  return end.exec(json)?.index ?? json.length;
}
