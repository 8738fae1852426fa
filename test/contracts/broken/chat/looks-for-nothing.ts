import { MemoryChat } from "./sound.ts";

export const clause = "a card that the platform has is found by its key, as it would be referred to";

/** Says of everything that it cannot tell. */
export class Broken extends MemoryChat {
  override find(): "cannot-tell" {
    return "cannot-tell";
  }
}
