import { type Refusal, refuse } from "./finding.ts";
import type { Period } from "./period.ts";
import type { Rule } from "./rule.ts";
import type { Terms } from "./time-limit.ts";

/** Refuses a period of a kind of which a rule's text, as far as it was read, says nothing: it is not counted by what another text says. */
export function unfit(rule: Rule, { periods }: Terms, fits: (period: Period) => boolean): Refusal | null {
  const other = periods.find((period) => !fits(period));
  return other === undefined ? null : refuse("period-unfit", { rule: rule.id, period: other.text });
}

/** Days, weeks, months and years, and business days; no hours. */
export function isWholeDays({ hours }: Period): boolean {
  return hours === 0;
}
