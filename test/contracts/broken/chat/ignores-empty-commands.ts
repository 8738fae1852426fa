import type { IncomingCommand } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "an empty command asks for help";

/** Says nothing where nothing was typed. */
export class Broken extends MemoryChat {
  override run(command: IncomingCommand): readonly string[] {
    return command.text === "" ? [] : super.run(command);
  }
}
