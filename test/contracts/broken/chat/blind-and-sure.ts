import type { DeliveryKey, Found, Place } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "where it may not read, it cannot tell";

/** Takes what it may not read for empty. */
export class Broken extends MemoryChat {
  override find(to: Place, once: DeliveryKey): Found {
    return this.isBlind ? null : super.find(to, once);
  }
}
