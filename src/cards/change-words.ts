import { isRefusal } from "../law/finding.ts";
import { money, parseAmount } from "../law/money.ts";
import type { EventOf } from "../matter/events.ts";
import { parseDay } from "../time/day.ts";
import { type Language, wordDay } from "../time/wording.ts";
import { amountsHidden } from "./amounts.ts";
import { insideHidden, isProse } from "./inside.ts";
import { perShort } from "./penalty-words.ts";
import { periodText } from "./periods.ts";
import { isKey, type SaidArg, say } from "./say.ts";

/** What the fields that a correction sets were before it, by their names. */
export type Was = Readonly<Record<string, unknown>>;

/** What a correction sets, field by field and in words, with what it was before where that is known. */
export function changeText(language: Language, correction: EventOf<"corrected">, currency: string, was: Was = {}): string {
  if (correction.void === true) return say(language, "event.void");
  const changes = Object.entries(correction.set ?? {}).map(([path, value]) => {
    const shown = (one: unknown) => (one === null || one === undefined ? null : valueText(language, path, one, currency));
    const args = { field: fieldText(language, path), was: shown(was[path]) };
    return value === null ? say(language, "event.removed", args) : say(language, "event.set-field", { ...args, value: shown(value) });
  });
  return changes.join(", ");
}

/** A field as people call it, with the item or fine whose it is; one that has no words is named as it is typed. */
export function fieldText(language: Language, path: string): string {
  const parts = path.split(".");
  const owned = (parts[0] === "items" || parts[0] === "fines") && parts.length > 2;
  const key = `field.${owned ? [parts[0], ...parts.slice(2)].join(".") : path}`;
  if (!isKey(key)) return path;
  const words = say(language, key);
  return owned ? say(language, "field.of", { words, id: parts[1]! }) : words;
}

const SUMS: ReadonlySet<string> = new Set(["amount", "rate", "perYear", "annual", "gain"]);

/** What a penalty comes to follows from any of its terms, and a text may hold anything: where amounts are hidden days alone are told. */
const TOLD_ANYWAY: ReadonlySet<string> = new Set(["boolean", "object"]);

function valueText(language: Language, path: string, value: unknown, currency: string): SaidArg {
  const field = path.split(".").at(-1)!;
  if (insideHidden() && isProse(path, value)) return say(language, "inside.text");
  if (amountsHidden() && isTerm(path) && !TOLD_ANYWAY.has(typeof value) && parseDay(String(value)) === null)
    return say(language, "money.hidden");
  if (Array.isArray(value)) return value.map((one) => plain(valueText(language, path, one, currency))).join(", ");
  if (typeof value === "boolean") return say(language, value ? "value.yes" : "value.no");
  if (typeof value === "object" && value !== null) {
    // A day with its source, or the two days between which it lies.
    const { day, between } = value as { readonly day?: unknown; readonly between?: unknown };
    if (typeof day === "string") return valueText(language, path, day, currency);
    if (Array.isArray(between)) {
      const [least, most] = between.map((one) => plain(valueText(language, path, one, currency)));
      return say(language, "money.range", { least, most });
    }
    return amountsHidden() ? say(language, "money.hidden") : JSON.stringify(value);
  }
  const text = String(value);
  const found = parseDay(text);
  if (found !== null) return wordDay(language, found);
  if (SUMS.has(field) || (field === "to" && /^\d+(\.\d+)?$/.test(text))) return amountOf(text, currency);
  return field === "per" ? perShort(language, text) : periodText(language, text);
}

/** Whether a field is, or is part of, what is to be paid. */
function isTerm(path: string): boolean {
  return SUMS.has(path.split(".").at(-1)!) || /(^|\.)(penalty|jointCap|fines|to)(\.|$)/.test(path);
}

function plain(value: SaidArg): string {
  return typeof value === "string" ? value : String(value);
}

/** The sum that an event states; one that its currency cannot hold is shown as it was typed. */
export function amountOf(text: string | undefined, currency: string): SaidArg {
  if (text === undefined) return undefined;
  const minor = parseAmount(text, currency);
  return isRefusal(minor) ? (amountsHidden() ? money(0n, currency) : text) : money(minor, currency);
}
