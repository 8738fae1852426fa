import KeyvRedis, { createClient } from "@keyv/redis";
import { type Kind, throwingKeyv } from "./outside.ts";

/** How long a connection may take to come about, and how often it is looked whether the other end is still there; in milliseconds. */
const CONNECT = 5_000;
const PING = 3_000;
/** A socket on which nothing has come for so long is given up: its other end may be gone without a word. */
const SILENCE = 10_000;
const LONGEST_PAUSE = 2_000;

/** One connection for all. While it is lost, what is asked fails at once, and nothing is kept to be written later, out of its turn. */
export async function redisKind(url: string): Promise<Kind> {
  let wasConnected = false;
  const client = createClient({
    url,
    disableOfflineQueue: true,
    pingInterval: PING,
    socket: {
      connectTimeout: CONNECT,
      socketTimeout: SILENCE,
      // At the start it is said at once that nobody answers.
      reconnectStrategy: (tries, cause) => (wasConnected ? Math.min(50 * 2 ** Math.min(tries, 10), LONGEST_PAUSE) : cause),
    },
    commandOptions: { timeout: CONNECT },
  });
  // One listener for each desk and adapter. What is lost is told to whoever asks for it.
  client.setMaxListeners(0);
  client.on("error", () => undefined);
  return {
    separator: "::",
    keyv(namespace) {
      const store = new KeyvRedis(client as never, { throwOnErrors: true, throwOnConnectError: true, connectionTimeout: CONNECT });
      return throwingKeyv({ store, namespace, useKeyPrefix: false });
    },
    async add(key, value, milliseconds) {
      const expires = milliseconds === undefined ? {} : { expiration: { type: "PX", value: milliseconds } as const };
      return (await client.set(key, value, { condition: "NX", ...expires })) !== null;
    },
    async ask() {
      if (!client.isOpen) await client.connect();
      wasConnected = true;
      await client.ping();
    },
    async *beginningWith(start) {
      const pattern = `${start.replaceAll(/[*?[\]\\]/g, "\\$&")}*`;
      for await (const keys of client.scanIterator({ MATCH: pattern, TYPE: "string", COUNT: 1_000 })) {
        const values = keys.length === 0 ? [] : await client.mGet(keys);
        for (const [index, value] of values.entries()) if (value !== null) yield [keys[index]!, value];
      }
    },
    async close() {
      if (client.isReady) await client.close();
      else if (client.isOpen) client.destroy();
    },
  };
}
