import type { types } from "@slack/bolt";
import type { PersonRef, Place } from "../../../src/ports/chat.ts";
import type { Choice, Field, FieldKind } from "../../../src/ports/form.ts";
import { showable } from "../shared/shown.ts";
import { readPerson, readPlace } from "./places.ts";
import { escapeText, writeValue } from "./text.ts";

/** docs.slack.dev/reference/block-kit: a list of options 100, an option's text and its description 75, its value 150; a text typed 3,000. */
export const OPTIONS = 100;
const OPTION_TEXT = 75;
const OPTION_VALUE = 150;
const TYPED = 3_000;

type Element = types.InputBlock["element"];

/** A field as it is shown, and what of its first value stands in it. */
export interface Shown {
  readonly block: types.InputBlock;
  readonly initial: readonly string[];
  /** The value was longer than the field holds. */
  readonly isCut: boolean;
}

interface Filled {
  readonly element: Element;
  readonly initial: readonly string[];
  readonly isCut?: boolean;
}

/** Whose options are asked for while the reader types: what of, or the field's own where they are too many. */
export type Asked = "matter" | "authority" | "calendar" | "zone" | "own";

/**
 * The input of a field. Slack keeps what was entered when a view is changed and block_id and action_id stay: block_id is the field's name, since
 * errors are told by it, and action_id counts the forms of the view.
 */
export function inputOf(field: Field, round: number, values: readonly string[] = field.initial ?? []): Shown {
  const { element, initial, isCut = false } = elementOf(field, `value/${round}`, values);
  const block: types.InputBlock = {
    type: "input",
    block_id: field.name,
    label: plain(field.label, 2_000),
    optional: !field.required,
    // What is chosen is kept at once; what is typed comes with the next choice, or when the form is closed.
    ...(element.type === "plain_text_input" ? {} : { dispatch_action: true }),
    ...(field.hint === undefined ? {} : { hint: plain(field.hint, 2_000) }),
    element,
  };
  return { block, initial, isCut };
}

function elementOf({ kind }: Field, action_id: string, values: readonly string[]): Filled {
  const [first] = values;
  switch (kind.type) {
    case "text":
      return typed(action_id, first, Math.min(kind.longest, TYPED), kind.lines === true || (first ?? "").includes("\n"));
    // Slack does not say what its own input of numbers hands back for 0.10 or for twenty digits: amounts stay as they were typed.
    case "number":
      return typed(action_id, first, OPTION_VALUE, false);
    case "day": {
      const isDay = /^\d{4}-\d{2}-\d{2}$/.test(first ?? "");
      return { element: { type: "datepicker", action_id, ...(isDay && { initial_date: first! }) }, initial: isDay ? [first!] : [] };
    }
    case "time": {
      const isTime = /^([01]\d|2[0-3]):[0-5]\d$/.test(first ?? "");
      return { element: { type: "timepicker", action_id, ...(isTime && { initial_time: first! }) }, initial: isTime ? [first!] : [] };
    }
    case "choice":
      return choice(kind, action_id, values);
    case "lookup":
      return asked(`${action_id}/${kind.of}`, kind.many, kind.shown, values);
    case "person": {
      const user = first === undefined ? null : readPerson(first as PersonRef);
      return {
        element: { type: "users_select", action_id, ...(user !== null && { initial_user: user }) },
        initial: user === null ? [] : [first!],
      };
    }
    case "place": {
      const channel = first === undefined ? null : (readPlace(first as Place)?.channel ?? null);
      const isShown = channel !== null && !/^[UW]/.test(channel);
      const filter: types.ConversationsSelect["filter"] = { include: ["public", "private"], exclude_bot_users: true };
      const element: Element = { type: "conversations_select", action_id, filter, ...(isShown && { initial_conversation: channel }) };
      return { element, initial: isShown ? [first!] : [] };
    }
    case "flag": {
      const option = { text: plain(kind.yes, OPTION_TEXT), value: "yes" };
      const isTicked = first === "yes";
      return {
        element: { type: "checkboxes", action_id, options: [option], ...(isTicked && { initial_options: [option] }) },
        initial: isTicked ? ["yes"] : [],
      };
    }
  }
}

function typed(action_id: string, value: string | undefined, longest: number, multiline: boolean): Filled {
  const initial = value === undefined || value === "" ? undefined : cut(value.toWellFormed(), longest);
  return {
    element: {
      type: "plain_text_input",
      action_id,
      multiline,
      max_length: longest,
      ...(initial === undefined ? {} : { initial_value: initial }),
    },
    initial: initial === undefined ? [] : [initial],
    isCut: initial !== undefined && initial !== value,
  };
}

function choice({ many, options }: Extract<FieldKind, { type: "choice" }>, action_id: string, values: readonly string[]): Filled {
  // What Slack's lists cannot hold is typed.
  if (options.length === 0 || options.some(({ value }) => !isOption(value))) return typed(action_id, values.join(" "), TYPED, false);
  if (options.length > OPTIONS) return asked(`${action_id}/own`, many, options, values);
  const chosen = options.filter(({ value }) => values.includes(value));
  const list = options.map(optionOf);
  if (many) {
    const initial_options = chosen.map(optionOf);
    return {
      element: { type: "multi_static_select", action_id, options: list, ...(initial_options.length > 0 && { initial_options }) },
      initial: chosen.map(({ value }) => value),
    };
  }
  const [one] = chosen;
  return {
    element: { type: "static_select", action_id, options: list, ...(one !== undefined && { initial_option: optionOf(one) }) },
    initial: one === undefined ? [] : [one.value],
  };
}

function asked(action_id: string, many: boolean, shown: readonly Choice[], values: readonly string[]): Filled {
  const chosen = values.filter(isOption).map((value) => shown.find((one) => one.value === value) ?? { value, label: value });
  const initial = (many ? chosen : chosen.slice(0, 1)).map(({ value }) => value);
  if (many) {
    const initial_options = chosen.map(optionOf);
    return {
      element: { type: "multi_external_select", action_id, min_query_length: 0, ...(initial_options.length > 0 && { initial_options }) },
      initial,
    };
  }
  const [one] = chosen;
  return {
    element: { type: "external_select", action_id, min_query_length: 0, ...(one !== undefined && { initial_option: optionOf(one) }) },
    initial,
  };
}

/** Whether Slack can carry it as an option's value, which is written as a button's is. */
export function isOption(value: string): boolean {
  return value !== "" && writeValue(value).length <= OPTION_VALUE;
}

export function optionOf({ value, label, detail }: Choice): types.PlainTextOption {
  const text = plain(label || value, OPTION_TEXT);
  return { text, value: writeValue(value), ...(detail === undefined || detail === "" ? {} : { description: plain(detail, OPTION_TEXT) }) };
}

/** `emoji: false` leaves :words: between colons alone. What is longer than Slack takes ends in an ellipsis. */
export function plain(text: string, longest: number): types.PlainTextElement {
  return { type: "plain_text", text: fitting(showable(text), longest), emoji: false };
}

function fitting(text: string, longest: number): string {
  if (escapeText(text).length <= longest) return escapeText(text);
  let kept = cut(text, longest - 1);
  while (escapeText(kept).length > longest - 1) kept = cut(kept, kept.length - 1);
  return `${escapeText(kept.trimEnd())}…`;
}

/** At most that many UTF-16 code units, never between the halves of a character. */
export function cut(text: string, size: number): string {
  const end = /[\uD800-\uDBFF]/.test(text[size - 1] ?? "") && size < text.length ? size - 1 : size;
  return text.slice(0, end);
}
