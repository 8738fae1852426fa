import { readFile } from "node:fs/promises";
import { rulebook } from "../alerts/rulebook.ts";
import type { ChatAdapter, DeliveryKey, Log, Place } from "../ports/chat.ts";
import type { Instant } from "../time/instant.ts";
import { type CanaryWatch, openCanaryWatch } from "./canary-watch.ts";
import type { WatchSettings } from "./config.ts";
import { HOUSE_DESK, keyAt } from "./desk-names.ts";
import { deskTicks } from "./desk-ticks.ts";
import { judge, type Readiness } from "./health.ts";
import { type Heartbeat, startHeartbeat } from "./heartbeat.ts";
import { forOperators, type Web } from "./http.ts";
import type { LoopWatch } from "./loop.ts";
import type { Metrics } from "./metrics.ts";
import { sealedIn } from "./sealed.ts";
import { openSkew } from "./skew.ts";
import { type DeskInView, vitalsOf } from "./vitals.ts";

/** Watches the watcher: what the loop, the adapters and the register say of themselves, for those who ask and for a dead-man's switch. */
export interface Watch extends LoopWatch {
  heardTime(adapter: string, platform: Instant): void;
  /** The loop of another desk is watched as well from now on. */
  opened(desk: string): LoopWatch;
  closed(desk: string): void;
  /** What /readyz answers. */
  readiness(): Promise<Readiness>;
  /** What /metrics answers. */
  metrics(): Promise<string>;
  /** From now on the process says that it is not ready, and no heartbeat goes out. */
  stopping(): void;
  stop(): Promise<void>;
}

/** What the machine gives, or a test instead. */
export interface Means {
  /** Milliseconds that only ever grow. */
  readonly stopwatch: () => number;
  readonly fetch: typeof fetch;
}

/** The house's desk, and with it the others where there are any; `ownerOf` tells to which a place belongs. */
export async function openWatch(
  desk: DeskInView,
  adapters: readonly ChatAdapter[],
  settings: WatchSettings,
  web: Web,
  means: Means,
  others: () => readonly DeskInView[] = () => [],
  ownerOf: (place: Place) => string = () => HOUSE_DESK,
): Promise<Watch> {
  const { store, clock, log, language } = desk;
  const { stopwatch } = means;
  const metrics: Metrics = (await import("./metrics.ts")).openMetrics(
    await build(),
    adapters.map(({ name }) => name),
  );
  const skew = openSkew(clock, log);
  const desks = () => [desk, ...others()];
  const canary = canaryWatch(desk, desks, adapters, ownerOf, stopwatch);
  const canWrite = () => store.canWrite();
  const canWriteAll = async () => {
    await canWrite();
    await store.hasRights();
  };
  const beating = { log, canWrite, sealed: () => sealedIn(adapters), stopwatch, fetch: means.fetch };
  const heartbeat: Heartbeat | null = settings.heartbeat === null ? null : startHeartbeat({ ...settings.heartbeat, ...beating });
  const ticks = deskTicks(stopwatch);
  let isStopping = false;
  const loop = () => ({ ...ticks.state(), stopping: isStopping });
  const vitals = vitalsOf({ desk, desks, adapters, ownerOf, skew, canary, stopwatch, loop });

  function ticked(name: string, facts: Parameters<LoopWatch["ticked"]>[0]): void {
    if (facts.leading !== null && facts.leading !== ticks.state().leading) sayWhoLeads(facts.leading, log);
    ticks.ticked(name, facts);
    heartbeat?.ticked({ ...facts, failed: facts.failed || !ticks.areWell() });
    metrics.ticked(facts);
  }

  const watch: Watch = {
    ticked: (facts) => ticked(HOUSE_DESK, facts),
    opened(name) {
      ticks.opened(name);
      return { ticked: (facts) => ticked(name, facts), posted: metrics.posted };
    },
    closed: ticks.closed,
    posted: metrics.posted,
    heardTime: skew.heard,
    // The check of writing writes: however many ask at once, it is done once.
    readiness: together(async () => judge(await vitals(), await whyNot(canWriteAll), language)),
    metrics: together(async () => metrics.page(await vitals())),
    stopping() {
      isStopping = true;
      void heartbeat?.stop();
    },
    async stop() {
      await Promise.all([heartbeat?.stop(), canary?.settled()]);
    },
  };
  serve(web, watch, settings, metrics.contentType);
  return watch;
}

function serve(web: Web, watch: Watch, { metricsToken }: WatchSettings, contentType: string): void {
  web.route("GET", "/healthz", (_request, response) => {
    response.writeHead(200, { "content-type": "text/plain; charset=utf-8" }).end("alive\n");
  });
  web.route(
    "GET",
    "/readyz",
    forOperators(metricsToken, async (_request, response) => {
      const readiness = await watch.readiness();
      const headers = { "content-type": "application/json; charset=utf-8", "cache-control": "no-store" };
      response.writeHead(readiness.ready ? 200 : 503, headers).end(`${JSON.stringify(readiness, null, 2)}\n`);
    }),
  );
  web.route(
    "GET",
    "/metrics",
    forOperators(metricsToken, async (_request, response) => {
      const page = await watch.metrics();
      response.writeHead(200, { "content-type": contentType, "cache-control": "no-store" }).end(page);
    }),
  );
}

/** The canary of whichever desk says it: its place may be given to another, and a desk be opened later or closed again. */
function canaryWatch(
  { canary: place, log }: DeskInView,
  desks: () => readonly DeskInView[],
  adapters: readonly ChatAdapter[],
  ownerOf: (place: Place) => string,
  stopwatch: Means["stopwatch"],
): CanaryWatch | null {
  if (place === null) return null;
  const adapter = adapters.find(({ name }) => place.startsWith(`${name}:`)) ?? null;
  let of: { readonly store: DeskInView["store"]; readonly watch: CanaryWatch } | null = null;

  return {
    async look() {
      const owner = ownerOf(place);
      const store = desks().find(({ name = HOUSE_DESK }) => name === owner)?.store;
      if (store === undefined) return { deliveredAt: null, readBack: null };
      if (of?.store !== store) {
        const asked = adapter && { find: (to: Place, once: DeliveryKey, since: Instant) => adapter.find(to, keyAt(owner, once), since) };
        of = { store, watch: openCanaryWatch({ place, adapter: asked, deliveries: store.deliveries, log, stopwatch }) };
      }
      return of.watch.look();
    },
    settled: async () => of?.watch.settled(),
  };
}

function sayWhoLeads(leads: boolean, log: Log): void {
  if (leads) log.info({ leading: true }, "this process leads: it delivers what is due");
  else log.info({ leading: false }, "another process leads and delivers: this one answers commands and takes over when the other ends");
}

async function whyNot(check: () => Promise<void>): Promise<string | null> {
  try {
    await check();
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Those who ask while an answer is being found get that one. */
function together<T>(find: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<T> | null = null;
  return () => {
    underWay ??= find().finally(() => {
      underWay = null;
    });
    return underWay;
  };
}

async function build() {
  const about = JSON.parse(await readFile(new URL("../../package.json", import.meta.url), "utf8")) as { readonly version: string };
  return { version: about.version, rulebook: rulebook(), node: process.version };
}
