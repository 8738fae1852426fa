import type { Card } from "../../../../src/ports/card.ts";
import type { PostRef, PostResult } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "what was posted can be replaced by its reference";

/** Posts the new card below the old one. */
export class Broken extends MemoryChat {
  override update(_posted: PostRef, card: Card): Promise<PostResult> {
    return this.post(this.place, card);
  }
}
