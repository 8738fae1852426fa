import type { Card } from "../../../../src/ports/card.ts";
import type { Place, PostResult } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a place that another adapter minted is refused for good, and nothing is shown";

/** Posts to its room whatever the place. */
export class Broken extends MemoryChat {
  override post(_to: Place, card: Card): Promise<PostResult> {
    return super.post(this.place, card);
  }
}
