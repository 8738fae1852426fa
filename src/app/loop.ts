import { schedule } from "node-cron";
import { canaryBasis, canaryDue, canaryNext } from "../alerts/canary.ts";
import { freshMemory } from "../alerts/delivery.ts";
import { nextDigest } from "../alerts/digest-days.ts";
import type { Single } from "../alerts/messages.ts";
import { privateIndex } from "../alerts/private-index.ts";
import { type RulebookParts, rulebook, rulebookParts } from "../alerts/rulebook.ts";
import { type Ticked, type TickHost, tick } from "../alerts/tick.ts";
import { canaryCard } from "../cards/canary-card.ts";
import type { ChatAdapter, Place } from "../ports/chat.ts";
import type { MatterIndex } from "../ports/matter-index.ts";
import { stopwatch } from "../time/clock.ts";
import { type Instant, millisecondsOf } from "../time/instant.ts";
import { adapterOf, type Desk } from "./answer.ts";
import { retentionMessages } from "./retention-message.ts";

/** Who is told how it goes. */
export interface LoopWatch {
  ticked(facts: {
    readonly seconds: number;
    readonly looked: number;
    readonly said: number;
    readonly failed: boolean;
    readonly leading: boolean;
  }): void;
  posted(adapter: string, outcome: "delivered" | "later" | "never" | "unknown", seconds: number): void;
}

export interface Loop {
  /** Looks at once, after what is under way. */
  nudge(): void;
  /** Nothing new is begun; returns when what is under way is settled. */
  stop(): Promise<void>;
}

const UNWATCHED: LoopWatch = { ticked: () => undefined, posted: () => undefined };
/** What another process wrote is found within that time. */
const POLL = 1_000;
/** So often it is tried whether the register can be written. */
const WRITE_CHECK = 20_000;

/** Nothing is looked at more often than that, whatever goes wrong. */
const LEAST = 5;

/**
 * Delivers, one tick at a time: at once, at the very moment at which something falls due, when nudged, once a second for what another process has
 * written, and by the clock each minute whatever else may fail. Only while this process leads; else it waits to take over.
 */
export function startLoop(desk: Desk, adapters: readonly ChatAdapter[], watch: LoopWatch = UNWATCHED): Loop {
  desk.running.adapters = adapters;
  let stopping = false;
  let leading = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> | null = null;
  let isAgain = false;
  let writtenAt = Number.NEGATIVE_INFINITY;
  const host = tickHost(desk, () => stopping, watch.posted);
  const alone = terminalAlone(adapters);

  /** A register that cannot be written is told of while nothing is due, too: when something is, it is late to hear of it. */
  async function mustWrite(): Promise<void> {
    if (stopwatch() - writtenAt < WRITE_CHECK) return;
    await desk.store.canWrite();
    writtenAt = stopwatch();
  }

  async function once(): Promise<number> {
    const began = stopwatch();
    const seconds = () => (stopwatch() - began) / 1000;
    try {
      // Asked each time: a lead whose file was replaced is lost.
      if (!(await desk.store.lead(alone))) {
        leading = false;
        watch.ticked({ seconds: seconds(), looked: 0, said: 0, failed: false, leading });
        return POLL;
      }
      if (!leading) await takeOver(desk, alone);
      leading = true;
      await mustWrite();
      const ticked = await tick(host);
      const pause = await pauseAfter(desk, host.index, ticked);
      watch.ticked({ seconds: seconds(), looked: ticked.looked, said: ticked.said.length, failed: false, leading });
      return pause;
    } catch (error) {
      watch.ticked({ seconds: seconds(), looked: 0, said: 0, failed: true, leading });
      throw error;
    }
  }

  function run(): void {
    if (stopping) return;
    if (underWay !== null) {
      isAgain = true;
      return;
    }
    clearTimeout(timer);
    isAgain = false;
    underWay = once()
      .catch((error: unknown) => {
        desk.log.error({ error: error instanceof Error ? error.stack : String(error) }, "a tick failed");
        return POLL;
      })
      .then((pause) => {
        underWay = null;
        if (!stopping) timer = setTimeout(run, isAgain ? 0 : pause);
      });
  }

  const nudge = () => {
    host.memory.hurried = true;
    // What a person has set wakes matters in the register's own table: a terminal looks at its own.
    if (alone !== undefined) void host.index.wake("all");
    run();
  };
  desk.running.nudge = nudge;
  const task = schedule("* * * * *", run, { noOverlap: true });
  run();
  return {
    nudge,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      desk.running.nudge = () => undefined;
      desk.probe("in-shutdown");
      await task.destroy();
      await underWay;
      desk.running.adapters = [];
    },
  };
}

