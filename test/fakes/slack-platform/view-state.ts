import { isJson, type Json } from "./blocks/shape.ts";

/** What was entered, by block_id and action_id, each value as Slack sends it. */
export type Entered = Readonly<Record<string, Readonly<Record<string, Json>>>>;

/** Elements that keep what was entered, and under which name they send it. */
const VALUES: Readonly<Record<string, readonly [sent: string, initial: string]>> = {
  plain_text_input: ["value", "initial_value"],
  number_input: ["value", "initial_value"],
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  static_select: ["selected_option", "initial_option"],
  external_select: ["selected_option", "initial_option"],
  radio_buttons: ["selected_option", "initial_option"],
  multi_static_select: ["selected_options", "initial_options"],
  multi_external_select: ["selected_options", "initial_options"],
  checkboxes: ["selected_options", "initial_options"],
  users_select: ["selected_user", "initial_user"],
  multi_users_select: ["selected_users", "initial_users"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  channels_select: ["selected_channel", "initial_channel"],
};

/** An element that keeps what is entered, and the block that it stands in. */
export interface Enterable {
  readonly block: Json;
  readonly element: Json;
}

export function enterables(blocks: readonly Json[]): readonly Enterable[] {
  return blocks
    .flatMap((block) => elementsOf(block).map((element) => ({ block, element })))
    .filter(({ element }) => String(element.type) in VALUES);
}

/** Every element of the block that somebody can act on. */
export function elementsOf(block: Json): readonly Json[] {
  if (block.type === "input") return [block.element as Json];
  if (block.type === "actions") return block.elements as readonly Json[];
  return isJson(block.accessory) ? [block.accessory] : [];
}

/** What stands in the blocks at first; what was entered before stays where block_id, action_id and kind are the same. */
export function stateOf(blocks: readonly Json[], before: Entered = {}): Entered {
  const state: Record<string, Record<string, Json>> = {};
  for (const { block, element } of enterables(blocks)) {
    const [blockId, actionId] = [String(block.block_id), String(element.action_id)];
    const kept = before[blockId]?.[actionId];
    state[blockId] = { ...state[blockId], [actionId]: kept?.type === element.type ? kept! : sentValue(element, undefined) };
  }
  return state;
}

/** The element's value as Slack sends it; undefined for what it holds at first. */
export function sentValue(element: Json, entered: unknown): Json {
  const [sent, initial] = VALUES[String(element.type)]!;
  const many = sent === "selected_options" || sent === "selected_users";
  const held = entered === undefined ? element[initial] : entered;
  return { type: element.type, [sent]: held ?? (many ? [] : null) };
}

export function isEmpty(value: Json): boolean {
  const { type: _, ...rest } = value;
  return Object.values(rest).every((held) => held === null || held === "" || (Array.isArray(held) && held.length === 0));
}
