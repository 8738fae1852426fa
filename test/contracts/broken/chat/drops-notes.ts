import type { Card } from "../../../../src/ports/card.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a posted card shows every text that it holds";

/** Leaves the small print out. */
export class Broken extends MemoryChat {
  override render(card: Card): string {
    return super.render({ ...card, blocks: card.blocks.filter((block) => block.kind !== "note") });
  }
}
