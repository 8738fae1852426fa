import { MemoryChat } from "./sound.ts";

export const clause = "its pace is a whole number of milliseconds, 0 or more";

/** Has no pace, and says so with a number that is none. */
export class Broken extends MemoryChat {
  override pace(): number {
    return -1;
  }
}
