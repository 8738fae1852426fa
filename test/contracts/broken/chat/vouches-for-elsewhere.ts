import type { Audience, Place } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "who reads a place of another adapter is unknown";

/** Takes every place for one of its own. */
export class Broken extends MemoryChat {
  override async audience(place: Place): Promise<Audience> {
    return place.startsWith("memory:") ? super.audience(place) : { kind: "internal" };
  }
}
