import type { Log } from "../ports/chat.ts";

/** What the heartbeat needs to know of a tick. */
interface Ticked {
  readonly failed: boolean;
  /** Null where it cannot be told. */
  readonly leading: boolean | null;
}

/** Tells a dead-man's switch elsewhere that all is well, as long as it is: the switch raises the alarm when it hears nothing. */
export interface Heartbeat {
  ticked(facts: Ticked): void;
  /** What is done after each interval. */
  beat(): Promise<void>;
  stop(): Promise<void>;
}

export interface HeartbeatOptions {
  /** Never logged: such addresses are secrets. */
  readonly url: string;
  readonly seconds: number;
  readonly log: Log;
  /** Throws what stands in the way of writing. */
  canWrite(): Promise<void>;
  /** Workspaces whose installation this process cannot read. */
  sealed(): Promise<number>;
  /** Milliseconds that only ever grow. */
  readonly stopwatch: () => number;
  readonly fetch: typeof fetch;
}

/** How long the switch may take to answer, in milliseconds. */
const PATIENCE = 10_000;
/** A tick comes at least once a minute, wherever in a short interval that falls. */
const TICK_WITHIN = 75_000;

/**
 * Beats after each interval in which a tick of this process ended well while it led, if the register can be written and every installation read
 * then. A process that stands
 * by does not beat: the one that leads does.
 */
export function startHeartbeat(options: HeartbeatOptions): Heartbeat {
  const { log, stopwatch, seconds } = options;
  const within = Math.max(seconds * 1000, TICK_WITHIN);
  const stopping = new AbortController();
  let lastGood: number | null = null;
  let standsBy = false;
  let underWay: Promise<void> | null = null;
  let complaint: string | null = null;

  /** The same complaint is made once. */
  function complain(text: string | null): void {
    if (text !== null && text !== complaint) log.warn({}, text);
    if (text === null && complaint !== null) log.info({}, "the heartbeat goes out again");
    complaint = text;
  }

  async function beatOnce(): Promise<void> {
    if (standsBy) return complain(null);
    if (lastGood === null || stopwatch() - lastGood > within) return complain("no heartbeat: no tick has ended well lately");
    try {
      await options.canWrite();
      if ((await options.sealed()) > 0) return complain("no heartbeat: this process lacks the key of an installation");
    } catch (error) {
      return complain(`no heartbeat: the register cannot be written: ${(error as Error).message}`);
    }
    if (!stopping.signal.aborted) complain(await send(options, stopping.signal));
  }

  function beat(): Promise<void> {
    underWay ??= beatOnce().finally(() => {
      underWay = null;
    });
    return underWay;
  }

  // It does not keep a process alive.
  const timer = setInterval(() => void beat(), seconds * 1000).unref();
  return {
    ticked({ failed, leading }) {
      standsBy = leading === false;
      // One that failed takes back what the one before it had proved.
      lastGood = leading === true && !failed ? stopwatch() : null;
    },
    beat,
    async stop() {
      clearInterval(timer);
      stopping.abort();
      await underWay;
    },
  };
}

/** Null when it was heard, else what was wrong, without the address. */
async function send({ url, fetch }: HeartbeatOptions, stopping: AbortSignal): Promise<string | null> {
  try {
    const signal = AbortSignal.any([AbortSignal.timeout(PATIENCE), stopping]);
    const response = await fetch(url, { redirect: "manual", signal });
    await response.body?.cancel();
    return response.ok ? null : `the dead-man's switch answered ${response.status}`;
  } catch (error) {
    if (stopping.aborted) return null;
    const { name, cause } = error as Error;
    const code = (cause as NodeJS.ErrnoException | undefined)?.code;
    return `the dead-man's switch could not be reached: ${name === "TimeoutError" ? "no answer within 10 seconds" : (code ?? name)}`;
  }
}
