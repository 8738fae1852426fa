import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from "prom-client";
import type { LoopWatch } from "./loop.ts";
import type { RegisterVitals } from "./register-vitals.ts";
import { secondsBetween, type Vitals } from "./vitals.ts";

/** What Prometheus is told. This file alone imports its client, and is imported only where HTTP is served. No matter, place or person is named. */
export interface Metrics extends LoopWatch {
  readonly contentType: string;
  /** The whole page, with what the vitals say now. */
  page(vitals: Vitals): Promise<string>;
}

/** What runs, as labels of curewatch_build_info. */
export interface Build {
  readonly version: string;
  readonly rulebook: string;
  readonly node: string;
}

const TICK_SECONDS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 15, 60];
const POST_SECONDS = [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

const RESULTS = ["delivered", "later", "unknown", "never"] as const;

export function openMetrics(build: Build, adapters: readonly string[]): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });

  function gauge(name: string, help: string, labelNames: readonly string[] = []): Gauge {
    return new Gauge({ name: `curewatch_${name}`, help, labelNames, registers });
  }
  function counter(name: string, help: string, labelNames: readonly string[] = []): Counter {
    return new Counter({ name: `curewatch_${name}`, help, labelNames, registers });
  }
  function histogram(name: string, help: string, buckets: readonly number[], labelNames: readonly string[] = []): Histogram {
    return new Histogram({ name: `curewatch_${name}`, help, labelNames, buckets: [...buckets], registers });
  }

  gauge("build_info", "What runs: version, rulebook and Node. Always 1.", ["version", "rulebook", "node"]).set({ ...build }, 1);
  const posts = counter("posts_total", "Posts by adapter and what came of them.", ["adapter", "result"]);
  // One that began with its first count would have grown from nothing to one unseen: rates are of what was there before.
  for (const adapter of adapters) for (const result of RESULTS) posts.inc({ adapter, result }, 0);
  const postSeconds = histogram("post_duration_seconds", "How long a post took.", POST_SECONDS, ["adapter"]);
  const tickSeconds = histogram("tick_duration_seconds", "How long a tick took.", TICK_SECONDS);
  const ticksFailed = counter("ticks_failed_total", "Ticks that ended by a fault.");
  const looked = counter("matters_looked_at_total", "Matters that ticks looked at because they were due.");
  const said = counter("said_total", "Things that ticks said in places.");

  const readable = gauge("register_readable", "1 where the register could be read for this page, else 0 and its figures are absent.");
  const leading = gauge("leading", "1 where this process is the one that delivers.");
  const goodTick = gauge("last_good_tick_age_seconds", "Since a tick of this process ended well; absent before the first.");
  const connected = gauge("adapter_connected", "1 where the adapter is connected to its platform.", ["adapter"]);
  const skew = gauge("clock_skew_seconds", "By how much the machine's clock is ahead of the platform's, as last heard.", ["adapter"]);
  const canaryAge = gauge(
    "canary_age_seconds",
    "Since the last canary was delivered; +Inf where none was; absent where none is asked for.",
  );
  const canaryBack = gauge("canary_read_back", "1 where the last canary stands in its place, 0 where not, -1 where nobody can tell.");
  const ofRegister = registerGauges(gauge);
  const ofFleet = fleetGauges(gauge);

  function tell(vitals: Vitals): void {
    const { register, adapters, canary, at } = vitals;
    const read = "unreadable" in register ? null : register;
    readable.set(read === null ? 0 : 1);
    leading.set(vitals.leading === true ? 1 : 0);
    put(goodTick, vitals.lastGoodTick);
    skew.reset();
    for (const adapter of adapters) {
      connected.set({ adapter: adapter.name }, adapter.connected ? 1 : 0);
      if (adapter.skew !== null) skew.set({ adapter: adapter.name }, adapter.skew);
    }
    const since = canary?.deliveredAt ?? null;
    put(canaryAge, canary === null ? null : since === null ? Number.POSITIVE_INFINITY : secondsBetween(since, at));
    put(canaryBack, canary === null ? null : (canary.readBack ?? -1));
    ofRegister(read, vitals);
    ofFleet(vitals);
  }

  return {
    contentType: registry.contentType,
    ticked(facts) {
      // One that stands by asks once a second whether it may lead: that is no tick.
      if (!facts.leading && !facts.failed) return;
      tickSeconds.observe(facts.seconds);
      looked.inc(facts.looked);
      said.inc(facts.said);
      if (facts.failed) ticksFailed.inc();
    },
    posted(adapter, outcome, seconds) {
      posts.inc({ adapter, result: outcome });
      postSeconds.observe({ adapter }, seconds);
    },
    async page(vitals) {
      tell(vitals);
      return registry.metrics();
    },
  };
}

/** Absent where one process alone can serve the register. */
function fleetGauges(gauge: (name: string, help: string, labelNames?: readonly string[]) => Gauge) {
  const processes = gauge("fleet_processes", "Processes on the register: alive, or lost within the last hour.", ["state"]);
  const messages = gauge("fleet_messages", "Messages that wait for a process to take them, or are being posted by one.", ["state"]);
  return ({ fleet }: Vitals): void => {
    processes.reset();
    messages.reset();
    if (fleet === null) return;
    processes.set({ state: "alive" }, fleet.alive);
    processes.set({ state: "lost" }, fleet.lost);
    messages.set({ state: "waiting" }, fleet.waiting);
    messages.set({ state: "under-way" }, fleet.underWay);
  };
}

/** The gauges that are read from the register; absent, not stale, where it cannot be read. */
function registerGauges(gauge: (name: string, help: string, labelNames?: readonly string[]) => Gauge) {
  const events = gauge("ledger_events", "Events in the register.");
  const headAge = gauge("chain_head_age_seconds", "Since the last event was recorded; absent in an empty register.");
  const matters = gauge("matters", "Matters by state, by the last look at each.", ["state"]);
  const unwatched = gauge("unwatched_matters", "Matters that no place watches.");
  const places = gauge("places", "Places that have settings.");
  const watches = gauge("watches", "Watches of all places.");
  const deliveries = gauge("deliveries", "Deliveries by outcome; claimed ones are under way.", ["outcome"]);
  const oldest = gauge(
    "oldest_unposted_delivery_seconds",
    "Since when the oldest delivery waits that is neither delivered nor given up; 0 for none.",
  );
  return (read: RegisterVitals | null, { at }: Vitals): void => {
    matters.reset();
    deliveries.reset();
    put(events, read?.events ?? null);
    put(headAge, read === null || read.recordedAt === null ? null : secondsBetween(read.recordedAt, at));
    put(unwatched, read?.unwatched ?? null);
    put(places, read?.places ?? null);
    put(watches, read?.watches ?? null);
    const { oldestWaiting = null, ...outcomes } = read?.deliveries ?? {};
    put(oldest, read === null ? null : oldestWaiting === null ? 0 : secondsBetween(oldestWaiting, at));
    for (const [state, count] of read?.states ?? []) matters.set({ state }, count);
    for (const [outcome, count] of Object.entries(outcomes)) deliveries.set({ outcome }, count);
  };
}

/** A gauge without a value is left out of the page. */
function put(gauge: Gauge, value: number | null): void {
  if (value === null) gauge.remove();
  else gauge.set(value);
}
