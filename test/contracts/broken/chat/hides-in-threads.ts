import { MemoryChat } from "./sound.ts";

export const clause = "a card under a message of the place is shown whole, and is seen in the place as well";

/** Shows what goes under a message to those who open the thread. */
export class Broken extends MemoryChat {
  override async glanced(): Promise<readonly string[]> {
    return [...this.messages.values()].filter((message) => message.under === undefined).map((message) => message.text);
  }
}
