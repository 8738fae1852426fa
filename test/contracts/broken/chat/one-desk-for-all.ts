import { MemoryChat } from "./sound.ts";

export const clause = "where it serves several workspaces, it names the desk of what it minted, and of nothing else";

/** Takes whatever it is asked for into its desk. */
export class Broken extends MemoryChat {
  override deskOf(): string | null {
    return "memory";
  }
}
