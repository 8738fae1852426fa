import type { PgBoss } from "pg-boss";
import type { Crew } from "../../../src/ports/fleet.ts";
import type { Probe } from "../../../src/ports/probe.ts";
import { type Clock, stopwatch } from "../../../src/time/clock.ts";
import type { Beat } from "./beat.ts";
import { queueKnown } from "./boss.ts";
import { type Carried, type Ended, putBack, settleCarried, stillCarried } from "./carried.ts";
import type { Database } from "./engine.ts";
import { PACKED } from "./fleet-packs.ts";
import { heldBy, NOTHING, type Taken, takeJobs, Unserved } from "./fleet-taking.ts";
import { inDoubt, unposted } from "./fleet-unposted.ts";
import { firstWrong, type WorkerFaults, workerFaults } from "./worker-faults.ts";

/** Posted at once by one process. */
const MOST = 64;
/** What has ended within so many milliseconds of each other is written down together, or as soon as it is so much. */
const TOGETHER = 10;
const ENOUGH = MOST;
/** After the database failed. */
const AGAIN = 500;

/** Takes messages that are to be posted, posts them and settles what came of them. */
export interface Worker {
  /** There may be something to take. */
  wake(): void;
  /** Takes nothing more; returns when all that was taken is settled. */
  drain(): Promise<void>;
  readonly stuck: WorkerFaults["stuck"];
}

export interface WorkerHost {
  readonly db: Database;
  readonly boss: PgBoss;
  /** Whose messages are taken: the register's own. */
  readonly queue: string;
  readonly process: string;
  readonly beat: Pick<Beat, "fresh" | "now" | "steadyFor">;
  readonly clock: Clock;
  readonly probe: Probe;
  /** Who posts for which desk. */
  readonly crews: ReadonlyMap<string, Crew>;
}

/** A job that is taken, and how many of its messages are not settled. */
interface Held {
  readonly id: string;
  readonly retryCount: number;
  left: number;
}

