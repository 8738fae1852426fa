import { MemoryChat } from "./sound.ts";

export const clause = "what it says of changing in place is true";

/** Says that what was posted stays as it is. */
export class Broken extends MemoryChat {
  override inPlace(): boolean {
    return false;
  }
}
