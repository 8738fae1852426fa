import { canaryNext } from "../alerts/canary.ts";
import { nextDigest } from "../alerts/digest-days.ts";
import { hurryAfterAll } from "../alerts/live-cards.ts";
import { restAsWaiting } from "../alerts/pace.ts";
import { postParcel } from "../alerts/post-one.ts";
import { type Ticked, tick } from "../alerts/tick.ts";
import type { ChatAdapter } from "../ports/chat.ts";
import { LeadLost, LeadUnknown } from "../ports/fleet.ts";
import type { MatterIndex } from "../ports/matter-index.ts";
import { stopwatch } from "../time/clock.ts";
import { millisecondsOf } from "../time/instant.ts";
import type { Desk } from "./answer.ts";
import { eachMinute } from "./each-minute.ts";
import { tickFaults } from "./tick-faults.ts";
import { fleetOf, takeOver, terminalAlone, tickHost } from "./tick-host.ts";

/** Who is told how it goes. */
export interface LoopWatch {
  ticked(facts: {
    readonly seconds: number;
    readonly looked: number;
    readonly said: number;
    readonly failed: boolean;
    /** Null where it cannot be told who leads. */
    readonly leading: boolean | null;
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
 * written, and by the clock each minute whatever else may fail. Only while this process leads; else it waits to take over. Where several processes
 * serve the register, each posts what the leader hands out.
 */
export function startLoop(desk: Desk, adapters: readonly ChatAdapter[], watch: LoopWatch = UNWATCHED): Loop {
  desk.running.adapters = adapters;
  let stopping = false;
  let leading = false;
  let timer: NodeJS.Timeout | undefined;
  let underWay: Promise<void> | null = null;
  let isAgain = false;
  let writtenAt = Number.NEGATIVE_INFINITY;
  let unknown: string | null = null;
  const alone = terminalAlone(adapters);
  const fleet = fleetOf(desk);
  const faults = tickFaults(desk.log, stopwatch);
  // A leader that has slept may not be one any more: it begins nothing before it has asked.
  const host = tickHost(desk, () => stopping || fleet?.leads() === false, watch.posted);

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
      const isLeading = await desk.store.lead(alone);
      unknown = null;
      if (!isLeading) {
        leading = false;
        watch.ticked({ seconds: seconds(), looked: 0, said: 0, failed: false, leading });
        return POLL;
      }
      if (!leading) await takeOver(desk, alone);
      if (!leading && fleet !== null) restAsWaiting(host, await desk.store.deliveries.waiting());
      if (!leading) host.memory.cuts += 1;
      leading = true;
      await mustWrite();
      const ticked = await tick(host);
      const pause = await pauseAfter(desk, host.index, ticked);
      watch.ticked({ seconds: seconds(), looked: ticked.looked, said: ticked.said.length, failed: false, leading });
      return pause;
    } catch (error) {
      if (error instanceof LeadUnknown) return standBy(error, seconds());
      if (error instanceof LeadLost) leading = false;
      watch.ticked({ seconds: seconds(), looked: 0, said: 0, failed: !(error instanceof LeadLost), leading });
      if (error instanceof LeadLost) return POLL;
      throw error;
    }
  }

  /** The same reason is told once. */
  function standBy({ message }: LeadUnknown, seconds: number): number {
    leading = false;
    if (message !== unknown) desk.log.warn({ reason: message }, "who leads cannot be told, so nothing is delivered from here meanwhile");
    unknown = message;
    watch.ticked({ seconds, looked: 0, said: 0, failed: false, leading: null });
    return POLL;
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
      .then((pause) => {
        faults.ended();
        return pause;
      })
      .catch((error: unknown) => {
        faults.failed(error);
        return POLL;
      })
      .then((pause) => {
        underWay = null;
        if (stopping) return;
        minutes.look();
        timer = setTimeout(run, isAgain ? 0 : pause);
      });
  }

  const nudge = () => {
    if (!leading) fleet?.nudge();
    hurry();
  };
  const hurry = () => {
    host.memory.hurried = true;
    // What a person has set wakes matters in the register's own table: a terminal looks at its own.
    if (alone !== undefined) void host.index.wake("all");
    run();
    void hurryAfterAll(host)
      .then((late) => late && run())
      .catch((error: unknown) => desk.log.error({ err: error }, "cards could not be hurried"));
  };
  desk.running.nudge = nudge;
  const leave = fleet?.serve({
    post: (parcel, mayGoOn) => postParcel(host, parcel, mayGoOn),
    nudged(acted) {
      if (acted) return hurry();
      host.memory.cuts += 1;
      run();
    },
    log: desk.log,
  });
  const minutes = eachMinute(desk.clock, run);
  run();
  return {
    nudge,
    async stop() {
      stopping = true;
      clearTimeout(timer);
      desk.running.nudge = () => undefined;
      desk.probe("in-shutdown");
      await minutes.stop();
      await underWay;
      await leave?.();
      desk.running.adapters = [];
    },
  };
}

/** Until the next thing falls due, in milliseconds; never longer than others may have to wait for what they wrote. */
async function pauseAfter({ store, clock, canary, zone }: Desk, index: MatterIndex, { again }: Ticked): Promise<number> {
  const now = clock.now();
  const digests = (await store.subscriptions.all()).map((settings) => nextDigest(settings, now));
  const moments = [again, await index.nextWake(), canary === null ? null : canaryNext(zone, now), ...digests];
  const waits = moments.flatMap((at) => (at === null ? [] : [millisecondsOf(at) - millisecondsOf(now)]));
  return Math.max(again === now ? 0 : LEAST, Math.min(POLL, ...waits));
}
