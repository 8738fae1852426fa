import { refusedBlocks } from "./blocks.ts";
import { all, anything, type Check, ID, isJson, type Json, oneOf, plain, rule, shape, truth, words } from "./shape.ts";

const shared = { type: oneOf("modal", "home"), blocks: anything };
const told = { private_metadata: words(3_000, 0), callback_id: words(255, 0), external_id: ID };

/** docs.slack.dev/reference/views/modal-views and home-tab-views */
const modal: Check = all(
  shape(
    { ...shared, title: plain(24) },
    { ...told, submit: plain(24), close: plain(24), clear_on_close: truth, notify_on_close: truth, submit_disabled: truth },
  ),
  rule("submit is required where there are input blocks", ({ blocks, submit }) => submit !== undefined || !hasInput(blocks)),
);
const home: Check = shape(shared, told);

/** The longest view that Slack takes, in characters of its JSON. */
const LONGEST = 250_000;

/** What Slack refuses in a view; undefined where it takes it. */
export function refusedView(view: unknown, type: "modal" | "home", options: Parameters<typeof refusedBlocks>[2] = {}): string | undefined {
  if (!isJson(view) || view.type !== type) return `/view/type: must be ${type}`;
  if (JSON.stringify(view).length > LONGEST) return "view_too_large";
  return (type === "modal" ? modal : home)(view, "/view") ?? refusedBlocks(view.blocks, type, options);
}

function hasInput(blocks: unknown): boolean {
  return Array.isArray(blocks) && blocks.some((block: Json) => block?.type === "input");
}
