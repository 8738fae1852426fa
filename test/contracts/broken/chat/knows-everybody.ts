import type { Place } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a person of another adapter has no place here";

/** Has a place for whoever is named. */
export class Broken extends MemoryChat {
  override direct(): Place {
    return this.place;
  }
}