export function openWorker({ db, boss, queue, process, beat, clock, probe, crews }: WorkerHost): Worker {
  const held = new Map<string, Held>();
  /** How many messages they have. */
  let count = 0;
  /** Desks that this process does not serve, as it has learned: their messages are for the others. */
  const unserved = new Set<string>();
  let ended: Ended[] = [];
  /** A transaction is under way. */
  let isTurning = false;
  /** There may be something to take. */
  let isWanted = false;
  let isDraining = false;
  let isStrange = false;
  /** The last transaction failed: what has ended is settled by itself, whatever keeps messages from being taken. */
  let isUnwell = false;
  let timer: NodeJS.Timeout | undefined;
  let quiet: (() => void) | null = null;
  const faults = workerFaults(() => crews.values().next().value?.log, stopwatch);

  /** After a transaction of which it is not known whether it was recorded: what this process has without knowing was not begun. */
  async function putStrangeBack(): Promise<void> {
    await db.transaction().execute(async (tx) => {
      const strange = (await heldBy(tx, queue, process)).filter((job) => !held.has(job));
      await putBack(tx, { boss, queue }, strange, "It was not posted: the connection to the database was lost.", clock.now());
    });
    isStrange = false;
  }

  /** One transaction: what came of messages is written down, and as many jobs are taken as there is room for then. */
  async function settleAndTake(some: readonly Ended[], jobs: number): Promise<Taken> {
    await queueKnown(boss, queue);
    if (jobs > 0 && isStrange) await putStrangeBack();
    if (jobs > 0) isStrange = true;
    const taking = { boss, queue, process, serves: (desk: string) => crews.has(desk), unserved };
    const taken = await db.transaction().execute(async (tx) => {
      const settling = some.length > 0 ? settleCarried(tx, taking, some, overWith(some), clock.now()) : undefined;
      // Neither waits for the answer to the other. Both are over before the transaction is: what one would say after that would be said outside of it.
      const both = await Promise.allSettled([settling, jobs > 0 ? takeJobs(tx, taking, jobs) : NOTHING]);
      const wrong = firstWrong(both);
      if (wrong !== null) throw wrong.reason;
      return (both[1] as PromiseFulfilledResult<Taken>).value;
    });
    if (jobs > 0) isStrange = false;
    return taken;
  }

  /** The jobs of which nothing is left when these are settled. */
  function overWith(some: readonly Ended[]): readonly Held[] {
    const settled = Map.groupBy(some, ({ carried: { job } }) => job);
    return [...settled].flatMap(([job, of]) => (held.get(job)!.left === of.length ? [held.get(job)!] : []));
  }

  function settled(some: readonly Ended[]): void {
    count -= some.length;
    for (const { carried } of some) {
      const of = held.get(carried.job)!;
      of.left -= 1;
      if (of.left === 0) held.delete(of.id);
    }
  }

  function take({ messages, over }: Taken, since: number): void {
    count += messages.length;
    for (const { job, retryCount } of messages) {
      const of = held.get(job);
      if (of === undefined) held.set(job, { id: job, retryCount, left: 1 });
      else of.left += 1;
    }
    const isSure = isHeard(since);
    for (const one of messages) {
      if (over.has(one))
        finish({ carried: one, settled: unposted(one, "It was settled while it waited to be posted.", clock), isBack: true });
      else void carry(one, since, isSure);
    }
  }

  function turn(): void {
    if (isTurning) return;
    for (const desk of unserved) if (crews.has(desk)) unserved.delete(desk);
    const some = ended;
    const mayTake = !isDraining && crews.size > 0 && !(isUnwell && some.length > 0);
    // What was settled makes room, and has been waited for by the next message of its place.
    const room = mayTake && (isWanted || some.length > 0) ? Math.floor((MOST - count + some.length) / PACKED) : 0;
    if (room === 0 && some.length === 0) return;
    isTurning = true;
    if (room > 0) isWanted = false;
    ended = [];
    clearTimeout(timer);
    const since = stopwatch();
    const tried = { isTaking: room > 0 };
    void settleAndTake(some, room)
      .then((taken) => {
        isUnwell = false;
        faults.ended(tried);
        settled(some);
        take(taken, since);
        isWanted ||= taken.isMore;
        return 0;
      })
      .catch((error: unknown) => {
        // Settled twice is settled once: what is not known to be written is written again.
        ended = [...some, ...ended];
        isWanted = true;
        if (error instanceof Unserved) {
          for (const desk of error.desks) unserved.add(desk);
          isStrange = false;
          return 0;
        }
        isUnwell = true;
        faults.failed(tried, error);
        return AGAIN;
      })
      .then((pause) => {
        isTurning = false;
        if (pause > 0) timer = setTimeout(turn, pause);
        else if (isEnough() || (isWanted && count === 0)) turn();
        else if (isWanted || ended.length > 0) timeSettling();
        end();
      });
  }

  function wake(): void {
    isWanted = true;
    // Whoever has messages under way takes others as soon as some of them have ended: all would ask at once for the same few.
    if (count === 0) turn();
    else timeSettling();
  }

  function isHeard(since: number): boolean {
    return beat.fresh() && beat.steadyFor() >= stopwatch() - since;
  }

  /** After a sleep others may have taken this process for lost, and the message for theirs, though it is heard again by now. */
  async function isMine(carried: Carried, since: number): Promise<boolean> {
    if (isHeard(since)) return true;
    return (await beat.now()) && stillCarried(db, carried).catch(() => false);
  }

  /** `since`: before it was taken. `isSure`: it has been heard from then until now. */
  async function carry(carried: Carried, since: number, isSure: boolean): Promise<void> {
    probe("job-fetched");
    const mayGoOn = () => isMine(carried, since);
    const mine = isSure || (await mayGoOn());
    const crew = crews.get(carried.desk);
    const settled =
      mine && crew !== undefined
        ? await crew.post(carried.parcel, mayGoOn).catch(() => inDoubt(carried, clock))
        : unposted(carried, "The program was not awake in time to post it.", clock);
    if (mine) probe("worker-posted");
    finish({ carried, settled });
  }

  function finish(one: Ended): void {
    ended.push(one);
    if (isEnough()) turn();
    else timeSettling();
  }

  /** So much has ended that it is written down at once. */
  function isEnough(): boolean {
    return ended.length >= ENOUGH || (ended.length > 0 && count === ended.length);
  }

  let isTimed = false;
  function timeSettling(): void {
    if (isTimed) return;
    isTimed = true;
    setTimeout(() => {
      isTimed = false;
      turn();
    }, TOGETHER);
  }

  function end(): void {
    if (isDraining && !isTurning && count === 0) quiet?.();
  }

  return {
    wake,
    async drain() {
      isDraining = true;
      const over = new Promise<void>((resolve) => {
        quiet = resolve;
      });
      end();
      await over;
    },
    stuck: faults.stuck,
  };
}
