import type { Audience, Place } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a place in which the bot is not is told as such";

/** Says of a place in which it is not what it says of one of which its platform does not tell. */
export class Broken extends MemoryChat {
  override async audience(place: Place): Promise<Audience> {
    const told = await super.audience(place);
    return told.kind === "unknown" ? { kind: "unknown" } : told;
  }
}
