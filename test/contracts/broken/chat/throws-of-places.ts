import type { Audience, Place } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a platform in trouble is not an error: who reads a place is unknown where nothing was ever told";

/** Throws where the platform does not tell. */
export class Broken extends MemoryChat {
  override async audience(place: Place): Promise<Audience> {
    const told = await super.audience(place);
    if (this.isTroubled) throw new Error("the platform is in trouble");
    return told;
  }
}
