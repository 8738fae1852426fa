import { leakIn } from "../discreet-check.ts";
import { refusedBlocks } from "./blocks/blocks.ts";
import { textsOf } from "./blocks/newer.ts";
import { isJson, type Json } from "./blocks/shape.ts";
import { render, renderBlocks } from "./render.ts";

export type { Json } from "./blocks/shape.ts";

/** Slack's word for a refusal, and where it says more, what is wrong. */
export interface Refused {
  readonly error: string;
  readonly why?: string;
}

/** Why Slack would refuse the message; undefined where it takes it. Limits: docs.slack.dev/reference/block-kit. */
export function refusalOf(
  message: { readonly text?: string; readonly blocks?: readonly Json[]; readonly metadata?: unknown },
  options: Parameters<typeof refusedBlocks>[2] = {},
): Refused | undefined {
  const blocks = message.blocks ?? [];
  if (blocks.length === 0 && (message.text ?? "") === "") return { error: "no_text" };
  if ((message.text ?? "").length > 40_000) return { error: "msg_too_long" };
  if (message.metadata !== undefined && !isMetadata(message.metadata)) return { error: "invalid_metadata_format" };
  const why = refusedBlocks(blocks, "message", options);
  if (why !== undefined) return { error: "invalid_blocks", why };
  // Slack takes it: this project does not.
  const leak = leakIn(render({ text: message.text ?? "", mrkdwn: false }), renderBlocks(blocks).split("\n"));
  if (leak !== undefined) return { error: "indiscreet", why: leak };
  // Not documented by Slack, reported by its users: the texts of all blocks together.
  if (textsOf(blocks).join("").length > 13_200) return { error: "msg_blocks_too_long" };
  return undefined;
}

/** The answer of the Web API to it. */
export function refused({ error, why }: Refused): Json {
  return { ok: false, error, ...(why === undefined ? {} : { errors: [why], response_metadata: { messages: [`[ERROR] ${why}`] } }) };
}

function isMetadata(metadata: unknown): boolean {
  return isJson(metadata) && typeof metadata.event_type === "string" && isJson(metadata.event_payload);
}
