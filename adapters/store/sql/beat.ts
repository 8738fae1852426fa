import pg from "pg";
import { stopwatch, systemClock } from "../../../src/time/clock.ts";
import { millisecondsOf } from "../../../src/time/instant.ts";
import { codeOf, READ_ONLY } from "./errors-postgres.ts";
import { DURABLE, LIMITS, leaveWhenSilent, PIPELINED, socketOf } from "./pool-postgres.ts";

/** The channel on which the processes of one database tell each other what to look at. */
export const CHANNEL = "curewatch";

/** How often it is said that this process lives, in milliseconds. */
export const EVERY = 500;
/** An answer that takes longer is none: the connection may be half open, and another is made. */
const PATIENCE = 2_000;
/** One that has said nothing for so long by its own clocks must ask before it acts. Less than LOST by as much as a post may take to begin. */
const FRESH = 2_000;
/** One that has not been seen for so long by the database's clock is lost, and its lead free: of five seconds two are left to go on in, however busy the machine. */
export const LOST = 3_000;

export type Ask = (text: string, bound: readonly unknown[]) => Promise<readonly Record<string, unknown>[]>;

/** The pulse of this process: a connection and a timer of its own, that nothing else can keep waiting. */
export interface Beat {
  /** Whether the database has heard of this process so lately that nobody can have taken it for lost. */
  fresh(): boolean;
  /** For how long it has been heard without a gap, in milliseconds; 0 where it is not now. */
  steadyFor(): number;
  /** Says it now, after what is being said. False where it could not be said. */
  now(): Promise<boolean>;
  /** Why it could not be said the last time; null where it was. */
  trouble(): string | null;
  /** Asks something on the same connection, in turn, without waiting for the answers to what was asked before. */
  ask: Ask;
  close(): Promise<void>;
}

export interface Pulse {
  /** What is said each time. */
  say(ask: Ask): Promise<void>;
  /** Told what others say on the channel; and null when something may have been missed, as the connection was made anew. */
  heard(notice: string | null): void;
  /** Told of each time that it could be said, and of each that it could not. */
  said(well: boolean): void;
}

interface Moment {
  readonly steady: number;
  readonly wall: number;
}

/**
 * Begins at once. A connection that breaks, or does not answer for two seconds, is given up and made anew at the next beat. Where answers are long on
 * their way, it is said again before they have come: what counts is how often it is heard over there, not how long it takes to hear so.
 */
