import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/** Below those that the machine gives to whoever connects: what is free here now stays so while its owner is away. */
const [FROM, TO] = [10_000, 16_000];

/** A port on loopback that nobody has, for a server that is stopped and started again, or that starts only after a while. */
export async function lastingPort(): Promise<number> {
  for (;;) {
    const port = randomInt(FROM, TO);
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
