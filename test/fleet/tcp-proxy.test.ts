import { once } from "node:events";
import { connect, createServer, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { type TcpProxy, tcpProxy } from "./tcp-proxy.ts";

/** A server that says back what it hears, and a line to it. */
async function echo(): Promise<{ readonly proxy: TcpProxy; readonly served: Socket[] }> {
  const served: Socket[] = [];
  const server = createServer((socket) => {
    served.push(socket);
    socket.on("error", () => undefined);
    socket.pipe(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const proxy = await tcpProxy((server.address() as { port: number }).port);
  onTestFinished(async () => {
    await proxy.close();
    for (const one of served) one.destroy();
    server.close();
  });
  return { proxy, served };
}

interface Client {
  readonly socket: Socket;
  heard(): string;
}

async function client({ port }: TcpProxy): Promise<Client> {
  const socket = connect(port, "127.0.0.1");
  onTestFinished(() => void socket.destroy());
  let heard = "";
  socket.setEncoding("utf8").on("data", (text: string) => {
    heard += text;
  });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return { socket, heard: () => heard };
}

async function answers({ socket, heard }: Client, word: string): Promise<void> {
  socket.write(word);
  await vi.waitFor(() => expect(heard()).toContain(word));
}

/** However it ends: `once` of Node would throw where it ends by a reset. */
async function closed(socket: Socket): Promise<void> {
  if (!socket.closed) await new Promise<void>((resolve) => socket.once("close", () => resolve()));
}

test("a cut line ends what stands on both sides, and takes what comes next", async () => {
  const { proxy, served } = await echo();
  const one = await client(proxy);
  await answers(one, "before");
  const ended = [closed(one.socket), closed(served[0]!)];
  proxy.cut();
  await Promise.all(ended);
  await answers(await client(proxy), "after");
});

test("a line that refuses takes nobody until it is healed, on the same port", async () => {
  const { proxy } = await echo();
  const one = await client(proxy);
  await proxy.refuse();
  await closed(one.socket);
  await expect(once(connect(proxy.port, "127.0.0.1"), "connect")).rejects.toThrow("ECONNREFUSED");
  await proxy.heal();
  await answers(await client(proxy), "after");
});

test("a stalled line swallows what both sides say, their end too, and old connections stay dead when new ones are carried again", async () => {
  const { proxy, served } = await echo();
  const one = await client(proxy);
  await answers(one, "before");
  proxy.stall();
  const other = await client(proxy);
  for (const { socket } of [one, other]) socket.write("lost");
  served[0]!.write("lost too");
  await wait(100);
  expect([one.heard(), other.heard(), served.length]).toEqual(["before", "", 1]);
  await proxy.heal();
  one.socket.write("still lost");
  await answers(await client(proxy), "after");
  expect([one.heard(), one.socket.destroyed, served[0]!.destroyed]).toEqual(["before", false, false]);
  one.socket.destroy();
  await closed(one.socket);
  await wait(50);
  expect(served[0]!.destroyed).toBe(false);
});

test("a line that is held loses nothing: what was said meanwhile arrives when it is healed", async () => {
  const { proxy } = await echo();
  const one = await client(proxy);
  await answers(one, "before ");
  proxy.hold();
  one.socket.write("meanwhile");
  await wait(100);
  expect(one.heard()).toBe("before ");
  await proxy.heal();
  await vi.waitFor(() => expect(one.heard()).toBe("before meanwhile"));
});
