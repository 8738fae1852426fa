import { MemoryChat } from "./sound.ts";

export const clause = "it names the workspace of its places and people, the place of its messages, and nothing of others";

/** Takes every place and person into its workspace. */
export class Broken extends MemoryChat {
  override workspaceOf(): string {
    return "memory:all";
  }
}
