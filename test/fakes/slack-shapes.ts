import type { Json } from "./slack-platform/blocks/shape.ts";

/** A shape that Slack documents as wrong, and the words by which the pretended Slack refuses it. */
export interface WrongShape {
  readonly rule: string;
  readonly blocks: readonly Json[];
  readonly says: string;
  /** The message's; a modal's where it is true. */
  readonly inModal?: true;
}

export const word = (length: number) => "x".repeat(length);
export const plain = (words = "words") => ({ type: "plain_text", text: words });
const mrkdwn = (words = "words") => ({ type: "mrkdwn", text: words });
const option = (value: string, words = value) => ({ text: plain(words), value });
const section = (more: Json = {}) => ({ type: "section", text: plain(), ...more });
const actions = (...elements: readonly Json[]) => ({ type: "actions", elements });
const button = (more: Json = {}) => ({ type: "button", text: plain(), action_id: "a", ...more });
const input = (element: Json, more: Json = {}) => ({ type: "input", label: plain(), element, ...more });
const select = (more: Json = {}) => ({ type: "static_select", action_id: "s", options: [option("1"), option("2")], ...more });
const boxes = (count: number) => ({ type: "checkboxes", options: Array.from({ length: count }, (_, index) => option(`${index}`)) });
const confirm = (more: Json = {}) => ({ title: plain(), text: plain(), confirm: plain(), deny: plain(), ...more });
const rich = (element: Json) => ({ type: "rich_text", elements: [{ type: "rich_text_section", elements: [element] }] });
const raw = (words = "1") => ({ type: "raw_text", text: words });
const table = (rows: number, cells: number, words = "1") => ({
  type: "table",
  rows: Array.from({ length: rows }, () => Array(cells).fill(raw(words))),
});
const dataTable = (more: Json = {}) => ({ ...table(2, 2), type: "data_table", caption: "c", ...more });
const points = (count: number) => Array.from({ length: count }, (_, index) => ({ label: `d${index}`, value: index }));
const categories = (count: number) => points(count).map(({ label }) => label);
const chart = (count: number, more: Json = {}) => ({
  type: "data_visualization",
  title: "Total",
  chart: { type: "line", series: [{ name: "EUR", data: points(count) }], axis_config: { categories: categories(count) } },
  ...more,
});
const line = (series: readonly Json[], count: number) => ({ type: "line", series, axis_config: { categories: categories(count) } });

/** One of every block and element that is checked, each as Slack takes it. */
export const RIGHT: readonly Json[] = [
  { type: "header", text: plain(word(150)) },
  { type: "divider", block_id: "d" },
  section({ accessory: button({ style: "primary", confirm: confirm() }), fields: [mrkdwn(word(2_000))] }),
  { type: "context", elements: [mrkdwn(), { type: "image", alt_text: "a", image_url: "https://a.example/i.png" }] },
  actions(button({ value: word(2_000) }), select({ initial_option: option("2") }), { type: "datepicker", initial_date: "2024-02-29" }),
  { type: "image", alt_text: "a chart", title: plain(), slack_file: { id: "F01" } },
  rich({ type: "text", text: "<!channel>", style: { bold: true } }),
  rich({ type: "user", user_id: "U0ANA" }),
  table(100, 2),
  dataTable({ page_size: 100, row_header_column_index: 1 }),
  chart(20),
];

export const RIGHT_IN_MODAL: readonly Json[] = [
  input({ type: "plain_text_input", multiline: true, max_length: 3_000, initial_value: "" }, { hint: plain(), optional: true }),
  input({ type: "number_input", is_decimal_allowed: true, initial_value: "1.50" }),
  input({ type: "timepicker", initial_time: "23:59" }),
  input({ type: "external_select", min_query_length: 0 }),
  input({ type: "users_select", initial_user: "U0ANA" }),
  input({ type: "conversations_select", default_to_current_conversation: true }),
  input({ type: "radio_buttons", options: [option("1")], initial_option: option("1") }),
  input(boxes(10)),
  input({ ...select(), type: "multi_static_select", initial_options: [option("1")] }),
  { type: "alert", text: mrkdwn(), level: "warning" },
];

