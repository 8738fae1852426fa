import type { IncomingCommand } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "an answer that brings a form shows the form, or the cards that say the same";

/** Leaves out the cards of an answer with a form, and opens no form. */
export class Broken extends MemoryChat {
  override run(command: IncomingCommand): readonly string[] {
    return this.answer(command).form === undefined ? super.run(command) : [];
  }
}
