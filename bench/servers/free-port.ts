import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";

/** A port of loopback on which nobody listens now. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Waits until somebody answers there; throws after that many milliseconds. */
export async function answering(port: number, name: string, milliseconds = 20_000): Promise<void> {
  for (let waited = 0; waited < milliseconds; waited += 20) {
    if (await answers(port)) return;
    await wait(20);
  }
  throw new Error(`${name} does not answer on port ${port}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.once("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
  });
}
