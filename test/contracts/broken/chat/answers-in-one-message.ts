import type { IncomingCommand } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "an answer that is longer than a message is shown whole";

/** Splits what it posts and not what it answers. */
export class Broken extends MemoryChat {
  override run(command: IncomingCommand): readonly string[] {
    return super.run(command).slice(0, 1);
  }
}
