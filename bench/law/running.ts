import { type Meter, run } from "../../src/law/accrual.ts";
import { orderPauses } from "../../src/law/pauses.ts";
import { addDays, type Day, day } from "../../src/time/day.ts";
import { ratios, spreadOf } from "../figures.ts";
import type { Progress } from "../progress.ts";
import type { Report } from "../report.ts";
import { dayLoop } from "./day-loop.ts";
import { drawn, SEED } from "./inputs.ts";
import { lawReport } from "./law-report.ts";
import { agree, type Contender, timed } from "./timing.ts";

interface Question {
  readonly meter: Meter;
  readonly through: Day;
}

const EXPIRY = day("2020-01-31");
const [WEEK, TWO_YEARS, HUNDRED_YEARS] = [7, 730, 36_525];
const OURS = "Curewatch";
const NAIVE = "a loop over the days";
/** A hundred years may cost so many times what a week costs, and be called the same. */
const SAME = 1.5;

/** Daily penalties with two steps, two stays and a cap by amount that is far or near, asked about a day so many days after the expiry. */
function questions(days: number): readonly Question[] {
  const next = drawn(SEED + days);
  const within = () => addDays(EXPIRY, 1 + Math.floor(next() * days));
  return Array.from({ length: 200 }, (_, index) => {
    const steps = [within(), within()].sort().map((from, step) => ({ from, rate: BigInt(20_000 - step * 5_000) }));
    const stays = [within(), within()].map((from) => ({ from, to: addDays(from, Math.floor((next() * days) / 10)) }));
    const caps = { amount: BigInt(days) * (index % 4 === 0 ? 5_000n : 50_000n), units: null, until: null, perYear: null };
    const rest = {
      rate: 10_000n,
      per: { kind: "day" },
      multiplier: 1,
      turnover: null,
      counting: "inclusive",
      stop: null,
      violations: [],
    } as const;
    const meter: Meter = {
      ...rest,
      expiry: EXPIRY,
      caps,
      steps: steps[0]!.from === steps[1]!.from ? steps.slice(1) : steps,
      pauses: orderPauses(EXPIRY, stays),
    };
    return { meter, through: addDays(EXPIRY, days) };
  });
}

function ours(name: string, asked: readonly Question[]): Contender<Question, string> {
  return {
    name,
    questions: asked,
    answer({ meter, through }) {
      const { units, amount, capReached } = run(meter, through);
      return `${units} ${amount} ${capReached}`;
    },
  };
}

/** A running total with a cap, stays and steps, against a loop over the days; and whether it costs more when there are more of them. */
export async function running(rounds: number, _ending: unknown, progress: Progress): Promise<Report> {
  progress.now("law: running totals");
  const [few, usual, many] = [questions(WEEK), questions(TWO_YEARS), questions(HUNDRED_YEARS)];
  const naive = (asked: readonly Question[]): Contender<Question, string> => ({
    name: NAIVE,
    questions: asked,
    answer: ({ meter, through }) => dayLoop(meter, through),
  });
  const compared = [few, usual, many].reduce((sum, asked) => sum + agree([ours(OURS, asked), naive(asked)]), 0);
  const [ofWeek, ofCentury] = [`${OURS}, a week`, `${OURS}, a hundred years`];
  const times = timed([ours(OURS, usual), naive(usual), ours(ofWeek, few), ours(ofCentury, many)], rounds);
  const title = `What has run in two years with a cap, stays and steps; ${compared} sums compared, none differs, seed ${SEED}`;
  const report = lawReport(title, times, OURS, [{ name: NAIVE, least: 50 }], { compared, seed: SEED });
  const { median, min, max } = spreadOf(ratios(times.get(ofCentury)!, times.get(ofWeek)!));
  const found = `${median.toFixed(2)} times (${min.toFixed(2)} to ${max.toFixed(2)} by round)`;
  const promise = `a hundred years at most ${SAME} times what a week costs`;
  return { ...report, promises: [...report.promises, { promise, found, kept: median <= SAME }] };
}
