import type { PersonKind, PersonRef } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a platform in trouble is not an error: what somebody is is unknown where nothing was ever told";

/** Throws where the platform does not tell. */
export class Broken extends MemoryChat {
  override async kindOf(person: PersonRef): Promise<PersonKind> {
    const told = await super.kindOf(person);
    if (this.isTroubled) throw new Error("the platform is in trouble");
    return told;
  }
}
