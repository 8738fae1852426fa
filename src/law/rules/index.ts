import type { Rule } from "../rule.ts";
import { atAvg } from "./at-avg.ts";
import { auAia } from "./au-aia.ts";
import { brAnpd } from "./br-anpd.ts";
import { cure } from "./cure.ts";
import { deBgb } from "./de-bgb.ts";
import { esLpac } from "./es-lpac.ts";
import { eu1182 } from "./eu-1182-71.ts";
import { euCourts } from "./eu-courts.ts";
import { frCivil } from "./fr-civil.ts";
import { frFranc } from "./fr-franc.ts";
import { frFrancAbroad } from "./fr-franc-abroad.ts";
import { frFrancOverseas } from "./fr-franc-overseas.ts";
import { ieInterpretation } from "./ie-interpretation.ts";
import { itCpc } from "./it-cpc.ts";
import { luBasel } from "./lu-basel.ts";
import { nlAtw } from "./nl-atw.ts";
import { noDomstolloven } from "./no-domstolloven.ts";
import { ukCpr } from "./uk-cpr.ts";
import { ukGrc } from "./uk-grc.ts";
import { ukUt } from "./uk-ut.ts";
import { usFrap } from "./us-frap-26a.ts";
import { usFrcp } from "./us-frcp-6a.ts";

/** Every rule by which a time limit can be counted. A rule that is not here is refused, never replaced. */
export const RULES: readonly Rule[] = [
  cure,
  eu1182,
  euCourts,
  frCivil,
  frFranc,
  frFrancOverseas,
  frFrancAbroad,
  nlAtw,
  deBgb,
  atAvg,
  esLpac,
  itCpc,
  luBasel,
  noDomstolloven,
  ieInterpretation,
  ukGrc,
  ukCpr,
  ukUt,
  usFrcp,
  usFrap,
  auAia,
  brAnpd,
];

export function ruleOf(id: string): Rule | null {
  return RULES.find((rule) => rule.id === id) ?? null;
}
