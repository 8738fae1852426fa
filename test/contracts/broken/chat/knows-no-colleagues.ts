import type { PersonKind } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "somebody of the company is a member";

/** Takes everybody for a guest. */
export class Broken extends MemoryChat {
  override async kindOf(): Promise<PersonKind> {
    return "guest";
  }
}
