import pg from "pg";
import { stopwatch, systemClock } from "../../../src/time/clock.ts";
import { millisecondsOf } from "../../../src/time/instant.ts";
import { DURABLE } from "./pool-postgres.ts";

/** The channel on which the processes of one database tell each other what to look at. */
export const CHANNEL = "curewatch";

/** How often it is said that this process lives, in milliseconds. */
const EVERY = 500;
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
  /** Asks something on the same connection, in turn. */
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

/** Begins at once. A connection that breaks, or does not answer for two seconds, is given up and made anew at the next beat. */
export function openBeat(config: pg.ClientConfig, { say, heard, said }: Pulse): Beat {
  let client: pg.Client | null = null;
  let heardAt: Moment | null = null;
  let steadySince: number | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  let isClosed = false;
  let beating: Promise<boolean> | null = null;
  let trouble: string | null = null;

  async function connected(): Promise<pg.Client> {
    if (client !== null) return client;
    const made = new pg.Client({
      ...config,
      keepAlive: true,
      connectionTimeoutMillis: PATIENCE,
      query_timeout: PATIENCE,
      statement_timeout: PATIENCE,
    });
    const gone = () => {
      if (client === made) client = null;
    };
    made.on("error", gone);
    made.on("end", gone);
    made.on("notification", ({ payload }) => heard(payload ?? ""));
    try {
      await made.connect();
      await made.query(`listen ${CHANNEL}; ${DURABLE}`);
    } catch (error) {
      drop(made);
      throw error;
    }
    client = made;
    heard(null);
    return made;
  }

  /** Not waited for: a half-open connection would not answer to its end either. */
  function drop(one: pg.Client): void {
    if (client === one) client = null;
    void one.end().catch(() => undefined);
  }

  const ask: Ask = (text, bound) => {
    const asked = turn.then(async () => {
      if (isClosed) throw new Error("the connection is closed");
      const on = await connected();
      try {
        return (await on.query(text, [...bound])).rows as readonly Record<string, unknown>[];
      } catch (error) {
        // The server's own refusals leave the connection whole.
        if (!(error instanceof pg.DatabaseError)) drop(on);
        throw error;
      }
    });
    turn = asked.catch(() => undefined);
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
    beating ??= beatOnce().finally(() => {
      beating = null;
    });
    return beating;
  }

  const timer = setInterval(() => void (isClosed || beat()), EVERY);

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
      await beating;
      return beat();
    },
    trouble: () => trouble,
    ask,
    async close() {
      clearInterval(timer);
      await beating;
      await turn;
      isClosed = true;
      const last = client;
      client = null;
      // The server ends the session and what it holds; a connection that no longer answers is not waited for.
      if (last !== null)
        await Promise.race([last.end().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, PATIENCE).unref())]);
    },
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
