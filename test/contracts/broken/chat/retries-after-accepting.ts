import type { Card } from "../../../../src/ports/card.ts";
import { type Failure, MemoryChat, type To } from "./sound.ts";

export const clause = "a platform that fails after accepting: unknown, and the message is shown once";

/** Sends again under a new id what was accepted. */
export class Broken extends MemoryChat {
  override deliver(id: string, part: Card, to: To): Failure | undefined {
    const failure = super.deliver(id, part, to);
    if (failure !== undefined) super.deliver(this.mint(), part, to);
    return failure;
  }
}
