import type { Card } from "../../../../src/ports/card.ts";
import type { DeliveryKey, Place, PostRef, PostResult } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a card under a message that somebody removed is shown in the place itself";

/** Refuses where the message above is gone. */
export class Broken extends MemoryChat {
  override async post(to: Place, card: Card, once?: DeliveryKey, under?: PostRef): Promise<PostResult> {
    const isThere = under === undefined || this.messages.has(under.slice("memory:".length).split(",")[0]!);
    return isThere ? super.post(to, card, once, under) : this.goneFailure();
  }
}
