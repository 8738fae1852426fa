/** Several measurements of one thing. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  return { min: sorted[0]!, median: percentile(sorted, 50), max: sorted.at(-1)! };
}

/** Of values in ascending order: the middle one for 50 (between the two middle ones, half way), else the nearest rank. */
export function percentile(sorted: readonly number[], percent: number): number {
  if (sorted.length === 0) throw new RangeError("nothing was measured");
  if (percent === 50) return (sorted[Math.floor((sorted.length - 1) / 2)]! + sorted[Math.ceil((sorted.length - 1) / 2)]!) / 2;
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)]!;
}

/** One pair a round, so that a machine whose speed drifts slows both of a pair. */
export function ratios(one: readonly number[], other: readonly number[]): readonly number[] {
  if (one.length !== other.length) throw new RangeError("rounds do not pair");
  return one.map((value, round) => value / other[round]!);
}
