import type { IncomingCommand, PersonRef } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a command tells its place and its person in the adapter's own words, and the place can be posted to";

/** Hands on the platform's bare user id. */
export class Broken extends MemoryChat {
  override commandOf(text: string, id: string): IncomingCommand {
    return { ...super.commandOf(text, id), person: "U3" as PersonRef };
  }
}
