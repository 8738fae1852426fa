import type { Card } from "../../../../src/ports/card.ts";
import type { DeliveryKey, MayGoOn, Place, PostRef, PostResult } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "whoever posts is asked before each message, and sends no more where somebody else may go on with the card";

/** Asks once, and posts the whole card. */
export class Broken extends MemoryChat {
  override async post(to: Place, card: Card, once?: DeliveryKey, under?: PostRef, mayGoOn?: MayGoOn): Promise<PostResult> {
    const may = await mayGoOn?.();
    return super.post(to, card, once, under, may === undefined ? undefined : async () => may);
  }
}
