import type { Audience, Place } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "while the platform is in trouble its last word on a place holds for a day, and no longer";

/** Forgets who reads a place as soon as the platform is in trouble. */
export class Broken extends MemoryChat {
  override async audience(place: Place): Promise<Audience> {
    const told = await super.audience(place);
    return this.isTroubled && told.kind !== "person" ? { kind: "unknown" } : told;
  }
}
