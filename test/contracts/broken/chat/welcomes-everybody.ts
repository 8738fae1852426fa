import type { PersonKind } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "what a person of another adapter is is unknown";

/** Takes everybody for one of the company. */
export class Broken extends MemoryChat {
  override async kindOf(): Promise<PersonKind> {
    return "member";
  }
}
