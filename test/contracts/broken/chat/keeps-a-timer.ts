import { MemoryChat } from "./sound.ts";

export const clause = "stop lets go of everything: nothing of the adapter keeps the program running";

const left: NodeJS.Timeout[] = [];

/** Lets go of what was left, for the sake of the test run. */
export function release(): void {
  for (const timer of left) clearInterval(timer);
}

/** Leaves its heartbeat running. */
export class Broken extends MemoryChat {
  readonly heartbeat = setInterval(() => {}, 60_000);

  constructor() {
    super();
    left.push(this.heartbeat);
  }
}
