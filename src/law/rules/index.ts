import type { Rule } from "../rule.ts";
import { cure } from "./cure.ts";
import { deBgb } from "./de-bgb.ts";
import { eu1182 } from "./eu-1182-71.ts";
import { frCivil } from "./fr-civil.ts";
import { frFranc } from "./fr-franc.ts";
import { frFrancAbroad } from "./fr-franc-abroad.ts";
import { frFrancOverseas } from "./fr-franc-overseas.ts";
import { ieInterpretation } from "./ie-interpretation.ts";
import { nlAtw } from "./nl-atw.ts";
import { ukCpr } from "./uk-cpr.ts";
import { ukGrc } from "./uk-grc.ts";
import { usFrcp } from "./us-frcp-6a.ts";

/** Every rule by which a time limit can be counted. A rule that is not here is refused, never replaced. */
export const RULES: readonly Rule[] = [
  cure,
  eu1182,
  frCivil,
  frFranc,
  frFrancOverseas,
  frFrancAbroad,
  nlAtw,
  deBgb,
  ieInterpretation,
  ukGrc,
  ukCpr,
  usFrcp,
];

export function ruleOf(id: string): Rule | null {
  return RULES.find((rule) => rule.id === id) ?? null;
}
