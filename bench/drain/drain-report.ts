import { ratios, type Spread, spreadOf } from "../figures.ts";
import type { Promised, Report } from "../report.ts";
import { CONTESTANTS, type Entry } from "./contestants.ts";

const TIMES_PEER = 2;
const SHARE_OF_LIMIT = 0.7;

/** The milliseconds of each contestant, round by round, as deliveries a second, and how ours stand beside the best peer and the limit. */
export function drainReport(times: ReadonlyMap<string, readonly number[]>, due: number): Report {
  const rates = new Map([...times].map(([name, took]) => [name, took.map((milliseconds) => (due / milliseconds) * 1000)]));
  const ours = rates.get(fastest(rates, "ours"))!;
  const [peer, limit] = [fastest(rates, "peer"), fastest(rates, "limit")];
  const besidePeer = spreadOf(ratios(ours, rates.get(peer)!));
  const besideLimit = spreadOf(ratios(ours, rates.get(limit)!));
  const promises: readonly Promised[] = [
    {
      promise: `at least ${TIMES_PEER} times the best durable peer`,
      found: `${spread(besidePeer)} times ${peer}`,
      kept: besidePeer.median >= TIMES_PEER,
    },
    {
      promise: `at least ${SHARE_OF_LIMIT * 100} % of the limit`,
      found: `${percents(besideLimit)} of ${limit}`,
      kept: besideLimit.median >= SHARE_OF_LIMIT,
    },
  ];
  const table = [
    ["", "a second", "least", "most", "seconds", "Curewatch is"],
    ...[...rates].map(([name, all]) => {
      const { min, median, max } = spreadOf(all);
      const beside = spreadOf(ratios(ours, all)).median;
      return [name, ...[median, min, max].map((rate) => Math.round(rate).toString()), (due / median).toFixed(2), `${beside.toFixed(2)} x`];
    }),
  ];
  const data = {
    due,
    deliveriesPerSecond: Object.fromEntries(rates),
    besidePeer: { peer, ...besidePeer },
    besideLimit: { limit, ...besideLimit },
  };
  return { title: `Draining ${due} due reminders, each durably claimed and settled`, table, promises, data };
}

/** The one of that kind with the highest median. */
function fastest(rates: ReadonlyMap<string, readonly number[]>, as: Entry["as"]): string {
  const names = [...rates.keys()].filter((name) => CONTESTANTS[name]?.as === as);
  return names.reduce((best, name) => (spreadOf(rates.get(name)!).median > spreadOf(rates.get(best)!).median ? name : best));
}

function spread({ min, median, max }: Spread): string {
  return `${median.toFixed(2)} (${min.toFixed(2)} to ${max.toFixed(2)})`;
}

function percents({ min, median, max }: Spread): string {
  const [low, middle, high] = [min, median, max].map((share) => Math.round(share * 100));
  return `${middle} % (${low} to ${high})`;
}
