import type { Arg, Finding, Refusal, Step } from "../law/finding.ts";
import type { Problem } from "../matter/check.ts";
import type { Language } from "../time/wording.ts";
import { amountsHidden } from "./amounts.ts";
import { authorityNamed } from "./authority-name.ts";
import { calendarNamed, calendarText } from "./calendar-words.ts";
import { reasonShown } from "./inside.ts";
import { clockText } from "./moments.ts";
import { countText, decimalText } from "./penalty-words.ts";
import { periodText } from "./periods.ts";
import { isKey, type Key, say } from "./say.ts";

type Args = Readonly<Record<string, Arg>>;

/** An assumption, a warning or a step of a derivation as a sentence. */
export function findingText(language: Language, finding: Finding | Step): string {
  const { code, args } = finding;
  return said(language, code, typeof args.because === "string" ? { ...args, because: reasonShown(language, args.because) } : args);
}

/** Why something was not done, as a sentence. */
export function refusalText(language: Language, refusal: Refusal): string {
  return said(language, refusal.refused, refusal.args);
}

/** What is wrong and what is allowed, behind its place: items[0].penalty.per: … */
export function problemText(language: Language, problem: Problem): string {
  const text = said(language, problem.code, problem.args);
  return problem.path.length === 0 ? text : say(language, "problems.at", { path: pathText(problem.path), text });
}

/** A place in a file as people write it: items[0].penalty.per. */
export function pathText(path: readonly (string | number)[]): string {
  return path.map((part, index) => (typeof part === "number" ? `[${part}]` : index === 0 ? part : `.${part}`)).join("");
}

/** What a draft waits for, in words, and of which item: `notified`, or a path such as items.dpo.cure.rule. */
export function missingText(language: Language, path: string): string {
  const [, item] = path.split(".");
  return withWords(language, path, item);
}

function withWords(language: Language, path: string, named: string | undefined): string {
  const key = `missing.${path.split(".").at(-1)!}`;
  if (!isKey(key)) return path;
  const words = say(language, key);
  return named === undefined ? words : say(language, "missing.named", { words, path: named });
}

/** The same with the whole path, by which it can be set. */
export function missingPaths(language: Language, paths: readonly string[]): string {
  return paths.map((path) => withWords(language, path, path.includes(".") ? path : undefined)).join(", ");
}

export function missingList(language: Language, paths: readonly string[]): string {
  return paths.map((path) => missingText(language, path)).join(", ");
}

function said(language: Language, code: string, args: Args): string {
  const key = `said.${code}`;
  // A sentence that is lacking must not keep a figure or a refusal from its reader; a test holds every code to its words.
  if (!isKey(key)) return say(language, "said.unworded", { code });
  const text = ofEvent(language, args, say(language, key, worded(language, args)));
  // What somebody recorded before and this follows from; what it would undo names itself.
  const isSince = typeof args.since === "string" && args.precedes === undefined && args.undoes === undefined;
  return isSince ? `${text.replace(/\.$/, "")}. ${args.since}` : text;
}

/** What makes no sense of an event names it: two of a file may be refused for the same reason, and one that is recorded may be what it would undo. */
function ofEvent(language: Language, { ofEvent: type, ofDay: day, precedes, undoes }: Args, text: string): string {
  if (typeof type !== "string" || typeof day !== "string") return text;
  const named = { type: eventName(language, type), day, text };
  if (precedes !== undefined) return say(language, "said.precedes", { ...named, precedes });
  return undoes === undefined ? say(language, "said.of-event", named) : say(language, "said.undoes", { ...named, undoes });
}

/** Arguments that name something of ours are put in words: a period, a fact that is missing, a value that was overridden. */
function worded(language: Language, args: Args): Args {
  const found: Record<string, Arg> = { ...args };
  if (typeof args.period === "string") found.period = periodText(language, args.period);
  if (typeof args.fact === "string" && Object.keys(args).length === 1) found.fact = missingText(language, args.fact);
  if (typeof args.calendar === "string") found.calendar = calendarNamed(language, args.calendar);
  if (Array.isArray(args.parts)) found.parts = args.parts.map((id) => calendarText(language, String(id)));
  const counted = args.units ?? args.counted;
  if (typeof args.per === "string" && typeof counted === "number") found.count = countText(language, args.per, counted);
  if (typeof args.type === "string") found.type = eventName(language, args.type);
  if (typeof args.ended === "string") found.ended = endedText(language, args.ended);
  if (typeof args.authority === "string") found.authority = authorityNamed(language, args.authority);
  if (typeof args.fault === "string" && isKey(`said.${args.fault}`)) found.reason = say(language, `said.${args.fault}` as Key, args);
  for (const name of ["time", "begins"]) if (TIME.test(String(args[name]))) found[name] = clockText(language, String(args[name]));
  if (typeof args.exact === "string") found.exact = decimalText(language, args.exact);
  if (typeof args.percent === "string") found.percent = decimalText(language, args.percent);
  if (typeof args.what === "string") found.what = whatText(language, args.what);
  // What was known of a fact may be a sum, and a percentage of a turnover is a rate.
  if (amountsHidden()) for (const name of ["percent", "known"]) if (name in found) found[name] = say(language, "money.hidden");
  return found;
}

const TIME = /^\d{2}:\d{2}$/;

/** A kind of event as a file writes it; where that is no word of the reader's language, behind one that is. */
function eventName(language: Language, type: string): string {
  const key = `event-name.${type}`;
  return isKey(key) ? say(language, key) : type;
}

/** How an item has ended, in words. */
function endedText(language: Language, ended: string): string {
  const key = `state.${ended}`;
  return isKey(key) ? say(language, key) : eventName(language, ended);
}

/** A deadline or a value by its kind, in words; a kind of somebody else's making as it stands. */
export function whatText(language: Language, what: string): string {
  const key = `what.${what}`;
  return isKey(key) ? say(language, key) : what;
}
