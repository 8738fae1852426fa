import type { ChildProcess } from "node:child_process";

/** Tells it to stop, and waits until it has. */
export function ended(child: ChildProcess): Promise<void> {
  return new Promise((done) => {
    if (child.exitCode !== null || child.signalCode !== null) return done();
    child.once("close", () => done());
    child.kill();
  });
}
