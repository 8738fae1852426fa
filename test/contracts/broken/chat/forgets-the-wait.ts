import type { Fault } from "../../chat-adapter.ts";
import { type Failure, MemoryChat } from "./sound.ts";

export const clause = "a platform that asks to wait: later, after as many seconds as it says";

/** Keeps the seconds to itself. */
export class Broken extends MemoryChat {
  override failure(fault: Fault): Failure {
    return fault === "throttled" ? { ok: false, retry: "later", reason: "the platform asks to wait" } : super.failure(fault);
  }
}
