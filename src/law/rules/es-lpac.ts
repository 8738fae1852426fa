import { day } from "../../time/day.ts";
import { isRefusal, type Refusal } from "../finding.ts";
import { unfit } from "../fitting.ts";
import { runInBusinessDays } from "../in-business-days.ts";
import type { Period } from "../period.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import type { Limit, Terms } from "../time-limit.ts";

/**
 * Spanish administrative procedure: days are business days unless a law or the notice says otherwise (art. 30.2), months and years run from date to
 * date (30.4), and a last day that is none moves on (30.5). A holiday at the place of either party is one (30.6): the table holds the national ones
 * alone. Hours count within business days only and are not modelled.
 */
export const esLpac: Rule = ruleInForce({
  id: "es-lpac",
  citation: "Ley 39/2015, art. 30",
  source: "https://www.boe.es/buscar/act.php?id=BOE-A-2015-10565",
  place: { calendar: "ES", zone: "Europe/Madrid" },
  rolls: true,
  versions: [
    {
      from: day("2016-10-02"),
      until: null,
      begins: "force",
      source: "https://www.saezabogados.com/computo-de-los-plazos-administrativos-y-terminos-en-la-ley-39-2015/",
      count,
    },
  ],
});

function count(terms: Terms): Limit | Refusal {
  const refused = unfit(esLpac, terms, isOneUnit);
  if (refused !== null) return refused;
  const limit = runInBusinessDays(terms, esLpac, ({ days }) => days > 0, `${esLpac.citation}.2`);
  if (isRefusal(limit)) return limit;
  return { ...limit, steps: [...limit.steps, { code: "holidays-national", args: {}, day: limit.expiry, source: esLpac.citation }] };
}

/** Art. 30 knows days, months and years, each alone, and no weeks. */
function isOneUnit({ text, hours, months, days }: Period): boolean {
  return hours === 0 && !text.includes("W") && (months === 0 || days === 0);
}
