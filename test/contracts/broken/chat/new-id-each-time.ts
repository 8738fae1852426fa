import type { IncomingCommand } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a command that the platform delivers twice carries the same id twice";

/** Gives each delivery an id of its own. */
export class Broken extends MemoryChat {
  override commandOf(text: string): IncomingCommand {
    return super.commandOf(text, this.mint());
  }
}
