import { say } from "../cards/say.ts";
import { authorityOf } from "../law/catalogue.ts";
import type { Action } from "../ports/card.ts";
import type { Command, Context, Misunderstanding, Outcome } from "./command.ts";
import { findMatter } from "./find.ts";
import { matterChoices } from "./matter-choices.ts";
import type { Parsed } from "./parser.ts";
import { typedWord } from "./tokens.ts";

/** So many are chosen from at a glance. */
const MOST = 5;
/** What a button may carry at most is less on some platforms; a line of that length was no slip. */
const LONGEST = 500;

/**
 * What may have been meant by a line that cannot be understood, as buttons that carry the completed command: the asker's own matters and those
 * that the place watches where none is named, the command that is near, what is known of a reference that was typed alone, and help.
 */
export async function offersFor(
  unread: Misunderstanding & Partial<Parsed>,
  tokens: readonly string[],
  context: Context,
): Promise<readonly Action[]> {
  const { misunderstood: code, args, command } = unread;
  const [verb = "", ...rest] = tokens;
  if (code === "argument-missing" && command !== undefined && lacksMatter(command, unread)) {
    const choices = await matterChoices([], MOST, context);
    return choices.flatMap(({ value, label }) => action(label, [command.verb, value, ...rest]));
  }
  if (code !== "verb-unknown") return [...meantLine(args.allowed), ...helpOn(code === "verb-missing" ? null : verb.toLowerCase(), context)];
  if (typeof args.near === "string") return [...action(null, [args.near, ...rest]), ...helpOn(null, context)];
  const found = tokens.some((token) => /\d/.test(token)) ? await findMatter(tokens.join(" "), context) : null;
  const shown = found === null || "refused" in found ? [] : action(null, ["show", found.key]);
  return [...shown, ...helpOn(null, context)];
}

/** Where a word such as to was left out, the refusal shows the whole line; words in capitals stand for what is still to be typed. */
function meantLine(allowed: unknown): readonly Action[] {
  const isWhole = typeof allowed === "string" && /^[a-z-]+ \S+ [a-z]+ \S/.test(allowed) && !/\s[A-Z]+(\s|$)/.test(allowed);
  return isWhole && allowed.length <= LONGEST ? [{ label: allowed, command: allowed }] : [];
}

function lacksMatter({ positionals }: Command, { wrong }: Misunderstanding): boolean {
  return positionals.some(({ kind, name }) => kind === "matter" && wrong?.[0]?.at === name);
}

function helpOn(verb: string | null, { language }: Context): readonly Action[] {
  const label = verb === null ? say(language, "home.help") : say(language, "button.help-on", { verb });
  return [{ label, command: verb === null ? "help" : `help ${verb}` }];
}

/** A refusal of a name that can mean several matters, or is near one, with a button for each that carries the line with the matter's key in its place. */
export function withCandidates(outcome: Outcome, tokens: readonly string[], { command, values }: Parsed): Outcome {
  if (!("refused" in outcome) || !ABOUT_NAMES.has(outcome.refused)) return outcome;
  const named = command.positionals.find(({ kind }) => kind === "matter");
  const typed = named === undefined ? undefined : values[named.name];
  const { candidates, near } = outcome.args;
  const keys = Array.isArray(candidates) ? (candidates as readonly string[]) : typeof near === "string" ? [near] : [];
  if (typeof typed !== "string") return outcome;
  // A button names a whole key, and what else it carries is about that matter: another one is looked at, and nothing is done to it.
  const isWhole = isKeyed(typed);
  const offers = keys
    .slice(0, MOST)
    .flatMap((key) => (isWhole ? action(null, ["show", key]) : action(`${command.verb} ${key}`, replaced(tokens, typed, key))));
  return offers.length === 0 ? outcome : { ...outcome, offers };
}

/** Whether it names its authority too, as a key does. */
function isKeyed(name: string): boolean {
  const colon = name.indexOf(":");
  return colon > 0 && authorityOf(name.slice(0, colon)) !== null;
}

const ABOUT_NAMES: ReadonlySet<string> = new Set(["matter-ambiguous", "matter-not-found"]);

/** A reference may have been typed in several words: san 2023 018. */
function replaced(tokens: readonly string[], typed: string, key: string): readonly string[] {
  const length = typed.split(" ").length;
  for (const words of [1, length]) {
    const at = tokens.findIndex((_, index) => index > 0 && tokens.slice(index, index + words).join(" ") === typed);
    if (at > 0) return tokens.toSpliced(at, words, key);
  }
  return [];
}

/** A button that carries a line; it says the line itself where it has no other label. */
function action(label: string | null, words: readonly string[]): readonly Action[] {
  const typed = words.map(typedWord);
  const line = typed.join(" ");
  return words.length === 0 || typed.includes(null) || line.length > LONGEST ? [] : [{ label: label ?? line, command: line }];
}
