import type { Audience, Place } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a person's own conversation is read by that person alone";

/** Takes a person's own conversation for one of the whole company. */
export class Broken extends MemoryChat {
  override async audience(place: Place): Promise<Audience> {
    const told = await super.audience(place);
    return told.kind === "person" ? { kind: "internal" } : told;
  }
}
