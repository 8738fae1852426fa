import type { types } from "@slack/bolt";
import type { DeliveryKey } from "../../../src/ports/chat.ts";

/** One message of a card, as it is named in the message's metadata: invisible to readers, and what a later look recognises it by. */
export interface Named {
  readonly once: DeliveryKey;
  /** 0, 1 … of that many. */
  readonly part: number;
  readonly parts: number;
}

const EVENT_TYPE = "curewatch_delivery";

export function writeMetadata({ once, part, parts }: Named): types.MessageMetadata {
  return { event_type: EVENT_TYPE, event_payload: { once, part, parts } };
}

/** Null where the message is none of ours. */
export function readMetadata(metadata: unknown): Named | null {
  const { event_type, event_payload } = (metadata ?? {}) as { event_type?: unknown; event_payload?: Partial<Named> };
  if (event_type !== EVENT_TYPE || event_payload === undefined || event_payload === null) return null;
  const { once, part, parts } = event_payload;
  return typeof once === "string" && Number.isInteger(part) && Number.isInteger(parts) ? { once, part: part!, parts: parts! } : null;
}
