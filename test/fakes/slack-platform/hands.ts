import type { Json } from "./blocks/shape.ts";
import type { SlackMessageShown } from "./conversations.ts";
import { escaped } from "./payloads.ts";
import { renderText } from "./render.ts";
import { type Enterable, elementsOf, enterables, sentValue } from "./view-state.ts";
import type { ViewShown } from "./views.ts";

/** Where a person looks for a button or a field. */
export type Pressable = "modal" | "message" | "home" | "any";

/** Words, a day, an option's text or value, an id; several for what takes several; null for nothing. */
export type FieldValue = string | readonly string[] | null;

export type Pressed =
  | { readonly action: Json; readonly view: ViewShown }
  | { readonly action: Json; readonly view: null; readonly message: SlackMessageShown };

/** The button with that label or action_id, and what Slack sends for it. */
export function press(button: string, screen: ViewShown | null, messages: readonly SlackMessageShown[], home: ViewShown | null): Pressed {
  for (const view of [screen, null, home]) {
    if (view !== null) {
      const action = actionIn(view.view.blocks as readonly Json[], button);
      if (action !== undefined) return { action, view };
      continue;
    }
    for (const message of messages.toReversed()) {
      const action = actionIn(message.blocks ?? [], button);
      if (action !== undefined) return { action, view: null, message };
    }
  }
  throw new Error(`there is no button ${button}`);
}

function actionIn(blocks: readonly Json[], named: string): Json | undefined {
  for (const block of blocks)
    for (const element of elementsOf(block)) {
      if (element.type !== "button" || (!reads(element.text, named) && element.action_id !== named)) continue;
      const { action_id, text, value, style } = element;
      const held = value === undefined ? {} : { value: escaped(String(value)) };
      return {
        type: "button",
        action_id,
        block_id: block.block_id ?? "b",
        text,
        ...held,
        ...(style === undefined ? {} : { style }),
        action_ts: "1",
      };
    }
  return undefined;
}

/** The field with that label or block_id. */
export function find(view: Json, field: string): Enterable {
  const fields = enterables(view.blocks as readonly Json[]);
  const found = fields.find(
    ({ block, element }) =>
      block.block_id === field || element.action_id === field || reads(block.label, field) || reads(block.text, field),
  );
  if (found === undefined) throw new Error(`there is no field ${field} among ${fields.map(({ block }) => block.block_id).join(", ")}`);
  return found;
}

/** What Slack sends for the value, as far as its client lets a person enter it. */
export async function sentFor(element: Json, value: FieldValue, lookUp: (typed: string) => Promise<readonly Json[]>): Promise<Json> {
  const type = String(element.type);
  if (value === null) return sentValue(element, isMany(type) ? [] : null);
  if (type.endsWith("external_select")) {
    const chosen = await Promise.all([value].flat().map(async (one) => optionIn(await lookUp(one), one)));
    return sentValue(element, isMany(type) ? chosen : chosen[0]);
  }
  if (element.options !== undefined || element.option_groups !== undefined) {
    const groups = (element.option_groups as readonly Json[] | undefined) ?? [];
    const options = [element, ...groups].flatMap(({ options }) => (options as readonly Json[] | undefined) ?? []);
    const chosen = [value].flat().map((one) => optionIn(options, one));
    return sentValue(element, isMany(type) ? chosen : chosen[0]);
  }
  const [one] = [value].flat() as readonly string[];
  if (type === "plain_text_input") typable(element, one!);
  if (type === "number_input" && !(element.is_decimal_allowed === true ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/).test(one!))
    throw new Error(`Slack takes no such number: ${one}`);
  if (type === "datepicker" && !/^\d{4}-\d\d-\d\d$/.test(one!)) throw new Error(`no day: ${one}`);
  return sentValue(element, isMany(type) ? value : one === "" ? null : one);
}

function typable({ max_length, min_length, multiline }: Json, words: string): void {
  if (words.length > Number(max_length ?? 3_000)) throw new Error(`Slack takes at most ${Number(max_length ?? 3_000)} characters there`);
  if (words.length < Number(min_length ?? 0)) throw new Error(`Slack asks for at least ${Number(min_length)} characters there`);
  if (multiline !== true && words.includes("\n")) throw new Error("the field has one line");
}

function isMany(type: string): boolean {
  return type.startsWith("multi_") || type === "checkboxes";
}

/** By its text or its value; Slack sends the option back as the app gave it. */
function optionIn(options: readonly Json[], named: string): Json {
  const found = options.find(({ text, value }) => value === named || reads(text, named));
  if (found === undefined)
    throw new Error(
      `there is no option ${named} among ${options.map(({ text }) => (text === undefined ? "" : renderText(text))).join(", ")}`,
    );
  return found;
}

/** Whether a person reads that in the text. */
function reads(text: unknown, words: string): boolean {
  return text !== undefined && renderText(text) === words;
}
