import { schedule } from "node-cron";
import { CHAT } from "../../adapters/index.ts";
import { tick } from "../alerts/tick.ts";
import type { ChatAdapter, ChatHost, Place } from "../ports/chat.ts";
import { answerer, type Desk } from "./answer.ts";
import type { Config } from "./config.ts";
import { openWeb } from "./http.ts";

/** What runs until it is told to stop. */
export interface Service {
  readonly adapters: readonly ChatAdapter[];
  /** Where HTTP is served; null where nothing needs it. */
  readonly address: string | null;
  stop(): Promise<void>;
}

/** The adapters that the configuration asks for. */
export async function configuredAdapters({ slack, teams }: Config): Promise<readonly ChatAdapter[]> {
  const adapters: ChatAdapter[] = [];
  if (slack !== null) adapters.push(await CHAT.slack(slack));
  if (teams !== null) adapters.push(await CHAT.teams(teams));
  return adapters;
}

/** Connects the adapters, answers their commands, and reconciles once a minute. */
export async function startService(desk: Desk, adapters: readonly ChatAdapter[], listen: { host: string; port: number }): Promise<Service> {
  const { clock, log, store } = desk;
  const web = openWeb(log);
  const onCommand = answerer(desk, null);
  for (const adapter of adapters) {
    const host: ChatHost = { clock, log, state: store.state(adapter.name), route: web.route, onCommand };
    await adapter.start(host);
    log.info({ adapter: adapter.name }, "connected");
  }
  const address = await web.listen(listen.host, listen.port);
  const ticks = startTicks(desk, adapters);
  return {
    adapters,
    address,
    async stop() {
      await ticks.stop();
      for (const adapter of adapters) await adapter.stop();
      await web.close();
    },
  };
}

/** A tick at once and then each minute, one at a time. */
export function startTicks(desk: Desk, adapters: readonly ChatAdapter[]): { stop(): Promise<void> } {
  const { register, store, clock, log } = desk;
  const adapterOf = (place: Place) => adapters.find(({ name }) => place.startsWith(`${name}:`)) ?? null;
  const host = { register, deliveries: store.deliveries, watches: store.watches, clock, log, adapterOf };
  let underWay: Promise<unknown> = Promise.resolve();
  let busy = false;
  function once(): void {
    if (busy) return;
    busy = true;
    underWay = tick(host)
      .catch((error: unknown) =>
        log.error({ error: error instanceof Error ? error.stack : String(error) }, "a tick failed by a fault of ours"),
      )
      .finally(() => {
        busy = false;
      });
  }
  const task = schedule("* * * * *", once, { noOverlap: true });
  once();
  return {
    async stop() {
      await task.destroy();
      await underWay;
    },
  };
}
