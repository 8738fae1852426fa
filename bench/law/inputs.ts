import { addDays, type Day, day } from "../../src/time/day.ts";

/** The same inputs for everybody, drawn from a printed seed. */
export const SEED = 20_261_122;

/** Numbers from 0 up to 1 (Mulberry32). */
export function drawn(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const FIRST = day("2020-01-01");
const SPREAD = 3_650;

/** Days of ten years. */
export function daysDrawn(count: number): readonly Day[] {
  const next = drawn(SEED);
  return Array.from({ length: count }, () => addDays(FIRST, Math.floor(next() * SPREAD)));
}

/** A month end in every tenth of them, where months are short of a day. */
export function monthEndsAmong(days: readonly Day[]): readonly Day[] {
  return days.map((one, index) => (index % 10 === 0 ? (`${one.slice(0, 4)}-0${[1, 3, 5, 7, 8][index % 5]}-31` as Day) : one));
}
