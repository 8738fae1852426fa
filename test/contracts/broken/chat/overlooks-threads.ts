import type { DeliveryKey, Found, Place } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a card in a thread is found by its key too";

/** Reads what stands in the place, and no thread. */
export class Broken extends MemoryChat {
  override find(to: Place, once: DeliveryKey): Found {
    const isInThread = [...this.messages.values()].some((message) => message.once === once && message.under !== undefined);
    return isInThread ? null : super.find(to, once);
  }
}
