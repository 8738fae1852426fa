import { richText } from "./rich.ts";
import {
  all,
  byType,
  type Check,
  first,
  ID,
  isJson,
  type Json,
  listOf,
  oneOf,
  rule,
  shape,
  text,
  truth,
  unique,
  wholeNumber,
  words,
} from "./shape.ts";

const type = words(40);
const id = { block_id: ID };

/** The characters of all cells of a message's tables together (docs.slack.dev, table and data table blocks). */
export const CELL_CHARACTERS = 10_000;

const rawText = shape({ type, text: words(CELL_CHARACTERS, 0) });
const rawNumber = shape(
  { type, value: (value, at) => (typeof value === "number" ? undefined : `${at}: must be a number`) },
  { text: words(255) },
);
const cell = byType({ raw_text: rawText, raw_number: rawNumber, rich_text: richText });
const headerCell = byType({ raw_text: rawText, raw_number: rawNumber });

/** docs.slack.dev/reference/block-kit/blocks/table-block: 100 rows of 20 cells. */
export const table: Check = shape(
  { type, rows: listOf(listOf(cell, 20), 100) },
  { ...id, column_settings: listOf((value, at) => (value === null ? undefined : columnSetting(value, at)), 20) },
);
const columnSetting = shape({}, { align: oneOf("left", "center", "right"), is_wrapped: truth });

/** docs.slack.dev/reference/block-kit/blocks/data-table-block: a header of plain cells, and 1 to 100 rows as long as it. */
export const dataTable: Check = all(
  shape(
    { type, caption: words(2_000), rows: listOf(listOf(cell, 20), 101, 2) },
    { ...id, page_size: wholeNumber(1, 100), row_header_column_index: wholeNumber(0, 19) },
  ),
  (value, at) => {
    const [header, ...rows] = (value as { readonly rows: readonly (readonly unknown[])[] }).rows;
    if (rows.some(({ length }) => length !== header!.length)) return `${at}/rows: all rows must have the same number of cells`;
    return first(header!.map((one, index) => headerCell(one, `${at}/rows/0/${index}`)));
  },
);

const point = shape({ label: words(20), value: (value, at) => (typeof value === "number" ? undefined : `${at}: must be a number`) });
const series = shape({ name: words(20), data: listOf(point, 20) });
const axes = shape({ categories: listOf(words(20), 20) }, { x_label: words(50), y_label: words(50) });
const plotted: Check = all(shape({ type, series: listOf(series, 6), axis_config: axes }), (value, at) => {
  const { series, axis_config } = value as { readonly series: readonly Json[]; readonly axis_config: Json };
  const categories = axis_config.categories as readonly unknown[];
  const twice =
    unique(`${at}/axis_config/categories`, categories) ??
    unique(
      `${at}/series: names`,
      series.map(({ name }) => name),
    );
  if (twice !== undefined) return twice;
  const fits = series.every(({ data }) => {
    const labels = (data as readonly Json[]).map(({ label }) => label);
    return labels.length === categories.length && categories.every((category) => labels.includes(category));
  });
  return fits ? undefined : `${at}/series: must have one value for each category`;
});

/** docs.slack.dev/reference/block-kit/blocks/data-visualization-block: 6 series of 20 values; two such blocks a message. */
export const dataVisualization: Check = shape(
  {
    type,
    title: words(50),
    chart: byType({
      line: plotted,
      bar: plotted,
      area: plotted,
      pie: shape({ type, segments: listOf(shape({ label: words(20), value: positive }), 6) }),
    }),
  },
  id,
);

function positive(value: unknown, at: string): string | undefined {
  return typeof value === "number" && value > 0 ? undefined : `${at}: must be a number above 0`;
}

/** docs.slack.dev/reference/block-kit/blocks/alert-block */
export const alert: Check = shape({ type, text: text(3_000) }, { ...id, level: oneOf("default", "info", "warning", "error", "success") });

/** What the documentation counts over a whole message. */
export function countedTogether(blocks: readonly Json[]): string | undefined {
  const of = (type: string) => blocks.filter((block) => block.type === type);
  if (of("table").length > 1) return "only_one_table_allowed";
  if (of("data_visualization").length > 2) return "at most two data_visualization blocks a message";
  const characters = [...of("table"), ...of("data_table")]
    .flatMap(({ rows }) => (rows as readonly unknown[]).flat())
    .flatMap(textsOf)
    .join("").length;
  if (characters > CELL_CHARACTERS) return `the cells of tables must have at most ${CELL_CHARACTERS} characters together`;
  return undefined;
}

/** Every text that stands in it, at any depth. */
export function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (!isJson(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "text" && typeof inner === "string" ? [inner] : key === "value" ? [] : textsOf(inner),
  );
}

export const image: Check = all(
  shape(
    { type, alt_text: words(2_000) },
    { ...id, title: text(2_000, ["plain_text"]), image_url: words(3_000), slack_file: shape({}, { id: words(255), url: words(3_000) }) },
  ),
  rule(
    "must have an image_url or a slack_file, and not both",
    ({ image_url, slack_file }) => (image_url === undefined) !== (slack_file === undefined),
  ),
  rule(
    "slack_file must have an id or a url, and not both",
    ({ slack_file: file }) => !isJson(file) || (file.id === undefined) !== (file.url === undefined),
  ),
);
