import { MemoryChat } from "./sound.ts";

export const clause = "a card in whose midst the program died goes on with the rest when it is posted again";

/** Keeps in its own memory what stands, and writes it down when it stops. */
export class Broken extends MemoryChat {
  override async restart(): Promise<void> {
    this.kept = new Map();
  }
}
