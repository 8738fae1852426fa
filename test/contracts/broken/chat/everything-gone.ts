import type { Fault } from "../../chat-adapter.ts";
import { type Failure, MemoryChat } from "./sound.ts";

export const clause = "a place that is gone or forbidden is not taken for a message that is gone";

/** Takes every refusal for a message that is gone. */
export class Broken extends MemoryChat {
  override failure(fault: Fault): Failure {
    const failure = super.failure(fault);
    return failure.retry === "never" ? { ...failure, gone: true } : failure;
  }
}
