import type { Card } from "../../../../src/ports/card.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a text longer than any message is shown to its last word";

/** Cuts a text at the limit and puts an ellipsis. */
export class Broken extends MemoryChat {
  override parts(card: Card): readonly Card[] {
    const blocks = card.blocks.map((block) =>
      block.kind === "text" ? { ...block, text: [`${block.text.join("").slice(0, 2_900)}…`] } : block,
    );
    return super.parts({ ...card, blocks });
  }
}