export function openBeat(config: pg.ClientConfig, { say, heard, said }: Pulse): Beat {
  let client: pg.Client | null = null;
  let heardAt: Moment | null = null;
  let steadySince: number | null = null;
  let making: Promise<pg.Client> | null = null;
  /** What was asked last: the others are answered before it. */
  let last: Promise<unknown> = Promise.resolve();
  const waits = new WeakMap<pg.Client, ReturnType<typeof waitOn>>();
  const madeAt = new WeakMap<pg.Client, number>();
  let isClosed = false;
  let beating: Promise<boolean> | null = null;
  let trouble: string | null = null;

  async function made(): Promise<pg.Client> {
    const one = new pg.Client({
      ...config,
      keepAlive: true,
      connectionTimeoutMillis: LIMITS.connect,
      // One that others are answered before may take longer: see `waits`.
      query_timeout: 0,
      statement_timeout: PATIENCE,
      ...PIPELINED,
    });
    leaveWhenSilent(one, PATIENCE);
    const gone = () => {
      if (client === one) client = null;
    };
    one.on("error", gone);
    one.on("end", gone);
    one.on("notification", ({ payload }) => heard(payload ?? ""));
    waits.set(one, waitOn(one));
    try {
      await one.connect();
      await answered(one, `listen ${CHANNEL}; ${DURABLE}`);
    } catch (error) {
      drop(one);
      throw error;
    }
    madeAt.set(one, stopwatch());
    client = one;
    heard(null);
    return one;
  }

  async function answered(on: pg.Client, text: string, bound?: readonly unknown[]): Promise<pg.QueryResult> {
    const wait = waits.get(on)!;
    wait(1);
    try {
      return await on.query(text, bound && [...bound]);
    } finally {
      wait(-1);
    }
  }

  function connected(): Promise<pg.Client> {
    making ??= made().finally(() => {
      making = null;
    });
    return making;
  }

  /** Not waited for: a half-open connection would not answer to its end either. */
  function drop(one: pg.Client): void {
    if (client === one) client = null;
    void one.end().catch(() => undefined);
  }

  async function askOnce(text: string, bound: readonly unknown[]): Promise<readonly Record<string, unknown>[]> {
    if (isClosed) throw new Error("the connection is closed");
    const on = client ?? (await connected());
    try {
      return (await answered(on, text, bound)).rows as readonly Record<string, unknown>[];
    } catch (error) {
      if (isSpent(on, error)) drop(on);
      throw error;
    }
  }

  /**
   * The server's own refusals leave the connection whole. But a session stays read-only, whose database was that when it was begun: another one may
   * write again. One is made at each beat, not at each refusal.
   */
  function isSpent(on: pg.Client, error: unknown): boolean {
    if (!(error instanceof pg.DatabaseError)) return true;
    return codeOf(error) === READ_ONLY && stopwatch() - (madeAt.get(on) ?? 0) >= EVERY;
  }

  const ask: Ask = (text, bound) => {
    const asked = askOnce(text, bound);
    last = asked.catch(() => undefined);
    return asked;
  };

  async function beatOnce(): Promise<boolean> {
    // What counts is when it was sent: the answer may come late, as after a sleep.
    const sent = moment();
    let well = false;
    try {
      await say(ask);
      const gap = heardAt === null ? 0 : Math.max(sent.steady - heardAt.steady, Math.abs(sent.wall - heardAt.wall));
      if (steadySince === null || gap > FRESH) steadySince = sent.steady;
      heardAt = sent;
      well = true;
      trouble = null;
    } catch (error) {
      // The next one tries again.
      trouble = reasonOf(error);
    }
    said(well);
    return well;
  }

  function beat(): Promise<boolean> {
    const begun = beatOnce().finally(() => {
      if (beating === begun) beating = null;
    });
    beating = begun;
    return begun;
  }

  // What waits for a connection is said as soon as there is one.
  const timer = setInterval(() => void (isClosed || (client === null && beating !== null) || beat()), EVERY);

  function fresh(): boolean {
    if (heardAt === null) return false;
    const { steady, wall } = moment();
    // A machine that slept may have stopped one of its clocks.
    return steady - heardAt.steady < FRESH && Math.abs(wall - heardAt.wall) < FRESH;
  }

  return {
    fresh,
    steadyFor: () => (fresh() && steadySince !== null ? stopwatch() - steadySince : 0),
    now: async () => {
      const before = beating;
      await before;
      // One that was begun since, for whoever asked at the same time, is as good.
      return beating ?? beat();
    },
    trouble: () => trouble,
    ask,
    async close() {
      clearInterval(timer);
      await beating;
      await last;
      isClosed = true;
      const ending = client;
      client = null;
      // The server ends the session and what it holds; a connection that no longer answers is not waited for.
      if (ending !== null)
        await Promise.race([ending.end().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, PATIENCE).unref())]);
    },
  };
}

/**
 * Told of each question more that waits and of each that waits no more. Ends a connection on which none is answered for so long: it may be half
 * open. What others say on the channel is no answer.
 */
function waitOn(client: pg.Client): (change: 1 | -1) => void {
  let waiting = 0;
  let timer: NodeJS.Timeout | undefined;
  return (change) => {
    waiting += change;
    if (change === 1 && waiting > 1) return;
    clearTimeout(timer);
    if (waiting > 0) timer = setTimeout(() => socketOf(client).destroy(new Error("Query read timeout")), PATIENCE);
  };
}

/** Several addresses of one name fail together, and the error that holds them says nothing itself. */
function reasonOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === "") return error.errors.map(reasonOf).join(", ");
  return error instanceof Error ? error.message : String(error);
}

function moment(): Moment {
  return { steady: stopwatch(), wall: millisecondsOf(systemClock.now()) };
}
