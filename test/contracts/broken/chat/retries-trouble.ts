import type { Card } from "../../../../src/ports/card.ts";
import { type Failure, MemoryChat, type To } from "./sound.ts";

export const clause = "a platform that fails: unknown, and the message is not sent again";

/** Sends again by itself, as the platform's kit does. */
export class Broken extends MemoryChat {
  override deliver(id: string, part: Card, to: To): Failure | undefined {
    return super.deliver(id, part, to) && super.deliver(id, part, to);
  }
}
