import { ratios, type Spread, spreadOf } from "../figures.ts";
import type { Promised, Report } from "../report.ts";
import { OURS } from "./deliverers.ts";

const SHARE = 0.7;

/** Number of processes -> contestant -> the milliseconds of each round. */
export type Times = ReadonlyMap<number, ReadonlyMap<string, readonly number[]>>;

/** As deliveries a second, and how ours stand beside the quickest pg-boss with as many processes. */
export function deliveriesReport(times: Times, due: number): Report {
  const found = [...times].map(([count, took]) => {
    const rates = new Map([...took].map(([name, all]) => [name, all.map((milliseconds) => (due / milliseconds) * 1000)]));
    const peer = [...rates.keys()]
      .filter((name) => name !== OURS)
      .reduce((best, name) => (median(rates, name) > median(rates, best) ? name : best));
    return { count, rates, peer, beside: spreadOf(ratios(rates.get(OURS)!, rates.get(peer)!)) };
  });
  const table = [
    ["", "processes", "a second", "least", "most", "Curewatch is"],
    ...found.flatMap(({ count, rates }) =>
      [...rates].map(([name, all]) => {
        const { min, median: middle, max } = spreadOf(all);
        const beside = spreadOf(ratios(rates.get(OURS)!, all)).median;
        return [name, String(count), ...[middle, min, max].map((rate) => Math.round(rate).toString()), `${beside.toFixed(2)} x`];
      }),
    ),
  ];
  const promises: readonly Promised[] = found.map(({ count, peer, beside }) => ({
    promise: `${count} ${count === 1 ? "process" : "processes"}: at least ${SHARE} of pg-boss alone`,
    found: `${spread(beside)} of ${peer}`,
    kept: beside.median >= SHARE,
  }));
  const data = {
    due,
    deliveries: found.map(({ count, rates, peer, beside }) => ({ processes: count, aSecond: Object.fromEntries(rates), peer, beside })),
  };
  return { title: `Delivering ${due} messages by several processes on one PostgreSQL`, table, promises, data };
}

function median(rates: ReadonlyMap<string, readonly number[]>, name: string): number {
  return spreadOf(rates.get(name)!).median;
}

function spread({ min, median: middle, max }: Spread): string {
  return `${middle.toFixed(2)} (${min.toFixed(2)} to ${max.toFixed(2)})`;
}
