import type { Audience, Place } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "once it was stopped, it can tell of no place that others may read";

/** Goes on telling when it was stopped. */
export class Broken extends MemoryChat {
  override async audience(place: Place): Promise<Audience> {
    return this.running ? super.audience(place) : { kind: "internal" };
  }
}
