import type { Card } from "../../../../src/ports/card.ts";
import type { Place, PostResult } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a card without blocks, or with empty ones, can be posted";

/** Takes a card without blocks for a mistake. */
export class Broken extends MemoryChat {
  override async post(to: Place, card: Card): Promise<PostResult> {
    return card.blocks.length === 0 ? { ok: false, retry: "never", reason: "there is nothing to show" } : super.post(to, card);
  }
}
