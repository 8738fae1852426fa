import type { Card } from "../../../../src/ports/card.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a chart says what it shows and each of its values, drawn or written";

/** Says what a chart shows and draws the rest, which nobody sees. */
export class Broken extends MemoryChat {
  override render(card: Card): string {
    const blocks = card.blocks.map((block) => (block.kind === "chart" ? { ...block, points: [] } : block));
    return super.render({ ...card, blocks });
  }
}
