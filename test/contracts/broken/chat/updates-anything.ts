import type { Card } from "../../../../src/ports/card.ts";
import type { PostRef, PostResult } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a reference that another adapter minted is refused for good";

/** Takes any reference for one of its own. */
export class Broken extends MemoryChat {
  override update(posted: PostRef, card: Card): Promise<PostResult> {
    return super.update(posted.replace(/^\w+:/, "memory:") as PostRef, card);
  }
}
