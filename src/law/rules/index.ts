import type { Rule } from "../time-limit.ts";
import { cure } from "./cure.ts";
import { eu1182 } from "./eu-1182-71.ts";
import { frCivil } from "./fr-civil.ts";
import { frFranc } from "./fr-franc.ts";
import { ukCpr } from "./uk-cpr.ts";

/** Every rule by which a time limit can be counted. A rule that is not here is refused, never replaced. */
export const RULES: readonly Rule[] = [cure, eu1182, frCivil, frFranc, ukCpr];

export function ruleOf(id: string): Rule | null {
  return RULES.find((rule) => rule.id === id) ?? null;
}
