import { type Failure, MemoryChat } from "./sound.ts";

export const clause = "a message that somebody removed is gone when it is to be replaced";

/** Does not say that only the message is gone. */
export class Broken extends MemoryChat {
  override goneFailure(): Failure {
    return { ok: false, retry: "never", reason: "the message is not there any more" };
  }
}
