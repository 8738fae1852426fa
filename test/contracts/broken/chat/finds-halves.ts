import type { DeliveryKey, Found, Place } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a card that was shown in part is neither found nor missing, and the next post goes on with the rest";

/** Takes the first message for the card. */
export class Broken extends MemoryChat {
  override find(to: Place, once: DeliveryKey): Found {
    const [found] = [...this.messages].find(([, message]) => message.once === once) ?? [];
    return found === undefined ? super.find(to, once) : this.mintRef([found]);
  }
}
