import type { Fault } from "../../chat-adapter.ts";
import { type Failure, MemoryChat } from "./sound.ts";

export const clause = "a place that is gone: never, with a reason";

/** Throws what the platform said. */
export class Broken extends MemoryChat {
  override failure(fault: Fault): Failure {
    if (fault === "gone") throw new Error("channel_not_found");
    return super.failure(fault);
  }
}