/** One for each rule. */
export const WRONG: readonly WrongShape[] = [
  { rule: "a header longer than 150", blocks: [{ type: "header", text: plain(word(151)) }], says: "at most 150" },
  { rule: "a header of mrkdwn", blocks: [{ type: "header", text: mrkdwn() }], says: "one of plain_text" },
  { rule: "an empty text", blocks: [section({ text: plain("") })], says: "at least 1" },
  { rule: "a section's text longer than 3,000", blocks: [section({ text: mrkdwn(word(3_001)) })], says: "at most 3000" },
  { rule: "a section of nothing", blocks: [{ type: "section" }], says: "a text or fields" },
  { rule: "more than 10 fields", blocks: [section({ fields: Array(11).fill(plain()) })], says: "at most 10 items" },
  { rule: "a field longer than 2,000", blocks: [section({ fields: [plain(word(2_001))] })], says: "at most 2000" },
  {
    rule: "more than 10 elements of a context",
    blocks: [{ type: "context", elements: Array(11).fill(plain()) }],
    says: "at most 10 items",
  },
  { rule: "actions without any", blocks: [actions()], says: "at least 1 items" },
  {
    rule: "more than 25 actions",
    blocks: [actions(...Array.from({ length: 26 }, (_, i) => button({ action_id: `${i}` })))],
    says: "at most 25",
  },
  { rule: "an action_id twice in a block", blocks: [actions(button(), button())], says: "action_id must be unique" },
  { rule: "a label longer than 75", blocks: [actions(button({ text: plain(word(76)) }))], says: "at most 75" },
  { rule: "a value longer than 2,000", blocks: [actions(button({ value: word(2_001) }))], says: "at most 2000" },
  { rule: "an action_id longer than 255", blocks: [actions(button({ action_id: word(256) }))], says: "at most 255" },
  { rule: "a style that there is not", blocks: [actions(button({ style: "default" }))], says: "one of primary, danger" },
  {
    rule: "a confirmation's title longer than 100",
    blocks: [actions(button({ confirm: confirm({ title: plain(word(101)) }) }))],
    says: "at most 100",
  },
  {
    rule: "a confirmation's text longer than 300",
    blocks: [actions(button({ confirm: confirm({ text: plain(word(301)) }) }))],
    says: "at most 300",
  },
  {
    rule: "a confirmation's button longer than 30",
    blocks: [actions(button({ confirm: confirm({ deny: plain(word(31)) }) }))],
    says: "at most 30",
  },
  { rule: "a property that there is not", blocks: [section({ colour: "red" })], says: "invalid additional property: colour" },
  { rule: "a block that there is not", blocks: [{ type: "marquee" }], says: "unsupported type: marquee" },
  { rule: "a block_id longer than 255", blocks: [section({ block_id: word(256) })], says: "at most 255" },
  { rule: "a block_id twice", blocks: [section({ block_id: "b" }), section({ block_id: "b" })], says: "block_id must be unique" },
  { rule: "more than 50 blocks of a message", blocks: Array(51).fill(section()), says: "at most 50 items" },
  { rule: "an image of nowhere", blocks: [{ type: "image", alt_text: "a" }], says: "an image_url or a slack_file" },
  { rule: "an image without words", blocks: [{ type: "image", image_url: "https://a.example/i.png" }], says: "alt_text" },
  {
    rule: "a file that is not there",
    blocks: [{ type: "image", alt_text: "a", slack_file: { id: "F0NONE" } }],
    says: "invalid slack file",
  },
  { rule: "an element of rich text that there is not", blocks: [rich({ type: "script", text: "x" })], says: "unsupported type: script" },
  { rule: "a mention of nobody", blocks: [rich({ type: "user", user_id: "ana" })], says: "a user's id" },
  { rule: "an empty text of rich text", blocks: [rich({ type: "text", text: "" })], says: "at least 1" },
  { rule: "more than 100 rows of a table", blocks: [table(101, 1)], says: "at most 100 items" },
  { rule: "more than 20 cells of a row", blocks: [table(1, 21)], says: "at most 20 items" },
  { rule: "more than one table", blocks: [table(1, 1), table(1, 1)], says: "only_one_table_allowed" },
  { rule: "more than 10,000 characters of cells", blocks: [table(2, 1, word(5_001))], says: "at most 10000 characters together" },
  { rule: "a data table without a caption", blocks: [dataTable({ caption: undefined })], says: "caption" },
  { rule: "a data table of a header alone", blocks: [dataTable({ rows: [[raw()]] })], says: "at least 2 items" },
  { rule: "rows of different lengths", blocks: [dataTable({ rows: [[raw()], [raw(), raw()]] })], says: "the same number of cells" },
  {
    rule: "rich text in a data table's header",
    blocks: [dataTable({ rows: [[rich({ type: "text", text: "h" })], [raw()]] })],
    says: "unsupported type",
  },
  { rule: "a page of no rows", blocks: [dataTable({ page_size: 0 })], says: "from 1 to 100" },
  { rule: "a chart's title longer than 50", blocks: [chart(1, { title: word(51) })], says: "at most 50" },
  { rule: "more than 20 points", blocks: [chart(21)], says: "at most 20 items" },
  {
    rule: "a value that is no number",
    blocks: [chart(1, { chart: line([{ name: "n", data: [{ label: "d0", value: "1" }] }], 1) })],
    says: "must be a number",
  },
  {
    rule: "a point of no category",
    blocks: [chart(1, { chart: line([{ name: "n", data: points(2) }], 1) })],
    says: "one value for each category",
  },
  { rule: "more than 2 charts", blocks: [chart(1), chart(1), chart(1)], says: "at most two" },
  { rule: "an alert in a message", blocks: [{ type: "alert", text: plain() }], says: "unsupported type: alert" },
  {
    rule: "an alert of a level that there is not",
    blocks: [{ type: "alert", text: plain(), level: "red" }],
    says: "one of default",
    inModal: true,
  },
  { rule: "a chart in a modal", blocks: [chart(1)], says: "unsupported type", inModal: true },
  { rule: "a select without options", blocks: [actions(select({ options: undefined }))], says: "options or option_groups" },
  {
    rule: "more than 100 options",
    blocks: [actions(select({ options: Array.from({ length: 101 }, (_, i) => option(`${i}`)) }))],
    says: "at most 100",
  },
  { rule: "an option's text longer than 75", blocks: [actions(select({ options: [option("1", word(76))] }))], says: "at most 75" },
  { rule: "an option's value longer than 150", blocks: [actions(select({ options: [option(word(151), "w")] }))], says: "at most 150" },
  {
    rule: "an option's value twice",
    blocks: [actions(select({ options: [option("1"), option("1")] }))],
    says: "values of options must be unique",
  },
  {
    rule: "a choice that is no option",
    blocks: [actions(select({ initial_option: option("1", "other words") }))],
    says: "one of the options",
  },
  { rule: "a placeholder longer than 150", blocks: [actions(select({ placeholder: plain(word(151)) }))], says: "at most 150" },
  { rule: "a day that is none", blocks: [input({ type: "datepicker", initial_date: "18/02/2024" })], says: "YYYY-MM-DD", inModal: true },
  { rule: "a time that is none", blocks: [input({ type: "timepicker", initial_time: "9:00" })], says: "HH:mm", inModal: true },
  { rule: "more than 10 checkboxes", blocks: [input(boxes(11))], says: "at most 10", inModal: true },
  {
    rule: "a person who is none",
    blocks: [input({ type: "users_select", initial_user: "slack:T1/U1" })],
    says: "a user's id",
    inModal: true,
  },
  {
    rule: "a text longer than the field",
    blocks: [input({ type: "plain_text_input", max_length: 2, initial_value: "xxx" })],
    says: "max_length",
    inModal: true,
  },
  {
    rule: "a field longer than 3,000",
    blocks: [input({ type: "plain_text_input", max_length: 3_001 })],
    says: "from 1 to 3000",
    inModal: true,
  },
  {
    rule: "a number field that says nothing of decimals",
    blocks: [input({ type: "number_input" })],
    says: "is_decimal_allowed",
    inModal: true,
  },
  {
    rule: "a number that is none",
    blocks: [input({ type: "number_input", is_decimal_allowed: true, initial_value: "1,5" })],
    says: "a number",
    inModal: true,
  },
  { rule: "a button in an input block", blocks: [input(button())], says: "unsupported type: button", inModal: true },
  {
    rule: "a label longer than 2,000",
    blocks: [input({ type: "datepicker" }, { label: plain(word(2_001)) })],
    says: "at most 2000",
    inModal: true,
  },
  { rule: "more than 100 blocks of a modal", blocks: Array(101).fill(section()), says: "at most 100 items", inModal: true },
];
