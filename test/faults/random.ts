/** Numbers from a seed: the same seed, the same run (mulberry32). */
export interface Random {
  /** From 0, below 1. */
  next(): number;
  /** A whole number below the bound. */
  below(bound: number): number;
  chance(of: number): boolean;
  one<T>(of: readonly T[]): T;
}

export function randomOf(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (bound: number) => Math.floor(next() * bound);
  return { next, below, chance: (of) => next() < of, one: (of) => of[below(of.length)]! };
}
