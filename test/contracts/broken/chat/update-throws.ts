import type { Card } from "../../../../src/ports/card.ts";
import type { PostRef, PostResult } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a failure of the platform during an update is a value too";

/** Throws where an update fails. */
export class Broken extends MemoryChat {
  override async update(posted: PostRef, card: Card): Promise<PostResult> {
    const result = await super.update(posted, card);
    if (!result.ok) throw new Error(result.reason);
    return result;
  }
}
