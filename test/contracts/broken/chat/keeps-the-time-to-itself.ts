import { MemoryChat } from "./sound.ts";

export const clause = "what time the platform says that it is is passed on, once a response";

/** Passes on the time of what went well only. */
export class Broken extends MemoryChat {
  override answers(): boolean {
    return this.befell === undefined;
  }
}
