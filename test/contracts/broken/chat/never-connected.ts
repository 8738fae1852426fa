import { MemoryChat } from "./sound.ts";

export const clause = "it is connected once it was started";

/** Does not notice that it was started. */
export class Broken extends MemoryChat {
  override connected(): boolean {
    return false;
  }
}
