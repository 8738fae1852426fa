import type { Card } from "../../../../src/ports/card.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a plain text is never markup: it comes out as itself";

/** Takes asterisks for bold. */
export class Broken extends MemoryChat {
  override render(card: Card): string {
    return super.render(card).replaceAll(/\*(\w+)\*/g, "$1");
  }
}
