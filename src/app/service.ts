import { schedule } from "node-cron";
import { CHAT } from "../../adapters/index.ts";
import { countUnwatched, tick } from "../alerts/tick.ts";
import { say } from "../cards/say.ts";
import type { ChatAdapter, ChatHost, Log, Place } from "../ports/chat.ts";
import type { Language } from "../time/wording.ts";
import { answerer, type Desk } from "./answer.ts";
import type { Config } from "./config.ts";
import { openWeb, type Web } from "./http.ts";

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
  const begun: Stoppable[] = [{ stop: () => web.close() }];
  try {
    serveHealth(web, desk, adapters);
    for (const adapter of adapters) {
      const host: ChatHost = { clock, log, state: store.state(adapter.name), route: web.route, onCommand };
      begun.push(adapter);
      await adapter.start(host);
      log.info({ adapter: adapter.name }, "connected");
    }
    const address = await listening(web, listen, desk.language);
    begun.push(startTicks(desk, adapters));
    return { adapters, address, stop: () => stopAll(begun, log) };
  } catch (error) {
    // What is connected already would go on answering in a program that has failed.
    await stopAll(begun, log);
    throw error;
  }
}

interface Stoppable {
  stop(): Promise<void>;
}

/** The last begun first; one that cannot be stopped does not keep the others going. */
async function stopAll(begun: readonly Stoppable[], log: Log): Promise<void> {
  for (const one of begun.toReversed()) {
    try {
      await one.stop();
    } catch (error) {
      log.error({ error: error instanceof Error ? error.stack : String(error) }, "something could not be stopped");
    }
  }
}

async function listening(web: Web, { host, port }: { host: string; port: number }, language: Language): Promise<string | null> {
  try {
    return await web.listen(host, port);
  } catch (error) {
    throw new Error(say(language, "start.listen", { host, port: String(port), detail: (error as Error).message }), { cause: error });
  }
}

/** /healthz: the process lives. /readyz: the register answers; with how many matters no place watches. */
function serveHealth(web: Web, { register, store, clock, log }: Desk, adapters: readonly ChatAdapter[]): void {
  web.route("GET", "/healthz", (_request, response) => void response.writeHead(200, PLAIN).end("alive\n"));
  web.route("GET", "/readyz", async (_request, response) => {
    try {
      const [matters, watches] = [await register.all(), await store.watches.all()];
      const unwatched = countUnwatched(watches, matters, clock.now());
      const body = { ready: true, adapters: adapters.map(({ name }) => name), matters: matters.length, unwatched };
      response.writeHead(200, { "content-type": "application/json" }).end(`${JSON.stringify(body)}\n`);
    } catch (error) {
      log.error({ error: error instanceof Error ? error.stack : String(error) }, "the register does not answer");
      response.writeHead(503, PLAIN).end("the register does not answer\n");
    }
  });
}

const PLAIN = { "content-type": "text/plain; charset=utf-8" };

/** A tick at once and then each minute, one at a time. */
export function startTicks(desk: Desk, adapters: readonly ChatAdapter[]): Stoppable {
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
