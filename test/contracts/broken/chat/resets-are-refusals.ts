import type { Fault } from "../../chat-adapter.ts";
import { type Failure, MemoryChat } from "./sound.ts";

export const clause = "a connection that breaks after accepting: unknown, and the message is shown once";

/** Takes a broken connection for a message that was not sent. */
export class Broken extends MemoryChat {
  override failure(fault: Fault): Failure {
    return fault === "reset-after-accepting" ? { ok: false, retry: "later", reason: "the connection broke" } : super.failure(fault);
  }
}
