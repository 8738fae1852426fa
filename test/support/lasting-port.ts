import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/** Below those that the machine gives to whoever connects: what is free here now stays so while its owner is away. */
const FROM = 10_000;
const EACH = 1_000;
const WORKERS = 6;

const given = new Set<number>();

/**
 * A port on loopback that nobody has, for a server that is stopped and started again, or that starts only after a while. Each worker of vitest draws
 * from ports of its own, and none twice: two that draw at the same time would take each other's before either's server listens.
 */
export async function lastingPort(): Promise<number> {
  const worker = Number(process.env.VITEST_POOL_ID ?? 0) % WORKERS;
  for (;;) {
    const port = FROM + worker * EACH + randomInt(EACH);
    if (given.has(port)) continue;
    given.add(port);
    const probe = createServer();
    try {
      await once(probe.listen(port, "127.0.0.1"), "listening");
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "EADDRINUSE") continue;
      throw error;
    }
    probe.close();
    await once(probe, "close");
    return port;
  }
}
