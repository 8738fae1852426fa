import { type Arg, isRefusal } from "../law/finding.ts";
import { parseAmount, parseDecimal } from "../law/money.ts";
import { parseUnit, type Unit } from "../law/unit.ts";
import type { Day } from "../time/day.ts";
import type { FiledMatter, PenaltyFacts } from "./facts.ts";

type Path = readonly (string | number)[];

export type Report = (path: readonly (string | number)[], code: string, args?: Readonly<Record<string, Arg>>) => void;

/** Whether a decimal is nothing, however many digits it has. */
export function isZero(text: string | undefined): boolean {
  return text !== undefined && /^0+(\.0+)?$/.test(text);
}

/** A sum that its currency can hold, or unknown. */
export function checkAmount(text: string, currency: string, path: readonly (string | number)[], report: Report): void {
  if (text === "unknown") return;
  const minor = parseAmount(text, currency);
  if (isRefusal(minor)) report(path, minor.refused, minor.args);
}

/** What a schema cannot tell of a penalty: which fields go with its unit, sums in their currency, rates and ends in a possible order. */
export function checkPenalty(penalty: PenaltyFacts, currency: string, decided: Day | null, at: Path, report: Report): void {
  checkRate(penalty, currency, at, report);
  checkCounting(penalty, at, report);
  checkCap(penalty, currency, decided, at, report);
  const { per, steps } = penalty;
  if (per === "turnover-day" && (steps?.length ?? 0) > 0) report([...at, "steps"], "turnover-has-no-rate");
  for (const [index, step] of (steps ?? []).entries()) {
    checkAmount(step.rate, currency, [...at, "steps", index, "rate"], report);
    if (decided !== null && step.from < decided) report([...at, "steps", index, "from"], "step-before-order", { day: step.from, decided });
    if (index > 0 && step.from <= steps![index - 1]!.from)
      report([...at, "steps", index, "from"], "steps-out-of-order", { day: step.from });
  }
}

function checkRate({ rate, per, turnover, units }: PenaltyFacts, currency: string, at: Path, report: Report): void {
  if (per === "turnover-day") {
    if (rate !== undefined) report([...at, "rate"], "rate-and-turnover");
    if (turnover === undefined) report([...at, "turnover"], "turnover-needed");
  } else {
    if (rate === undefined) report([...at, "rate"], "rate-needed");
    else if (isZero(rate)) report([...at, "rate"], "rate-zero");
    else checkAmount(rate, currency, [...at, "rate"], report);
    if (turnover !== undefined) report([...at, "turnover"], "turnover-only-turnover-day");
  }
  if (turnover !== undefined) {
    checkAmount(turnover.annual, currency, [...at, "turnover", "annual"], report);
    if (isZero(turnover.annual)) report([...at, "turnover", "annual"], "turnover-zero");
    const fault = percentFault(turnover.percent);
    if (fault !== null) report([...at, "turnover", "percent"], fault, { got: turnover.percent });
  }
  if (per === "unit-day" && units === undefined) report([...at, "units"], "units-needed");
  if (per !== "unit-day" && units !== undefined) report([...at, "units"], "units-only-unit-day");
}

/** Why a share of turnover cannot be that; null where it can. */
export function percentFault(text: string): "percent-zero" | "percent-over-100" | null {
  const percent = parseDecimal(text);
  if (percent === null) return null;
  if (percent.over === 0n) return "percent-zero";
  return percent.over > 100n * percent.under ? "percent-over-100" : null;
}

function checkCounting({ per, counting }: PenaltyFacts, at: Path, report: Report): void {
  const code = countingFault(parseUnit(per)!, counting);
  if (code !== null) report([...at, "counting"], code, { got: counting! });
}

/** Why a unit cannot be counted so; null where it can. Violations and lump sums are neither days nor periods. */
export function countingFault(
  unit: Unit,
  counting: PenaltyFacts["counting"],
): "counting-for-periods" | "counting-for-days" | "counting-needs-time" | null {
  if (counting === undefined || counting === "inclusive") return null;
  if (unit.kind === "violation" || unit.kind === "once") return "counting-needs-time";
  const forPeriods = counting === "completed" || counting === "started";
  if (unit.kind === "period") return forPeriods ? null : "counting-for-periods";
  return forPeriods ? "counting-for-days" : null;
}

function checkCap({ cap }: PenaltyFacts, currency: string, decided: Day | null, at: Path, report: Report): void {
  if (cap === undefined) return;
  for (const key of ["amount", "perYear"] as const)
    if (isZero(cap[key])) report([...at, "cap", key], "cap-zero");
    else if (cap[key] !== undefined) checkAmount(cap[key], currency, [...at, "cap", key], report);
  for (const key of ["amount", "gain"] as const)
    if (cap.higherOf !== undefined) checkAmount(cap.higherOf[key], currency, [...at, "cap", "higherOf", key], report);
  // Of the two one may be nothing: the other is the cap then.
  if (isZero(cap.higherOf?.amount) && isZero(cap.higherOf?.gain)) report([...at, "cap", "higherOf"], "cap-zero");
  if (cap.until !== undefined && decided !== null && cap.until < decided)
    report([...at, "cap", "until"], "cap-until-before-decided", { day: cap.until, decided });
}

/** A cap in common names items that are there, each once, and each with a penalty of its own. */
export function checkJointCap({ jointCap, items = [] }: FiledMatter, currency: string, report: Report): void {
  if (jointCap === undefined) return;
  checkAmount(jointCap.amount, currency, ["jointCap", "amount"], report);
  if (isZero(jointCap.amount)) report(["jointCap", "amount"], "cap-zero");
  for (const [index, id] of jointCap.items.entries()) {
    const at = ["jointCap", "items", index];
    const item = items.find((one) => one.id === id);
    if (item === undefined) report(at, "item-unknown", { item: id, items: items.map((one) => one.id) });
    else if (item.penalty === undefined) report(at, "no-meter", { item: id });
    if (jointCap.items.indexOf(id) < index) report(at, "id-twice", { id });
  }
}
