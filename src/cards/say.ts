import { IntlMessageFormat } from "intl-messageformat";
import type { Money } from "../law/money.ts";
import { ERASED } from "../matter/texts.ts";
import { isolated } from "../matter/turns.ts";
import { parseDay } from "../time/day.ts";
import { type Language, wordDay } from "../time/wording.ts";
import { type ShownMoney, wordMoney } from "./money-words.ts";
import { typeset } from "./typography.ts";
import commandsEn from "./words/commands.en.json" with { type: "json" };
import commandsFr from "./words/commands.fr.json" with { type: "json" };
import registerEn from "./words/en.json" with { type: "json" };
import formsEn from "./words/forms.en.json" with { type: "json" };
import formsFr from "./words/forms.fr.json" with { type: "json" };
import registerFr from "./words/fr.json" with { type: "json" };

const en = { ...registerEn, ...commandsEn, ...formsEn };
const fr = { ...registerFr, ...commandsFr, ...formsFr };

/** The name of a sentence in src/cards/words. */
export type Key = keyof typeof en;

/** What a sentence can show. A text is data, never a message of its own; one that is exactly a day is shown as the reader writes days, and right-to-left letters isolated. */
export type SaidArg = string | number | Money | ShownMoney | readonly string[] | null | undefined;
export type SaidArgs = Readonly<Record<string, SaidArg>>;

/** Every sentence in both languages, as it is written in src/cards/words. */
export const WORDS: Readonly<Record<Language, Readonly<Record<Key, string>>>> = { en, fr };

interface Message {
  readonly format: IntlMessageFormat;
  /** Where it holds nothing but words, arguments and choices between them: put together here, which is many times as fast. */
  readonly plain: Ast | null;
  readonly placeholders: ReadonlySet<string>;
}

const MESSAGES = new Map<string, Message>();

/** Whether there is a sentence of that name. */
export function isKey(text: string): text is Key {
  return Object.hasOwn(en, text);
}

/**
 * The sentence in the reader's language. `has_x` in a message is yes or no, as `x` was given or not; an argument that was not given is empty.
 */
export function say(language: Language, key: Key, args: SaidArgs = {}): string {
  const message = messageOf(language, key);
  const values: Record<string, string | number> = {};
  for (const name of message.placeholders) {
    if (name.startsWith("has_")) values[name] = isGiven(args[name.slice(4)]) ? "yes" : "no";
    else values[name] = name === "what" ? kindWords(language, args[name]) : shown(language, args[name]);
  }
  const ending = Object.keys(values).filter((name) => String(values[name]).endsWith("."));
  for (const name of ending) values[name] += ENDED;
  const said = message.plain === null ? String(message.format.format(values)) : plainly(message.plain, values);
  return ending.length === 0 ? said : said.replaceAll(ENDED_TWICE, "").replaceAll(ENDED, "");
}

/** No character: it marks the end of what has a point of its own, such as "1er janv.", so that a sentence that ends there adds no second one. */
const ENDED = "\uFDD0";
const ENDED_TWICE = new RegExp(`${ENDED}\\.(?!\\.)`, "g");

/** The first letter made a capital, for a sentence that begins with a word that was made for its middle. */
export function capitalise(text: string): string {
  const [first = ""] = text;
  return first.toLocaleUpperCase() + text.slice(first.length);
}

function messageOf(language: Language, key: Key): Message {
  const name = `${language} ${key}`;
  const known = MESSAGES.get(name);
  if (known !== undefined) return known;
  const format = new IntlMessageFormat(typeset(language, WORDS[language][key]), language, undefined, { ignoreTag: true });
  const ast = format.getAst();
  const message = { format, plain: isPlain(ast) ? ast : null, placeholders: placeholdersOf(ast) };
  MESSAGES.set(name, message);
  return message;
}

type Ast = ReturnType<IntlMessageFormat["getAst"]>;

/** The names of a message's arguments, those inside plural and select too. */
export function placeholdersOf(ast: Ast): ReadonlySet<string> {
  const found = new Set<string>();
  for (const element of ast) {
    if (element.type !== LITERAL && element.type !== POUND) found.add(element.value);
    if ("options" in element)
      for (const option of Object.values(element.options)) for (const name of placeholdersOf(option.value)) found.add(name);
  }
  return found;
}

/** The parser's element types; its own are an enum, which this project's type stripping cannot import as types. */
const LITERAL = 0;
const ARGUMENT = 1;
const SELECT = 5;
const POUND = 7;

function isPlain(ast: Ast): boolean {
  return ast.every((element) => {
    if (element.type === SELECT) return Object.values(element.options).every(({ value }) => isPlain(value));
    return element.type === LITERAL || element.type === ARGUMENT;
  });
}

/** What IntlMessageFormat would say (test/cards/say.test.ts compares them). */
function plainly(ast: Ast, values: Readonly<Record<string, string | number>>): string {
  let said = "";
  for (const element of ast) {
    if (element.type === LITERAL) said += element.value;
    else if (element.type !== SELECT) said += values[(element as { readonly value: string }).value];
    else {
      const chosen = String(values[element.value]);
      said += plainly((Object.hasOwn(element.options, chosen) ? element.options[chosen] : element.options.other)!.value, values);
    }
  }
  return said;
}

/** An argument called `what` can be a kind of deadline by its code, such as evidence or earliest-expiry: its words are shown. */
function kindWords(language: Language, arg: SaidArg): string | number {
  const key = `what.${String(arg)}`;
  return isKey(key) ? say(language, key) : shown(language, arg);
}

function isGiven(arg: SaidArg): boolean {
  return arg !== undefined && arg !== null && arg !== "" && !(Array.isArray(arg) && arg.length === 0);
}

function shown(language: Language, arg: SaidArg): string | number {
  if (arg === undefined || arg === null) return "";
  if (typeof arg === "number") return arg;
  if (typeof arg === "string") return shownText(language, arg);
  if (Array.isArray(arg)) return arg.map((one: string) => shownText(language, one)).join(", ");
  return wordMoney(language, arg as ShownMoney);
}

function shownText(language: Language, text: string): string {
  const day = parseDay(text);
  return day === null ? isolated(unerased(language, text)) : wordDay(language, day);
}

/** A text of a matter as a card shows it: that it was erased is said in the reader's language. */
export function unerased(language: Language, text: string): string {
  return text.includes(ERASED) ? text.replaceAll(ERASED, WORDS[language]["erased.text"]) : text;
}
