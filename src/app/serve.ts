import type { Log } from "../ports/chat.ts";
import type { Desk } from "./answer.ts";
import { type Config, isLoopback } from "./config.ts";
import { configuredAdapters, type Service, startService } from "./service.ts";

/** How long what is under way may take to finish, in milliseconds: the default patience of those who stop processes is as long. */
const DRAIN = 30_000;

/**
 * Serves the configured platforms until SIGTERM or SIGINT, then finishes what is under way, within 30 seconds; a second signal ends the process
 * at once. False where no platform is configured.
 */
export async function serve(desk: Desk, config: Config): Promise<boolean> {
  const adapters = await configuredAdapters(config);
  if (adapters.length === 0) return false;
  const { CUREWATCH_HOST: host, CUREWATCH_PORT: port } = config.settings;
  const { log } = desk;
  const service = await startService(desk, adapters, { host, port, watch: config.watch });
  const told = signalled();
  log.info({ adapters: adapters.map(({ name }) => name), address: service.address, loopback: isLoopback(host) }, "serving");
  log.info(
    { signal: await told },
    "stopping: what is under way is finished, nothing new is begun, the rest stays due; a second signal ends at once",
  );
  for (const [signal, status] of SIGNALS) {
    process.once(signal, () => {
      log.warn({ signal }, "told twice: ending at once; what was under way is said again, marked as a possible repeat");
      process.exit(status);
    });
  }
  await drain(service, log);
  log.info({}, "stopped");
  return true;
}

/** What a shell shows of a process that a signal has ended. */
const SIGNALS = [
  ["SIGTERM", 143],
  ["SIGINT", 130],
] as const;

function signalled(): Promise<string> {
  return new Promise((resolve) => {
    function heard(signal: string): void {
      for (const [name] of SIGNALS) process.off(name, heard);
      resolve(signal);
    }
    for (const [name] of SIGNALS) process.on(name, heard);
  });
}

/** Stops the service, or gives up after 30 seconds: a process that is neither running nor gone is worse than one that was killed. */
export async function drain(service: Pick<Service, "stop">, log: Log, exit: (status: number) => void = process.exit): Promise<void> {
  const patience = setTimeout(() => {
    log.error({ seconds: DRAIN / 1000 }, "not finished in time: ending; what was under way is said again, marked as a possible repeat");
    exit(1);
  }, DRAIN);
  await service.stop();
  clearTimeout(patience);
}
