import { MemoryChat } from "./sound.ts";

export const clause = "a card that was shown is never said not to be";

/** Looks in its own memory, which a new process has not. */
export class Broken extends MemoryChat {
  override async restart(): Promise<void> {
    await super.restart();
    for (const [id, { once: _, ...message }] of this.messages) this.messages.set(id, message);
  }
}
