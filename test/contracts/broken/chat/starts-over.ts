import { MemoryChat } from "./sound.ts";

export const clause = "a card that the platform cut off goes on with the rest when it is posted again";

/** Notes nothing of what stands. */
export class Broken extends MemoryChat {
  override note(): void {}
}
