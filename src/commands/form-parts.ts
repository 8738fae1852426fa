import { authorityOf } from "../law/catalogue.ts";
import { STATES } from "../matter/standing-types.ts";
import { parseDay } from "../time/day.ts";
import { type Command, type Misunderstanding, misunderstood, type Parameter } from "./command.ts";
import { PLACE } from "./person-or-place.ts";
import { WEEKDAYS, weekdayNames } from "./place-settings.ts";
import { keyOf } from "./shapes.ts";
import { tokensOf, typedWord } from "./tokens.ts";

/** A field of a form and what it gives to its argument: most arguments are one field, some are asked for in several. */
export interface Part {
  /** The name of the field, and of its values in a submission. */
  readonly name: string;
  /** The argument, and the name of its value. */
  readonly of: Parameter;
  readonly key: string;
  /** How the field itself asks. */
  readonly asks: Parameter;
  /** It is filled in instead of the one before: each may be left empty, and both together are refused. */
  readonly isOther?: true;
  /** What the argument gets of what was entered. */
  read(entered: readonly string[]): readonly string[] | Misunderstanding;
  /** Of an argument's values, those that stand in this field, as they are entered; the others are left for the next. */
  claim(values: readonly string[]): { readonly mine: readonly string[]; readonly left: readonly string[] };
}

const DAYS_AHEAD = /^(\d{1,4})d?$/i;
const KINDS = ["notice", "sanction", "order", "judgment"];

/** The fields of an argument; none for a word that is only typed, such as until. */
export function partsOf(of: Parameter, command: Command): readonly Part[] {
  const key = keyOf(of, command);
  const part = (name: string, asks: Omit<Parameter, "name">, more: Partial<Pick<Part, "read" | "claim" | "isOther">> = {}): Part => ({
    name,
    of,
    key,
    asks: { name, ...asks },
    read: (entered) => entered,
    claim: (values) => ({ mine: values, left: [] }),
    ...more,
  });
  if (of.kind === "literal" || of.unasked === true) return [];
  if (of.kind === "filter") return filterParts(part);
  const { name: _name, ...asks } = of;
  if (of.offers === "person-or-place") {
    // Where nobody says which it is, the people are asked for first.
    return [
      part(key, { kind: of.kind, offers: "person" }),
      part(`${key}:place`, { kind: of.kind, offers: "person-or-place" }, { claim: none, isOther: true }),
    ];
  }
  if (of.offers === "weekdays") {
    const claim = (values: readonly string[]) => ({ mine: values.flatMap(weekdayNames), left: [] });
    return [part(key, { ...asks, many: true }, { read: (entered) => [entered.join(",")], claim })];
  }
  if (of.kind === "day" && of.many === true) {
    const { many: _many, ...one } = asks;
    const first = ([one, ...left]: readonly string[]) => ({ mine: one === undefined ? [] : [one], left });
    return [part(key, one, { claim: first }), part(`${key}:more`, { kind: "text" }, { read: wordsIn, claim: joined(" ") })];
  }
  if (of.offers === "person") {
    // Counsel of another house is on no list of the platform's people.
    const listed: Part["claim"] = (values) => (values.length === 1 && PLACE.test(values[0]!) ? { mine: values, left: [] } : none(values));
    return [part(key, asks, { claim: listed }), part(`${key}:name`, { kind: "text" }, { claim: joined(" "), isOther: true })];
  }
  if (of.many !== true) return [part(key, asks)];
  const byLine = of.offers === "several-lines";
  return [part(key, asks, { read: byLine ? linesIn : wordsIn, claim: joined(byLine ? "\n" : " ") })];
}

type MakePart = (name: string, asks: Omit<Parameter, "name">, more?: Partial<Pick<Part, "read" | "claim" | "isOther">>) => Part;

