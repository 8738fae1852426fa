import type { PostRef } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a card that was not shown is not found";

/** Takes the newest message for the one that is looked for. */
export class Broken extends MemoryChat {
  override find(): PostRef {
    return this.mintRef([...this.messages.keys()].slice(-1));
  }
}
