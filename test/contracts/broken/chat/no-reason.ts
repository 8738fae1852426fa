import type { Fault } from "../../chat-adapter.ts";
import { type Failure, MemoryChat } from "./sound.ts";

export const clause = "a place where the bot may not write: never, with a reason";

/** Gives a code in place of a reason. */
export class Broken extends MemoryChat {
  override failure(fault: Fault): Failure {
    return fault === "forbidden" ? { ok: false, retry: "never", reason: "403" } : super.failure(fault);
  }
}
