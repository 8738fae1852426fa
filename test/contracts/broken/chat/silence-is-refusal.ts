import type { Fault } from "../../chat-adapter.ts";
import { type Failure, MemoryChat } from "./sound.ts";

export const clause = "a platform that does not answer: unknown, and post returns all the same";

/** Takes silence for a message that was not sent. */
export class Broken extends MemoryChat {
  override failure(fault: Fault): Failure {
    return fault === "silent" ? { ok: false, retry: "later", reason: "no answer came in time" } : super.failure(fault);
  }
}