/** The name of the terminal where nothing else is served: it delivers to itself, whoever delivers to the platforms. */
function terminalAlone(adapters: readonly ChatAdapter[]): string | undefined {
  return adapters.length === 1 && adapters[0]!.name === "console" ? "console" : undefined;
}

/**
 * What a process that is no more left in doubt is tried at once. Everything is looked at where other rules may have moved it, or where places are
 * reached now that the one before did not reach.
 */
export async function takeOver({ store, clock, log, running }: Desk, alone: string | undefined): Promise<void> {
  const left = await store.deliveries.abandon(clock.now(), alone);
  if (left > 0)
    log.warn({ deliveries: left }, "the process before ended while it was posting: what nobody can tell is said again, and says so");
  if (alone !== undefined) return;
  const unreached = (await store.subscriptions.all()).filter(({ place }) => adapterOf({ running }, place) === null);
  if (unreached.length > 0)
    log.warn({ places: unreached.length }, "some places belong to a platform that is not served here: nothing is said there");
  const known = store.state("desk");
  const lookedBy = lookedByOf(running.adapters);
  if ((await known.get("looked-by")) === lookedBy) return;
  await store.index.wake("all");
  await known.set(`rulebook ${rulebook()}`, rulebookParts());
  await known.set("looked-by", lookedBy);
}

/** By which rules, and for which platforms, matters were looked at. */
export function lookedByOf(adapters: readonly ChatAdapter[]): string {
  return [rulebook(), ...adapters.map(({ name }) => name).sort()].join(" ");
}

/** What a tick works with at this desk. */
export function tickHost(desk: Desk, stopping: () => boolean, posted?: TickHost["posted"]): TickHost {
  const { store, register, clock, log, probe, language, zone, operations, canary, sights } = desk;
  const { deliveries, subscriptions, attention, people, liveCards, access } = store;
  const index = terminalAlone(desk.running.adapters) === undefined ? store.index : privateIndex(register);
  const operationsPlace = async () => ((await store.state("desk").get("operations")) as Place | undefined) ?? operations;
  const reviews = retentionMessages(desk, operationsPlace);
  return {
    ...{ register, deliveries, subscriptions, attention, people, index, liveCards, clock, log, probe, sights, access },
    seen: store.state("sights"),
    memory: freshMemory(),
    house: { language, zone },
    alone: terminalAlone(desk.running.adapters) !== undefined,
    stopping,
    pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
    adapterOf: (place) => adapterOf(desk, place),
    direct: (person) => adapterOf(desk, person)?.direct(person) ?? null,
    rulebookOf: async (id) => ((await store.state("desk").get(`rulebook ${id}`)) as RulebookParts | undefined) ?? null,
    operations: operationsPlace,
    own: async (now, head) => [...(canary === null ? [] : canarySingle(desk, canary, now, head)), ...(await reviews(now, head))],
    consent: { proposals: store.proposals, trail: store.trail, access, announcesSince: store.announcesSince },
    ...(posted === undefined ? {} : { posted }),
  };
}

function canarySingle({ language, zone }: Desk, place: Place, now: Instant, head: string): readonly Single[] {
  const due = canaryDue(place, zone, now);
  if (due === null) return [];
  const basis = canaryBasis(due, head, rulebook());
  return [{ place, language, due: { key: due.key, basis }, card: () => canaryCard(language, { at: now, zone }) }];
}

/** Until the next thing falls due, in milliseconds; never longer than others may have to wait for what they wrote. */
async function pauseAfter({ store, clock, canary, zone }: Desk, index: MatterIndex, { again }: Ticked): Promise<number> {
  const now = clock.now();
  const digests = (await store.subscriptions.all()).map((settings) => nextDigest(settings, now));
  const moments = [again, await index.nextWake(), canary === null ? null : canaryNext(zone, now), ...digests];
  const waits = moments.flatMap((at) => (at === null ? [] : [millisecondsOf(at) - millisecondsOf(now)]));
  return Math.max(again === now ? 0 : LEAST, Math.min(POLL, ...waits));
}
