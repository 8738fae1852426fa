import { once } from "node:events";
import { connect, createServer, type Server, type Socket } from "node:net";
import { lastingPort } from "../support/lasting-port.ts";

/** A line between one process and a server on this machine, which can break in each of the ways in which networks do. */
export interface TcpProxy {
  readonly port: number;
  /** Connections that stand, the dead ones among them. */
  readonly connections: number;
  /** Every connection is reset; new ones are taken. */
  cut(): void;
  /** Every connection is reset, and none is taken any more. */
  refuse(): Promise<void>;
  /**
   * Half-open: every connection stands and carries nothing, not even its end, as when something on the way has forgotten it; new ones are taken
   * and carry nothing either. Those stay so for good, whatever is healed later.
   */
  stall(): void;
  /** Everything stands still, and goes on where it was once it is healed. */
  hold(): void;
  /** New connections are taken and carried, and what was held goes on. */
  heal(): Promise<void>;
  close(): Promise<void>;
}

interface Pair {
  readonly near: Socket;
  /** Null where it was stalled from the start: the server never heard of it. */
  readonly far: Socket | null;
  isDead: boolean;
}

/** Listens on loopback for what is meant for the port. */
export async function tcpProxy(target: number): Promise<TcpProxy> {
  const pairs = new Set<Pair>();
  let state: "open" | "stalled" | "held" = "open";

  function taken(near: Socket): void {
    if (state === "stalled") {
      add({ near, far: null, isDead: true });
      return;
    }
    const pair = { near, far: connect(target, "127.0.0.1"), isDead: false };
    add(pair);
    if (state === "held") pause(pair);
  }

  function add(pair: Pair): void {
    pairs.add(pair);
    carry(pair, pair.near, pair.far);
    if (pair.far !== null) carry(pair, pair.far, pair.near);
  }

  function carry(pair: Pair, from: Socket, to: Socket | null): void {
    from.setNoDelay(true);
    from.on("error", () => undefined);
    from.on("data", (bytes) => {
      if (!pair.isDead) to?.write(bytes);
    });
    from.on("close", () => {
      if (pair.isDead) {
        if (pair.near.destroyed && pair.far?.destroyed !== false) pairs.delete(pair);
        return;
      }
      to?.destroySoon();
      pairs.delete(pair);
    });
  }

  function reset(): void {
    for (const { near, far } of pairs) for (const one of [near, far]) one?.resetAndDestroy();
    pairs.clear();
  }

  // The same port each time: whoever was refused asks there again.
  const port = await lastingPort();
  let server = await listening(port, taken);

  return {
    port,
    get connections() {
      return pairs.size;
    },
    cut: reset,
    async refuse() {
      const closed = server.listening ? once(server, "close") : null;
      server.close();
      reset();
      await closed;
    },
    stall() {
      state = "stalled";
      for (const pair of pairs) {
        pair.isDead = true;
        resume(pair);
      }
    },
    hold() {
      state = "held";
      for (const pair of pairs) pause(pair);
    },
    async heal() {
      state = "open";
      for (const pair of pairs) resume(pair);
      if (!server.listening) server = await listening(port, taken);
    },
    async close() {
      const closed = server.listening ? once(server, "close") : null;
      server.close();
      reset();
      await closed;
    },
  };
}

function pause({ near, far }: Pair): void {
  near.pause();
  far?.pause();
}

function resume({ near, far }: Pair): void {
  near.resume();
  far?.resume();
}

async function listening(port: number, taken: (near: Socket) => void): Promise<Server> {
  const server = createServer(taken).listen(port, "127.0.0.1");
  await once(server, "listening");
  return server;
}
