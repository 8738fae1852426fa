import type { Card } from "../../../../src/ports/card.ts";
import { type Failure, MemoryChat, type To } from "./sound.ts";

export const clause = "after a failure the next post goes through";

/** Gives the place up after one failure. */
export class Broken extends MemoryChat {
  failed: Failure | undefined;

  override deliver(id: string, part: Card, to: To): Failure | undefined {
    this.failed ??= super.deliver(id, part, to);
    return this.failed;
  }
}