/** Filters by what can be chosen; all others in a field of their own, as they are typed. */
function filterParts(part: MakePart): readonly Part[] {
  const named = (name: string, asks: Omit<Parameter, "name">, takes: (value: string) => boolean): Part => {
    const before = `${name}:`;
    const fitting = (text: string) => text.toLowerCase().startsWith(before) && takes(text.slice(before.length));
    return part(`filter:${name}`, asks, {
      read: (entered) => entered.map((value) => `${before}${value}`),
      claim: firstThat(fitting, before),
    });
  };
  return [
    named("authority", { kind: "word", offers: "authority" }, (value) => authorityOf(value) !== null),
    named("state", { kind: "choice", allowed: STATES }, (value) => (STATES as readonly string[]).includes(value)),
    named("kind", { kind: "choice", allowed: KINDS }, (value) => KINDS.includes(value)),
    named("tag", { kind: "word" }, () => true),
    part(
      "filter:due",
      { kind: "count" },
      {
        read: daysAhead,
        claim: firstThat((text) => DAYS_AHEAD.test(text.slice(4)) && /^due:/i.test(text), "due:", "d"),
      },
    ),
    part(
      "filter:mine",
      { kind: "flag" },
      {
        read: () => ["mine"],
        claim: (values) => ({ mine: values.includes("mine") ? ["yes"] : [], left: values.filter((one) => one !== "mine") }),
      },
    ),
    part(
      "filter",
      { kind: "text" },
      { read: filtersIn, claim: (values) => ({ mine: values.length === 0 ? [] : [values.map(quoted).join(" ")], left: [] }) },
    ),
  ];
}

/** So many days, or as the filter is typed: 30 or 30d. */
function daysAhead(entered: readonly string[]): readonly string[] | Misunderstanding {
  const wrong = entered.find((text) => !DAYS_AHEAD.test(text));
  if (wrong !== undefined) return misunderstood("value-invalid", { name: "due", got: `"${wrong}"`, allowed: "30" });
  return entered.map((text) => `due:${DAYS_AHEAD.exec(text)![1]!}d`);
}

/** The first value that fits, without what stands around it. */
function firstThat(fits: (text: string) => boolean, before: string, after = ""): Part["claim"] {
  return (values) => {
    const at = values.findIndex(fits);
    if (at < 0) return { mine: [], left: values };
    const bare = values[at]!.slice(before.length);
    return { mine: [bare.endsWith(after) ? bare.slice(0, bare.length - after.length) : bare], left: values.toSpliced(at, 1) };
  };
}

function none(values: readonly string[]): ReturnType<Part["claim"]> {
  return { mine: [], left: values };
}

function joined(between: string): Part["claim"] {
  return (values) => ({ mine: values.length === 0 ? [] : [values.join(between)], left: [] });
}

/** Commas part words as spaces do, but in a web address, which may hold them; behind one they are the sentence's. */
function wordsIn(entered: readonly string[]): readonly string[] {
  const words = entered.flatMap((text) => text.split(/\s+/u));
  return words.flatMap((word) => (word.includes("://") ? [word.replace(/[,;]+$/, "")] : word.split(/[,;]+/))).filter((word) => word !== "");
}

function linesIn(entered: readonly string[]): readonly string[] {
  return entered
    .flatMap((text) => text.split(/\r?\n/u))
    .map((line) => line.trim())
    .filter((line) => line !== "");
}

/** Filters are typed as in a line: quotes hold words together. */
function filtersIn(entered: readonly string[]): readonly string[] | Misunderstanding {
  const filters: string[] = [];
  for (const text of entered) {
    const words = tokensOf(text);
    if ("misunderstood" in words) return words;
    filters.push(...words);
  }
  return filters;
}

function quoted(filter: string): string {
  const colon = filter.indexOf(":") + 1;
  const typed = typedWord(filter.slice(colon));
  return typed === null ? filter : filter.slice(0, colon) + typed;
}

/** Whether a text is one that the field's kind can hold at first: a day in a day, a reference in a person. */
export function canStand(text: string, { kind, offers }: Parameter): boolean {
  if (offers === "person" || offers === "person-or-place") return PLACE.test(text);
  if (offers === "weekdays") return (WEEKDAYS as readonly string[]).includes(text);
  return kind !== "day" || parseDay(text) !== null;
}
