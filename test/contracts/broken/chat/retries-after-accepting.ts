import type { Card } from "../../../../src/ports/card.ts";
import { type Failure, MemoryChat } from "./sound.ts";

export const clause = "a platform that fails after accepting: unknown, and the message is shown once";

/** Sends again under a new id what was accepted. */
export class Broken extends MemoryChat {
  override deliver(id: string, part: Card): Failure | undefined {
    const failure = super.deliver(id, part);
    if (failure !== undefined) super.deliver(this.mint(), part);
    return failure;
  }
}
