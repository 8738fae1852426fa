import type { PersonRef, Place } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a person has a place of their own, which nobody else sees, and what is posted there can be replaced";

/** Writes to a person in the room. */
export class Broken extends MemoryChat {
  override direct(person: PersonRef): Place | null {
    return super.direct(person) === null ? null : this.place;
  }
}
