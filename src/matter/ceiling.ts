import type { Finding } from "../law/finding.ts";
import { money, parseDecimal } from "../law/money.ts";
import { parseUnit } from "../law/unit.ts";
import type { PenaltyFacts } from "./facts.ts";
import type { MatterFold } from "./fold.ts";
import { minorOf } from "./meter.ts";

/** No month has more days: a rate for months is above a daily ceiling for certain only above that many of it. */
const MONTH_DAYS = 31n;

/** Rates above what the law allows the authority, whatever the order says: a warning, since the order may be wrong and its figures stand. */
export function ceilingFindings(
  penalty: PenaltyFacts,
  steps: readonly { readonly rate: string }[],
  matter: MatterFold,
): readonly Finding[] {
  return [...perDay(penalty, steps, matter), ...ofTurnover(penalty, matter)];
}

function perDay(penalty: PenaltyFacts, steps: readonly { readonly rate: string }[], matter: MatterFold): readonly Finding[] {
  const { authority, currency, facts } = matter;
  const simplified = facts.procedure === "simplified" && authority.ceilingPerDaySimplified !== undefined;
  const text = simplified ? authority.ceilingPerDaySimplified : authority.ceilingPerDay;
  const days = daysOf(penalty);
  if (text === undefined || days === null || currency !== authority.currency) return [];
  const ceiling = minorOf(text, currency);
  const rates = [penalty.rate, ...(penalty.steps ?? []).map(({ rate }) => rate), ...steps.map(({ rate }) => rate)];
  const units = BigInt(penalty.per === "unit-day" ? (penalty.units ?? 1) : 1);
  const above = rates.some((rate) => rate !== undefined && rate !== "unknown" && minorOf(rate, currency) * units > ceiling * days);
  return above ? [{ code: simplified ? "above-ceiling-simplified" : "above-ceiling", args: { ceiling: money(ceiling, currency) } }] : [];
}

/** How many days a rate pays for at most; null where it pays for something else. */
function daysOf({ per }: PenaltyFacts): bigint | null {
  const unit = parseUnit(per)!;
  if (unit.kind === "period") return BigInt(unit.months) * MONTH_DAYS + BigInt(unit.days);
  return unit.kind === "day" || unit.kind === "unit-day" ? 1n : null;
}

function ofTurnover({ turnover }: PenaltyFacts, { authority }: MatterFold): readonly Finding[] {
  const ceiling = parseDecimal(authority.ceilingTurnoverPercent ?? "");
  const percent = turnover === undefined ? null : parseDecimal(turnover.percent);
  if (ceiling === null || percent === null || percent.over * ceiling.under <= ceiling.over * percent.under) return [];
  return [{ code: "above-ceiling-percent", args: { percent: turnover!.percent, ceiling: authority.ceilingTurnoverPercent! } }];
}
