import type { Audience } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "a place of the company's own people is internal";

/** Says of no place who reads it. */
export class Broken extends MemoryChat {
  override readers(): Audience {
    return { kind: "unknown" };
  }
}
