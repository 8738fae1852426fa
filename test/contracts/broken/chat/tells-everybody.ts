import type { Answer, IncomingCommand } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "an answer to the asker is not shown to the place";

/** Answers everything in public. */
export class Broken extends MemoryChat {
  override answerWith(answer: (command: IncomingCommand) => Answer): void {
    super.answerWith((command) => ({ ...answer(command), audience: "place" }));
  }
}
