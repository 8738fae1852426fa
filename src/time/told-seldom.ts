/** Told again after so many milliseconds, then after twice as many, and so on. */
const FIRST = 60_000;
const MOST = 3_600_000;

/** When something that is tried again and again, and goes wrong, is to be told. */
export interface ToldSeldom {
  /** It went wrong once more: how often by now for this reason where that is to be told, and null where it was told lately. */
  again(reason: string): number | null;
  /** It went well: whatever is wrong next is told at once. */
  over(): void;
}

/** A reason is told at once, then after a minute, two, four and so on up to an hour. `stopwatch` answers milliseconds. */
export function toldSeldom(stopwatch: () => number): ToldSeldom {
  let told: string | null = null;
  let pause = 0;
  let saidAt = 0;
  let times = 0;
  return {
    again(reason) {
      times = reason === told ? times + 1 : 1;
      if (reason === told && stopwatch() - saidAt < pause) return null;
      pause = reason === told ? Math.min(2 * pause, MOST) : FIRST;
      told = reason;
      saidAt = stopwatch();
      return times;
    },
    over() {
      told = null;
    },
  };
}
