import type { IncomingCommand } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a command arrives as it was typed, without the bot's name";

/** Writes commands in small letters. */
export class Broken extends MemoryChat {
  override commandOf(text: string, id: string): IncomingCommand {
    return super.commandOf(text.toLowerCase(), id);
  }
}
