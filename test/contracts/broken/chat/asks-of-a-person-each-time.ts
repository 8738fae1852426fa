import type { PersonKind, PersonRef } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "what somebody is is asked of the platform once, however often it is wanted within a minute";

/** Asks the platform whenever it is asked itself. */
export class Broken extends MemoryChat {
  override async kindOf(person: PersonRef): Promise<PersonKind> {
    this.kinds.forget(person);
    return super.kindOf(person);
  }
}
