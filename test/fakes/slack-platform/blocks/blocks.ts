import { active, input } from "./elements.ts";
import { alert, countedTogether, dataTable, dataVisualization, image, table } from "./newer.ts";
import { richText } from "./rich.ts";
import { all, byType, type Check, first, ID, isJson, type Json, listOf, plain, rule, shape, text, truth, unique, words } from "./shape.ts";

/** Where blocks stand: a message, a modal, or somebody's Home. */
export type Surface = "message" | "modal" | "home";

const type = words(40);
const id = { block_id: ID };

/** docs.slack.dev/reference/block-kit/blocks: those that every workspace takes on every surface. */
const CLASSIC: Readonly<Record<string, Check>> = {
  header: shape({ type, text: plain(150) }, id),
  divider: shape({ type }, id),
  section: all(
    shape(
      { type },
      {
        ...id,
        text: text(3_000),
        fields: listOf(text(2_000), 10),
        accessory: (value, at) => (isImage(value) ? image : active)(value, at),
        expand: truth,
      },
    ),
    rule("must have a text or fields", ({ text, fields }) => text !== undefined || fields !== undefined),
  ),
  context: shape({ type, elements: listOf((value, at) => (isImage(value) ? image : text(3_000))(value, at), 10) }, id),
  actions: all(shape({ type, elements: listOf(active, 25) }, id), (value, at) =>
    unique(
      `${at}: action_id`,
      (value as { readonly elements: readonly Json[] }).elements.map(({ action_id }) => action_id),
    ),
  ),
  image,
  rich_text: richText,
  input: shape({ type, label: plain(2_000), element: input }, { ...id, hint: plain(2_000), optional: truth, dispatch_action: truth }),
};

/** Those that a workspace may not take yet, and the surfaces on which they are taken. */
const NEWER: Readonly<Record<string, { readonly check: Check; readonly on: readonly Surface[] }>> = {
  table: { check: table, on: ["message"] },
  data_table: { check: dataTable, on: ["message"] },
  data_visualization: { check: dataVisualization, on: ["message"] },
  // Sources differ over messages; where one relies on an alert, a test says so by `takes`.
  alert: { check: alert, on: ["modal", "home"] },
};

export const NEWER_BLOCKS: readonly string[] = Object.keys(NEWER);

/**
 * What a workspace refuses in blocks; undefined where it takes them. `taken` names the newer blocks that it takes on every surface; without it
 * each is taken where it is documented. `hasFile` says whether a file of that id can be shown.
 */
export function refusedBlocks(
  blocks: unknown,
  on: Surface,
  { taken, hasFile = () => true }: { readonly taken?: readonly string[] | undefined; readonly hasFile?: (id: string) => boolean } = {},
): string | undefined {
  const most = on === "message" ? 50 : 100;
  const allowed = Object.entries(NEWER).filter(([type, { on: surfaces }]) =>
    taken === undefined ? surfaces.includes(on) : taken.includes(type),
  );
  const check = byType({ ...CLASSIC, ...Object.fromEntries(allowed.map(([type, { check }]) => [type, check])) });
  const wrong = listOf(check, most, 0)(blocks, "/blocks");
  if (wrong !== undefined) return wrong;
  const list = blocks as readonly Json[];
  const missing = filesOf(list).find((file) => !hasFile(file));
  return first([
    unique(
      "/blocks: block_id",
      list.map(({ block_id }) => block_id),
    ),
    countedTogether(list),
    missing === undefined ? undefined : `/blocks: invalid slack file: ${missing}`,
  ]);
}

function isImage(value: unknown): boolean {
  return isJson(value) && value.type === "image";
}

function filesOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(filesOf);
  if (!isJson(value)) return [];
  const file = value.slack_file;
  return [...(isJson(file) && file.id !== undefined ? [String(file.id)] : []), ...Object.values(value).flatMap(filesOf)];
}
