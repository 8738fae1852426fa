/** Told again after so many milliseconds, then after twice as many, and so on. */
const FIRST = 60_000;
const MOST = 3_600_000;

/** What a log is to say of something that went wrong. */
export interface Wrong {
  readonly error: string;
  /** How often by now for this reason; absent the first time. */
  readonly times?: number;
}

/** When something that is tried again and again, and goes wrong, is to be told. */
export interface ToldSeldom {
  /** It went wrong once more: what is to be told, and null where it was told lately. */
  again(error: unknown): Wrong | null;
  /** It went well: whatever is wrong next is told at once. */
  over(): void;
}

/**
 * A reason is told at once, then after a minute, two, four and so on up to an hour, with how often it happened. `stopwatch` answers milliseconds.
 */
export function toldSeldom(stopwatch: () => number): ToldSeldom {
  let told: string | null = null;
  let pause = 0;
  let saidAt = 0;
  let times = 0;
  return {
    again(error) {
      const reason = error instanceof Error ? error.message : String(error);
      times = reason === told ? times + 1 : 1;
      if (reason === told && stopwatch() - saidAt < pause) return null;
      pause = reason === told ? Math.min(2 * pause, MOST) : FIRST;
      told = reason;
      saidAt = stopwatch();
      return { error: described(error), ...(times === 1 ? {} : { times }) };
    },
    over() {
      told = null;
    },
  };
}

/** What somebody has put in words has a cause, and stands as it is; a fault of ours is told with its stack. */
function described(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? error.message : (error.stack ?? error.message);
}
