import type { Desk } from "./answer.ts";
import { type Config, isLoopback } from "./config.ts";
import { configuredAdapters, startService } from "./service.ts";

/** Serves the configured platforms until SIGTERM or SIGINT, then finishes what is under way. False where none is configured. */
export async function serve(desk: Desk, config: Config): Promise<boolean> {
  const adapters = await configuredAdapters(config);
  if (adapters.length === 0) return false;
  const { CUREWATCH_HOST: host, CUREWATCH_PORT: port } = config.settings;
  const service = await startService(desk, adapters, { host, port });
  desk.log.info({ adapters: adapters.map(({ name }) => name), address: service.address, loopback: isLoopback(host) }, "serving");
  await new Promise<void>((resolve) => {
    process.once("SIGTERM", () => resolve());
    process.once("SIGINT", () => resolve());
  });
  desk.log.info({}, "stopping: finishing what is under way");
  await service.stop();
  return true;
}
