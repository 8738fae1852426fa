import { toldLately } from "../../../../adapters/chat/shared/told-lately.ts";
import type { Audience } from "../../../../src/ports/chat.ts";
import { MemoryChat } from "./sound.ts";

export const clause = "that a place is shared with another company is known within a quarter of an hour";

/** Believes for ever what it was told first. */
export class Broken extends MemoryChat {
  override audiences = toldLately<Audience>(() => this.clock, { kind: "unknown" }, { fresh: Number.MAX_SAFE_INTEGER });
}
