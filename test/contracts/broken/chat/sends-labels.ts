import type { Action } from "../../../../src/ports/card.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "pressing a button sends its command";

/** Sends what is written on the button. */
export class Broken extends MemoryChat {
  override commandOfButton(action: Action): string {
    return action.label;
  }
}
