import { sql } from "kysely";
import type { PgBoss } from "pg-boss";
import type { Settled } from "../../../src/ports/delivery-log.ts";
import type { Crew, Parcel } from "../../../src/ports/fleet.ts";
import type { Probe } from "../../../src/ports/probe.ts";
import { type Clock, stopwatch } from "../../../src/time/clock.ts";
import type { Beat } from "./beat.ts";
import { amid } from "./boss.ts";
import { type Carried, heldBy, noteCarrier, putBack, settleCarried, stillCarried } from "./carried.ts";
import type { Database, Writing } from "./engine.ts";

/** Posted at once by one process. */
const MOST = 64;
/** What has ended within so many milliseconds of each other is written down together, or as soon as it is so much. */
const TOGETHER = 10;
const ENOUGH = MOST;
/** After the database failed. */
const AGAIN = 500;

/**
 * Mostly no job waits, and so few the database counts on when it plans how to fetch: where hundreds wait it would compare each with each, unless
 * it may not.
 */
const FEW = sql`set local enable_nestloop = off`;
const MANY = sql`set local enable_nestloop to default`;

/** Takes messages that are to be posted, posts them and settles what came of them. */
export interface Worker {
  /** There may be something to take. */
  wake(): void;
  /** Takes nothing more; returns when all that was taken is settled. */
  drain(): Promise<void>;
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

interface Ended {
  readonly carried: Carried;
  readonly settled: readonly Settled[];
}

interface Taken {
  /** Of which nothing is settled yet. */
  readonly open: readonly Carried[];
  /** All that were asked for came, and there may be others. */
  readonly isMore: boolean;
}

const NOTHING: Taken = { open: [], isMore: false };

/** What a job holds: the desk, and the parcel as text, since the database's own JSON takes less than a message may hold. */
export interface JobData {
  readonly desk: string;
  readonly parcel: string;
}

export function openWorker({ db, boss, queue, process, beat, clock, probe, crews }: WorkerHost): Worker {
  /** Jobs that are taken and not settled. */
  const held = new Set<string>();
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

  /** In one transaction it is taken and known who has it: whatever happens in between, it is either nobody's or this process's. */
  async function takeSome(tx: Writing, room: number): Promise<Taken> {
    const jobs = await boss.fetch<JobData>(queue, { batchSize: room, ignoreGroups: [...unserved], db: amid(tx, [FEW], [MANY]) });
    const taken = jobs.map(({ id, retryCount, data }) => ({
      job: id,
      retryCount,
      desk: data.desk,
      parcel: JSON.parse(data.parcel) as Parcel,
    }));
    const strange = taken.filter(({ desk }) => !crews.has(desk));
    if (strange.length > 0) {
      for (const { desk } of strange) unserved.add(desk);
      throw new Unserved();
    }
    const open = taken.length === 0 ? [] : await noteCarrier(tx, taken, process);
    const over = taken.filter((one) => !open.includes(one));
    // Another way was found to settle it, in part at least.
    await putBack(
      tx,
      { boss, queue },
      over.map(({ job }) => job),
      "It was settled while it waited to be posted.",
      clock.now(),
    );
    return { open, isMore: jobs.length === room };
  }

  /** After a transaction of which it is not known whether it was recorded: what this process has without knowing was not begun. */
  async function putStrangeBack(): Promise<void> {
    await db.transaction().execute(async (tx) => {
      const strange = (await heldBy(tx, process)).filter((job) => !held.has(job));
      await putBack(tx, { boss, queue }, strange, "It was not posted: the connection to the database was lost.", clock.now());
    });
    isStrange = false;
  }

  /** One transaction: what came of messages is written down, and as many others are taken as there is room for then. */
  async function settleAndTake(some: readonly Ended[], room: number): Promise<Taken> {
    if (room > 0 && isStrange) await putStrangeBack();
    if (room > 0) isStrange = true;
    const taken = await db.transaction().execute(async (tx) => {
      if (some.length > 0) await settleCarried(tx, { boss, queue }, some, process, clock.now());
      return room > 0 ? takeSome(tx, room) : NOTHING;
    });
    if (room > 0) isStrange = false;
    return taken;
  }

  function turn(): void {
    if (isTurning) return;
    for (const desk of unserved) if (crews.has(desk)) unserved.delete(desk);
    const some = ended;
    const mayTake = !isDraining && crews.size > 0 && !(isUnwell && some.length > 0);
    // What was settled makes room, and has been waited for by the next message of its place.
    const room = mayTake && (isWanted || some.length > 0) ? MOST - held.size + some.length : 0;
    if (room === 0 && some.length === 0) return;
    isTurning = true;
    if (room > 0) isWanted = false;
    ended = [];
    clearTimeout(timer);
    const since = stopwatch();
    void settleAndTake(some, room)
      .then(({ open, isMore }) => {
        isUnwell = false;
        for (const { carried } of some) held.delete(carried.job);
        for (const one of open) held.add(one.job);
        for (const one of open) void carry(one, since);
        isWanted ||= isMore;
        return 0;
      })
      .catch((error: unknown) => {
        // Settled twice is settled once: what is not known to be written is written again. Whoever else uses the database says what is wrong with it.
        ended = [...some, ...ended];
        isWanted = true;
        if (error instanceof Unserved) {
          isStrange = false;
          return 0;
        }
        isUnwell = true;
        return AGAIN;
      })
      .then((pause) => {
        isTurning = false;
        if (pause > 0) timer = setTimeout(turn, pause);
        else if (isWanted || isEnough()) turn();
        else if (ended.length > 0) timeSettling();
        end();
      });
  }

  function wake(): void {
    isWanted = true;
    if (held.size < MOST) turn();
  }

  /** After a sleep others may have taken this process for lost, and the message for theirs, though it is heard again by now. */
  async function isMine(carried: Carried, since: number): Promise<boolean> {
    if (beat.fresh() && beat.steadyFor() >= stopwatch() - since) return true;
    return (await beat.now()) && stillCarried(db, carried, process).catch(() => false);
  }

  /** `since`: before it was taken. */
  async function carry(carried: Carried, since: number): Promise<void> {
    probe("job-fetched");
    const mayGoOn = () => isMine(carried, since);
    const mine = await mayGoOn();
    const crew = crews.get(carried.desk);
    const settled =
      mine && crew !== undefined
        ? await crew.post(carried.parcel, mayGoOn).catch(() => inDoubt(carried, clock))
        : notPosted(carried, clock);
    if (mine) probe("worker-posted");
    ended.push({ carried, settled });
    if (isEnough()) turn();
    else timeSettling();
  }

  /** So much has ended that it is written down at once. */
  function isEnough(): boolean {
    return ended.length >= ENOUGH || (ended.length > 0 && held.size === ended.length);
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
    if (isDraining && !isTurning && held.size === 0) quiet?.();
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
  };
}

class Unserved extends Error {}

/** Nobody can have seen it: this process has not begun. */
function notPosted({ parcel }: Carried, clock: Clock): readonly Settled[] {
  const shared = { reason: "The program was not awake in time to post it.", notBefore: clock.now() };
  return parcel.dues.map(({ key, doubts }) => ({
    key,
    outcome: doubts > 0 ? { kind: "unknown", ...shared, doubts } : { kind: "later", ...shared },
  }));
}

/** A bug of ours: it may have been shown. */
function inDoubt({ parcel }: Carried, clock: Clock): readonly Settled[] {
  const shared = { kind: "unknown", reason: "internal fault", notBefore: clock.now() } as const;
  return parcel.dues.map(({ key, doubts }) => ({ key, outcome: { ...shared, doubts: doubts + 1 } }));
}
