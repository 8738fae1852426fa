import type { Card } from "../../../../src/ports/card.ts";
import type { MayGoOn, PostRef, PostResult } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "whoever changes a card is asked before each message, and changes no more where the answer is no";

/** Asks once, and changes the whole card. */
export class Broken extends MemoryChat {
  override async update(posted: PostRef, card: Card, mayGoOn?: MayGoOn): Promise<PostResult> {
    const may = await mayGoOn?.();
    return super.update(posted, card, may === undefined ? undefined : async () => may);
  }
}
