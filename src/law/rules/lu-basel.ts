import { day } from "../../time/day.ts";
import { isRefusal, type Refusal } from "../finding.ts";
import { isWholeDays, unfit } from "../fitting.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import { type Limit, runAndRoll, type Terms } from "../time-limit.ts";

/**
 * Luxembourg, civil and administrative matters: the European Convention on the Calculation of Time-Limits (Basle, 1972). The first day is not counted,
 * Saturdays are holidays (law of 30 May 1984, art. 2), and a last day that is a holiday moves on (art. 5). Article 4 was not read word for word: what
 * holds where a month lacks the day is said to be unverified. Clear periods of less than ten days, which art. 5 of the law lengthens by one, must be
 * entered with that day.
 */
export const luBasel: Rule = ruleInForce({
  id: "lu-basel",
  citation: "European Convention on the Calculation of Time-Limits (Basle, 1972), art. 3–5",
  source: "http://data.legilux.public.lu/eli/etat/leg/loi/1984/05/30/n4/jo",
  place: { calendar: "LU", zone: "Europe/Luxembourg" },
  rolls: true,
  versions: [
    {
      from: day("1985-01-11"),
      until: null,
      begins: "force",
      source:
        "https://www.coe.int/it/web/conventions/full-list/-/conventions/treaty/076/declarations (Luxembourg, in effect from 11 January 1985)",
      count,
    },
  ],
});

function count(terms: Terms): Limit | Refusal {
  const refused = unfit(luBasel, terms, isWholeDays);
  if (refused !== null) return refused;
  const limit = runAndRoll(terms, luBasel);
  if (isRefusal(limit) || !limit.steps.some(({ code }) => code === "added-month-end")) return limit;
  return { ...limit, steps: [...limit.steps, { code: "month-end-unverified", args: {}, day: limit.expiry, source: luBasel.citation }] };
}
