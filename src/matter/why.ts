import { type Meter, rateOn, run } from "../law/accrual.ts";
import type { Finding, Step } from "../law/finding.ts";
import { money } from "../law/money.ts";
import { addDays, type Day } from "../time/day.ts";
import { foldMatter } from "./fold.ts";
import type { Matter } from "./history.ts";
import { meterOf, minorOf } from "./meter.ts";
import type { Standing } from "./standing-types.ts";

/** How a sum came to be: from the first day of delay, through what did not count, to rate times units and the cap. */
export function explainMeter(meter: Meter, through: Day, currency: string): readonly Step[] {
  const first = addDays(meter.expiry, 1);
  if (through < first) return [{ code: "nothing-yet", args: { first }, day: first }];
  const steps: Step[] = [{ code: "first-day", args: { day: first }, day: first }];
  steps.push({ code: `counting-${countingOf(meter)}`, args: {} });
  for (const { from, to } of meter.pauses) {
    if (from > through) continue;
    steps.push(to === null ? { code: "paused-open", args: { from }, day: from } : { code: "paused", args: { from, to }, day: from });
  }
  if (meter.stop !== null && meter.stop < through) steps.push({ code: "stopped", args: { day: meter.stop }, day: meter.stop });
  const ran = run(meter, through);
  const end = meter.stop !== null && meter.stop < through ? meter.stop : through;
  if (meter.turnover !== null) {
    const { annual, percentOver, percentUnder, year } = meter.turnover;
    const percent = Number(percentOver) / Number(percentUnder);
    steps.push({ code: "turnover", args: { annual: money(annual, currency), percent, year, units: ran.units } });
  } else if (meter.steps.some(({ from }) => from > meter.expiry && from <= end)) {
    steps.push(...segments(meter, end, currency));
  } else {
    const rate = rateOn(meter, first);
    steps.push(
      rate === null
        ? { code: "rate-unknown", args: { units: ran.units } }
        : { code: "units-times-rate", args: { units: ran.units, rate: money(rate, currency) } },
    );
  }
  if (ran.capReached !== null) steps.push({ code: `cap-${ran.cap ?? "amount"}`, args: { day: ran.capReached }, day: ran.capReached });
  if (ran.amount !== null) steps.push({ code: "sum-through", args: { sum: money(ran.amount, currency), day: through }, day: through });
  return steps;
}

function countingOf({ counting, per }: Meter): string {
  if (per.kind === "violation") return "violations";
  if (per.kind === "period") return counting === "started" ? "started" : "completed";
  return counting === "exclusive-last" || counting === "exclusive-first" ? counting : "inclusive";
}

/** One line for each rate that was in force. */
function segments(meter: Meter, end: Day, currency: string): readonly Step[] {
  const steps: Step[] = [];
  const starts = [addDays(meter.expiry, 1), ...meter.steps.map(({ from }) => from).filter((from) => from > meter.expiry && from <= end)];
  const open = { ...meter, caps: { ...meter.caps, amount: null, perYear: null } };
  for (const [index, from] of starts.entries()) {
    const next = starts[index + 1];
    const to = next === undefined ? end : addDays(next, -1);
    const units = run(open, to).units - run(open, addDays(from, -1)).units;
    const rate = rateOn(meter, from);
    if (rate !== null) steps.push({ code: "segment", args: { from, to, units, rate: money(rate, currency) }, day: from });
  }
  return steps;
}

/** Why an item stands where it does on a day: its clock, its meter, and what the authority has fixed. */
export function explainItem(
  matter: Matter,
  standing: Standing,
  id: string,
): { readonly steps: readonly Step[]; readonly findings: readonly Finding[] } {
  const fold = foldMatter(matter, standing.through);
  const folded = fold.items.find((item) => item.id === id)!;
  const item = standing.items.find((one) => one.id === id)!;
  const facts = fold.facts.items!.find((one) => one.id === id)!;
  const steps: Step[] = [...item.steps];
  for (const { event } of fold.events) {
    const concerns = event.item === undefined || event.item === id;
    if (concerns && (event.type === "extended" || event.type === "stayed" || event.type === "resumed")) {
      steps.push({ code: `why-${event.type}`, args: { day: event.on }, day: event.on, ...sourceOf(event) });
    }
  }
  if (item.expiry !== null && steps.at(-1)?.day !== item.expiry)
    steps.push({ code: "expiry", args: { day: item.expiry }, day: item.expiry });
  const meter = facts.penalty === undefined ? null : meterOf(facts.penalty, folded, fold.currency);
  const withheld = item.units === null;
  if (meter !== null && !withheld) steps.push(...explainMeter(meter, standing.through, fold.currency));
  for (const { from, to, fixed, amount, ref, annulled } of folded.liquidations) {
    const args = { from, to, amount: money(minorOf(fixed, fold.currency), fold.currency), ref: ref ?? "" };
    steps.push({ code: ref === null ? "liquidated-window" : "liquidated-window-ref", args });
    if (annulled) steps.push({ code: "liquidation-annulled", args: {} });
    else if (amount !== fixed)
      steps.push({ code: "liquidation-reduced", args: { sum: money(minorOf(amount, fold.currency), fold.currency) } });
  }
  if (item.open !== null && folded.liquidations.length > 0) steps.push({ code: "open-outside", args: { sum: item.open } });
  return { steps, findings: item.assumptions };
}

function sourceOf(event: { readonly source?: string | undefined }): { source?: string } {
  return event.source === undefined ? {} : { source: event.source };
}
