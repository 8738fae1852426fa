import { MemoryChat } from "./sound.ts";

export const clause = "it is not connected any more once it was stopped";

/** Does not notice that it was stopped. */
export class Broken extends MemoryChat {
  override connected(): boolean {
    return true;
  }
}
