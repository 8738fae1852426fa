import type { Card } from "../../../../src/ports/card.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a card of 300 rows is shown whole, in order and within the limits";

/** Keeps the first message of several. */
export class Broken extends MemoryChat {
  override parts(card: Card): readonly Card[] {
    return super.parts(card).slice(0, 1);
  }
}
