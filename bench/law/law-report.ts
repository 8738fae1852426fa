import { ratios, spreadOf } from "../figures.ts";
import type { Promised, Report, Row } from "../report.ts";

type Times = ReadonlyMap<string, readonly number[]>;

/** Ours first; what is promised against each of the others. */
export interface Against {
  readonly name: string;
  /** At least so many times our speed, or, for a limit, at most so many times its time. */
  readonly least?: number;
  readonly most?: number;
}

export function lawReport(title: string, times: Times, ours: string, against: readonly Against[], data: object): Report {
  const table: Row[] = [["", "median, ns", "least", "most", "times ours"]];
  for (const [name, took] of times) {
    const { min, median, max } = spreadOf(took);
    table.push([
      name,
      ...[median, min, max].map((one) => Math.round(one).toLocaleString("en")),
      figure(spreadOf(ratios(took, times.get(ours)!)).median),
    ]);
  }
  const promises = against.map(({ name, least, most }): Promised => {
    const { min, median, max } = spreadOf(
      least === undefined ? ratios(times.get(ours)!, times.get(name)!) : ratios(times.get(name)!, times.get(ours)!),
    );
    const found = `${figure(median)} times (${figure(min)} to ${figure(max)} by round)`;
    if (least !== undefined) return { promise: `at least ${least} times as fast as ${name}`, found, kept: median >= least };
    return { promise: `at most ${most} times the time of ${name}`, found, kept: median <= most! };
  });
  return { title, table, promises, data: { ...data, nanoseconds: Object.fromEntries(times) } };
}

function figure(value: number): string {
  return value >= 100 ? Math.round(value).toLocaleString("en") : value.toFixed(value >= 10 ? 1 : 2);
}
