import { choiceOf, eventChoice, fieldHint, moneyHint, shortened, weekdayChoices } from "../cards/form-words.ts";
import { say } from "../cards/say.ts";
import { EVENT_TYPES } from "../matter/events.ts";
import type { Matter } from "../matter/history.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Choice, Field, FieldKind, Lookup } from "../ports/form.ts";
import type { Day } from "../time/day.ts";
import type { Command, Context, Parameter } from "./command.ts";
import { amongChoices, choicesIn, isOfMatter } from "./form-choices.ts";
import { canStand, type Part } from "./form-parts.ts";
import { shownChoice } from "./lookups.ts";
import { WEEKDAYS } from "./place-settings.ts";

/** What a form is made for. */
export interface Scene {
  readonly command: Command;
  readonly context: Context;
  /** The matter that is named, as it stands; null where none is. */
  readonly matter: Matter | null;
  readonly standing: Standing | null;
  /** At the matter's authority, else in the place. */
  readonly today: Day;
}

/** How a value is asked for, with what stands in it at first. */
export interface Asked {
  readonly kind: FieldKind;
  readonly initial: readonly string[];
}

/** Free texts are as long as the register takes them. */
const LONGEST_PROSE = 4000;
const LONGEST: Readonly<Partial<Record<Parameter["kind"], number>>> = { id: 60, period: 20, instant: 40, rate: 24, word: 300, text: 500 };

/** The kind of a field. What stands in it already and does not fit it, such as a name where people are chosen, makes it a text: nothing is lost. */
export async function fieldKind(part: Part, given: readonly string[], scene: Scene): Promise<Asked> {
  const { asks } = part;
  const usual = given.length === 0 ? usualOf(part, scene) : given;
  const asText: Asked = { kind: { type: "text", longest: longestOf(asks, usual) }, initial: usual };
  if (usual.length > 0 && !usual.every((text) => canStand(text, asks))) return asText;
  if (asks.kind === "matter") return lookedUp("matter", scene.matter === null ? usual : [scene.matter.key], scene);
  if (asks.kind === "flag")
    return { kind: { type: "flag", yes: say(scene.context.language, "form.yes") }, initial: usual.includes("yes") ? ["yes"] : [] };
  if (asks.kind === "choice") return chosen(asks.allowed ?? [], asks, usual, scene);
  const { offers } = asks;
  if (offers !== undefined && typeof offers !== "string") return chosen(offers, asks, usual, scene);
  switch (offers) {
    case "authority":
    case "calendar":
    case "zone":
      return lookedUp(offers, usual, scene);
    case "person":
      return { kind: { type: "person" }, initial: usual };
    case "person-or-place":
      return { kind: { type: "place" }, initial: usual };
    case "weekdays":
      return { kind: { type: "choice", many: true, options: weekdayChoices(scene.context.language, WEEKDAYS) }, initial: usual };
    case "lines":
    case "several-lines":
      return { kind: { type: "text", longest: LONGEST_PROSE, lines: true }, initial: usual };
    case undefined:
    case "several-words":
      break;
    default: {
      const options = await choicesIn(offers, scene);
      if (options !== null) return oneOf(options, isOfMatter(offers) ? amongChoices(usual, options) : usual);
    }
  }
  return plainKind(asks, usual) ?? asText;
}

function plainKind({ kind }: Parameter, initial: readonly string[]): Asked | null {
  if (kind === "day" || kind === "time") return { kind: { type: kind }, initial };
  if (kind === "amount" || kind === "decimal") return { kind: { type: "number", decimals: true }, initial };
  return kind === "count" ? { kind: { type: "number", decimals: false }, initial } : null;
}

/** An event is recorded of today unless somebody says otherwise. */
function usualOf({ key, of }: Part, { today }: Scene): readonly string[] {
  return key === "on" && of.required === true ? [today] : [];
}

function chosen(values: readonly string[], { name }: Parameter, initial: readonly string[], { command, context }: Scene): Asked {
  const options = values.map((value) =>
    command.verb === "record" && (EVENT_TYPES as readonly string[]).includes(value)
      ? eventChoice(context.language, value)
      : choiceOf(context.language, command.verb, name, value),
  );
  return oneOf(options, initial);
}

/** What stands in it already can be chosen as well. */
function oneOf(options: readonly Choice[], initial: readonly string[]): Asked {
  const others = initial.filter((value) => !options.some((option) => option.value === value));
  const all = [...options, ...others.map((value) => shortened({ value, label: value }))];
  return { kind: { type: "choice", many: false, options: all }, initial };
}

async function lookedUp(of: Lookup, initial: readonly string[], { context }: Scene): Promise<Asked> {
  const shown: Choice[] = [];
  for (const value of initial) shown.push(await shownChoice(of, value, context));
  return { kind: { type: "lookup", of, many: false, shown }, initial: shown.map(({ value }) => value) };
}

function longestOf({ kind, offers, many }: Parameter, initial: readonly string[]): number {
  const usual = offers === "lines" || many === true ? LONGEST_PROSE : (LONGEST[kind] ?? 500);
  return Math.max(usual, ...initial.map((text) => text.length));
}

/** What is said under a field. */
export function hintOf({ name, asks }: Part, kind: Field["kind"], { command, context, standing }: Scene): string | undefined {
  const { language } = context;
  if (asks.kind === "amount") return moneyHint(language, command.verb, standing?.currency ?? null);
  const shape = asks.kind === "rate" || ((asks.kind === "period" || asks.kind === "instant") && kind.type === "text") ? asks.kind : "none";
  return fieldHint(language, command.verb, name, shape);
}
