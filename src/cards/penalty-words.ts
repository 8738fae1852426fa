import type { Regime } from "../law/catalogue.ts";
import type { Money } from "../law/money.ts";
import type { ItemFacts, PenaltyFacts } from "../matter/facts.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import { type Day, yearOf } from "../time/day.ts";
import type { Language } from "../time/wording.ts";
import { amountsHidden } from "./amounts.ts";
import { periodText } from "./periods.ts";
import { isKey, type Key, say } from "./say.ts";

/** The item as the matter's file has it. */
export function itemFacts(standing: Standing, item: ItemStanding): ItemFacts | null {
  return standing.facts.items?.find(({ id }) => id === item.id) ?? null;
}

function keyOf(kind: "per" | "per-short" | "per-started" | "count", per: string): Key {
  const key = `${kind}.${per}`;
  return isKey(key) ? key : `${kind}.period`;
}

/** for each day of delay, for each completed week of delay … */
export function perText(language: Language, penalty: Pick<PenaltyFacts, "per" | "counting">): string {
  const started = `per-started.${penalty.per}`;
  const kind = penalty.counting === "started" && (isKey(started) || penalty.per.startsWith("P")) ? "per-started" : "per";
  return say(language, keyOf(kind, penalty.per), { period: periodText(language, penalty.per) });
}

/** a day, a week … */
export function perShort(language: Language, per: string): string {
  return say(language, keyOf("per-short", per), { period: periodText(language, per) });
}

/** 46 days, 3 weeks … */
export function countText(language: Language, per: string, units: number): string {
  return say(language, keyOf("count", per), { n: units });
}

/** The rate that will run: that of the first day of delay, before which a step may replace today's; null where there is no penalty. */
export function rateThen({ firstRate, rate }: ItemStanding): ItemStanding["rate"] {
  return firstRate ?? rate;
}

/** EUR 150, or 5 % of the average daily turnover; null where it is unknown. */
export function rateText(language: Language, penalty: PenaltyFacts | null, rate: Money | null): string | null {
  if (penalty?.per === "turnover-day" && penalty.turnover !== undefined) {
    if (amountsHidden()) return say(language, "money.hidden");
    return say(language, "money.turnover", { percent: decimalText(language, penalty.turnover.percent) });
  }
  return rate === null ? null : say(language, "money.plain", { sum: rate });
}

/** A plain decimal with the point or comma of the language. */
export function decimalText(language: Language, decimal: string): string {
  return language === "fr" ? decimal.replace(".", ",") : decimal;
}

/** theoretical, forfeited … */
export function regimeText(language: Language, regime: Regime): string {
  return say(language, `regime.${regime}`);
}

/** What the regime's word means for the money. */
export function regimeNote(language: Language, regime: Regime): string {
  return say(language, `regime-note.${regime}`);
}

/** Of a calendar year's cap that was reached: its year, the day, and from when on it runs again; null for a cap that holds for good. */
export function yearCap({ capReached, runsAgain }: ItemStanding): { readonly year: string; readonly day: Day; readonly again: Day } | null {
  if (capReached === null || runsAgain === undefined) return null;
  return { year: String(yearOf(capReached)), day: capReached, again: runsAgain };
}
