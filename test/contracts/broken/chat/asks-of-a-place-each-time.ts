import type { Audience, Place } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "who reads a place is asked of the platform once, however often it is wanted within a minute";

/** Asks the platform whenever it is asked itself. */
export class Broken extends MemoryChat {
  override async audience(place: Place): Promise<Audience> {
    this.audiences.forget(place);
    return super.audience(place);
  }
}
