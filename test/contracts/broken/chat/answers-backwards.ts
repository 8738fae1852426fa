import type { IncomingCommand } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a command is answered with the cards in order";

/** Shows the last card first. */
export class Broken extends MemoryChat {
  override run(command: IncomingCommand): readonly string[] {
    return [...super.run(command)].reverse();
  }
}
