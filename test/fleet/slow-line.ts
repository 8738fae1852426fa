import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "../faults/random.ts";

/** A line to a server on this machine on which everything is long on its way, in the order in which it was sent. */
export interface SlowLine {
  readonly port: number;
  /** Connections that were taken, those that have ended among them. */
  readonly taken: number;
  /** Those that have ended without a word: whoever has done with a connection to PostgreSQL says so. */
  readonly lost: number;
  close(): Promise<void>;
}

/** How long a packet is on its way, in milliseconds, in each direction: at least and at most. */
export type Way = () => readonly [least: number, most: number];

/** PostgreSQL's Terminate, by which a client takes its leave. */
const LEAVE = Buffer.from([0x58, 0, 0, 0, 4]);

export async function slowLine(target: number, random: Random, way: Way): Promise<SlowLine> {
  const sockets = new Set<Socket>();
  let [taken, lost] = [0, 0];

  function carry(from: Socket, to: Socket): void {
    let before: Promise<unknown> = Promise.resolve();
    function after(act: () => void): void {
      const [least, most] = way();
      before = Promise.all([before, wait(least + random.below(most - least + 1))]).then(act);
    }
    sockets.add(from);
    from.setNoDelay(true);
    from.on("error", () => undefined);
    from.on("data", (bytes) => after(() => to.write(bytes)));
    from.on("close", () => after(() => to.destroySoon()));
  }

  const server = createServer((near) => {
    taken += 1;
    let isLeaving = false;
    near.on("data", (bytes) => {
      isLeaving = bytes.subarray(-LEAVE.length).equals(LEAVE);
    });
    near.once("close", () => {
      if (!isLeaving) lost += 1;
    });
    const far = connect(target, "127.0.0.1");
    carry(near, far);
    carry(far, near);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");

  return {
    port: (server.address() as { port: number }).port,
    get taken() {
      return taken;
    },
    get lost() {
      return lost;
    },
    async close() {
      server.close();
      for (const one of sockets) one.destroy();
      await once(server, "close");
    },
  };
}
