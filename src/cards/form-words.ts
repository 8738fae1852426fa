import { isolatesEnded } from "../matter/turns.ts";
import type { Action, Block, Card } from "../ports/card.ts";
import type { Choice } from "../ports/form.ts";
import { addDays, day } from "../time/day.ts";
import { type Language, wordShortDay } from "../time/wording.ts";
import { capitalise, isKey, type SaidArgs, say } from "./say.ts";

/** What a choice shows at most: the shortest of the platforms' limits. */
const LONGEST_CHOICE = 75;

/** What a form is called, and what its button says. */
export function formTitle(language: Language, verb: string): string {
  return worded(language, [`form.title.${verb}`]) ?? verb;
}

export function submitText(language: Language, verb: string, group: string): string {
  return worded(language, [`form.submit.${verb}`, `form.submit-${group}`]) ?? verb;
}

/** How a value is asked for; its own name where it has no words, which a test forbids. */
export function fieldLabel(language: Language, verb: string, name: string): string {
  return worded(language, [`form.label.${verb}.${name}`, `form.label.${name}`]) ?? name;
}

/** What helps to fill it in: said of this command, of the value wherever it stands, or of its kind. */
export function fieldHint(language: Language, verb: string, name: string, kind: string, args: SaidArgs = {}): string | undefined {
  return worded(language, [`form.hint.${verb}.${name}`, `form.hint.${name}`, `form.hint.kind-${kind}`], args) ?? undefined;
}

/** An amount of money, in the currency that is known of the matter. */
export function moneyHint(language: Language, verb: string, currency: string | null): string {
  if (currency !== null) return say(language, "form.hint.money", { currency });
  return worded(language, [`form.hint.${verb}.money`]) ?? say(language, "form.hint.kind-amount");
}

/** One word to choose, such as sanction or weekly. */
export function choiceOf(language: Language, verb: string, name: string, value: string): Choice {
  const bare = name.slice(name.indexOf(":") + 1);
  const keys = [`form.choice.${verb}.${name}.${value}`, `form.choice.${bare}.${value}`];
  const others =
    bare === "state"
      ? [`state.${value}`]
      : bare === "lang"
        ? [`setting.language-${value}`]
        : bare === "calendar"
          ? [`calendar.${value}`]
          : [];
  return shortened({ value, label: wordedChoice(worded(language, [...keys, ...others]), value) });
}

/** Words made for the middle of a sentence begin with a capital here; a value without words, such as a rule's name, stays as it is typed. */
function wordedChoice(words: string | null, value: string): string {
  return words === null ? value : capitalise(words);
}

/** A kind of event to record, with what it means. */
export function eventChoice(language: Language, type: string): Choice {
  const detail = worded(language, [`help.${type}`]);
  return shortened({ value: type, label: formTitle(language, type), ...(detail === null ? {} : { detail }) });
}

const A_MONDAY = day("2024-01-01");

/** The days of the week as a reader names them, by the words with which they are typed. */
export function weekdayChoices(language: Language, typed: readonly string[]): readonly Choice[] {
  return typed.map((value, index) => ({ value, label: wordShortDay(language, addDays(A_MONDAY, index)).split(" ")[0]! }));
}

/** A choice whose words fit every platform: what is cut ends in an ellipsis, and stands whole in the matter itself. */
export function shortened({ value, label, detail }: Choice): Choice {
  return { value, label: cut(label), ...(detail === undefined || detail === "" ? {} : { detail: cut(detail) }) };
}

function cut(text: string): string {
  const line = text.replace(/\s+/gu, " ").trim();
  if (line.length <= LONGEST_CHOICE) return line;
  const characters = [...line];
  while (isolatesEnded(characters.join("")).length >= LONGEST_CHOICE) characters.pop();
  return `${isolatesEnded(characters.join("").trimEnd())}…`;
}

/** The button that opens a command's form. */
export function formAction(language: Language, verb: string, key: string): Action {
  return { label: worded(language, [key]) ?? verb, command: `form ${verb}` };
}

/** The answer of a command whose form has a button, with that button under its last card. */
export function withFormButton(
  cards: readonly Card[],
  { verb, form }: { readonly verb: string; readonly form?: { readonly button?: string } | null },
  language: Language,
): readonly Card[] {
  const last = cards.at(-1);
  if (last === undefined || form?.button === undefined) return cards;
  const button: Block = { kind: "actions", actions: [formAction(language, verb, form.button)] };
  return [...cards.slice(0, -1), { ...last, blocks: [...last.blocks, button] }];
}

function worded(language: Language, keys: readonly string[], args: SaidArgs = {}): string | null {
  const key = keys.find(isKey);
  return key === undefined ? null : say(language, key, args);
}
