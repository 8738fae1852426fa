import {
  all,
  byType,
  type Check,
  ID,
  isJson,
  type Json,
  listOf,
  oneOf,
  pattern,
  plain,
  rule,
  shape,
  text,
  truth,
  unique,
  wholeNumber,
  words,
} from "./shape.ts";

/** docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
const confirm = shape({ title: plain(100), text: text(300), confirm: plain(30), deny: plain(30) }, { style: oneOf("primary", "danger") });

/** docs.slack.dev/reference/block-kit/composition-objects/option-object */
const option = shape({ text: plain(75), value: words(150) }, { description: plain(75) });
const markedOption = shape({ text: text(75), value: words(150) }, { description: text(75) });
const linkedOption = shape({ text: plain(75), value: words(150) }, { description: plain(75), url: words(3_000) });
const group = shape({ label: plain(75), options: listOf(option, 100) });

const DATE = pattern(/^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/, "a date as YYYY-MM-DD");
const TIME = pattern(/^(?:[01]\d|2[0-3]):[0-5]\d$/, "a time as HH:mm");
const USER = pattern(/^[UW][A-Z0-9]+$/, "a user's id");
const CONVERSATION = pattern(/^[CDGUW][A-Z0-9]+$/, "a conversation's id");
const NUMBER = pattern(/^-?\d+(?:\.\d+)?$/, "a number as a string");

const acting = { action_id: ID, confirm };
const picking = { ...acting, placeholder: plain(150), focus_on_load: truth };
const chosen = { options: listOf(option, 100), option_groups: listOf(group, 100) };
const filter = shape(
  {},
  { include: listOf(oneOf("im", "mpim", "private", "public"), 4), exclude_bot_users: truth, exclude_external_shared_channels: truth },
);
const dispatch = shape({}, { trigger_actions_on: listOf(oneOf("on_enter_pressed", "on_character_entered"), 2) });
const several = { max_selected_items: wholeNumber(1, 1_000) };
const typed = (...extra: readonly (readonly [string, Check])[]) => ({
  ...{ action_id: ID, placeholder: plain(150), focus_on_load: truth, dispatch_action_config: dispatch },
  ...Object.fromEntries(extra),
});

/** A select from a list: options or groups of them, with distinct values, and what is chosen at first is one of them. */
function fromList(initial: "initial_option" | "initial_options", more: Readonly<Record<string, Check>>): Check {
  return all(
    shape({ type: words(40) }, { ...picking, ...chosen, ...more }),
    rule(
      "must have options or option_groups, and not both",
      ({ options, option_groups }) => (options === undefined) !== (option_groups === undefined),
    ),
    fromItsOptions(initial),
  );
}

/** What is chosen at first must be one of the options, word for word, and no value may stand twice. */
function fromItsOptions(initial: "initial_option" | "initial_options"): Check {
  return (value, at) => {
    const element = value as Json;
    const groups = (element.option_groups as readonly Json[] | undefined) ?? [];
    const options = [element, ...groups].flatMap(({ options }) => (options as readonly Json[] | undefined) ?? []);
    const twice = unique(
      `${at}: values of options`,
      options.map(({ value }) => value),
    );
    if (twice !== undefined) return twice;
    const given = [element[initial] ?? []].flat() as unknown as readonly Json[];
    const foreign = given.find((one) => !options.some((option) => sameJson(option, one)));
    return foreign === undefined ? undefined : `${at}/${initial}: must be one of the options`;
  };
}

function ticked(most: number, initial: "initial_option" | "initial_options", given: Check): Check {
  return all(
    shape({ type: words(40), options: listOf(markedOption, most) }, { ...acting, focus_on_load: truth, [initial]: given }),
    fromItsOptions(initial),
  );
}

export const button: Check = shape(
  { type: oneOf("button"), text: plain(75) },
  { ...acting, value: words(2_000), url: words(3_000), style: oneOf("primary", "danger"), accessibility_label: words(75) },
);

const type = words(40);

/** What an actions block, and a section beside its text, may hold. */
export const ACTIVE: Readonly<Record<string, Check>> = {
  button,
  overflow: shape({ type, options: listOf(linkedOption, 5) }, acting),
  datepicker: shape({ type }, { ...picking, initial_date: DATE }),
  timepicker: shape({ type }, { ...picking, initial_time: TIME, timezone: words(255) }),
  static_select: fromList("initial_option", { initial_option: option }),
  multi_static_select: fromList("initial_options", { initial_options: listOf(option, 100), ...several }),
  external_select: shape({ type }, { ...picking, initial_option: option, min_query_length: wholeNumber(0, 1_000) }),
  multi_external_select: shape(
    { type },
    { ...picking, initial_options: listOf(option, 100), min_query_length: wholeNumber(0, 1_000), ...several },
  ),
  users_select: shape({ type }, { ...picking, initial_user: USER }),
  multi_users_select: shape({ type }, { ...picking, initial_users: listOf(USER, 100), ...several }),
  conversations_select: shape(
    { type },
    { ...picking, initial_conversation: CONVERSATION, default_to_current_conversation: truth, response_url_enabled: truth, filter },
  ),
  channels_select: shape({ type }, { ...picking, initial_channel: CONVERSATION, response_url_enabled: truth }),
  checkboxes: ticked(10, "initial_options", listOf(markedOption, 10)),
  radio_buttons: ticked(10, "initial_option", markedOption),
};

const lengths = { min_length: wholeNumber(0, 3_000), max_length: wholeNumber(1, 3_000) };

/** What an input block may hold besides, all that ACTIVE has but buttons and overflow menus. */
const TYPED: Readonly<Record<string, Check>> = {
  plain_text_input: all(
    shape({ type }, typed(["initial_value", words(3_000, 0)], ["multiline", truth], ...Object.entries(lengths))),
    rule("initial_value must be at most max_length characters", ({ initial_value, max_length }) =>
      initial_value === undefined || max_length === undefined ? true : String(initial_value).length <= Number(max_length),
    ),
  ),
  number_input: shape({ type, is_decimal_allowed: truth }, typed(["initial_value", NUMBER], ["min_value", NUMBER], ["max_value", NUMBER])),
};

const { button: _button, overflow: _overflow, ...chosenFrom } = ACTIVE;

export const active: Check = byType(ACTIVE);
export const input: Check = byType({ ...chosenFrom, ...TYPED });

function sameJson(one: unknown, other: unknown): boolean {
  if (!isJson(one) || !isJson(other)) return one === other;
  const keys = Object.keys(one);
  return keys.length === Object.keys(other).length && keys.every((key) => sameJson(one[key], other[key]));
}
