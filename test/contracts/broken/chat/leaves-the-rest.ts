import type { Card } from "../../../../src/ports/card.ts";
import type { PostRef, PostResult } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a long card can be replaced by a short one and a short one by a long one, and nothing of the old one stays";

/** Replaces the first message and forgets the others. */
export class Broken extends MemoryChat {
  override update(posted: PostRef, card: Card): Promise<PostResult> {
    return super.update(posted.split(",")[0] as PostRef, card);
  }
}
