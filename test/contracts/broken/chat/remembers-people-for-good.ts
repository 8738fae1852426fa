import type { PersonKind, PersonRef } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "while the platform is in trouble its last word on a person holds for a day, and no longer";

/** Goes by what it was told last, however long ago. */
export class Broken extends MemoryChat {
  private readonly last = new Map<PersonRef, PersonKind>();

  override async kindOf(person: PersonRef): Promise<PersonKind> {
    const told = await super.kindOf(person);
    if (told !== "unknown") this.last.set(person, told);
    return this.last.get(person) ?? told;
  }
}
