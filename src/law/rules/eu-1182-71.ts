import { day } from "../../time/day.ts";
import { isRefusal, type Refusal } from "../finding.ts";
import { isShorterThan } from "../period.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import { holdTwoWorkingDays, type Limit, rollForward, runPeriods, type Terms } from "../time-limit.ts";

/**
 * Acts of the Council and the Commission: rolls to a working day (art. 3(4)), and two days or more hold at least two working days (art. 3(5)). The
 * holidays are those of the State or institution where the act is to be done (art. 2(1)), so the rule names no place of its own. Hours start with
 * the hour after the event's (art. 3(1)) and do not roll. What art. 3(4) says of periods counted backwards cannot be asked: every period runs forward.
 */
export const eu1182: Rule = ruleInForce({
  id: "eu-1182-71",
  citation: "Regulation (EEC, Euratom) 1182/71, art. 3",
  source: "https://eur-lex.europa.eu/eli/reg/1971/1182/oj",
  rolls: true,
  mended: 1,
  versions: [
    {
      from: day("1971-07-01"),
      until: null,
      begins: "force",
      source: "art. 6, http://edizionieuropee.it/law/html/168/eu19_01_002.html",
      count,
    },
  ],
});

/** The paragraph by which a period holds two working days, which a step names apart from its article. */
export const TWO_WORKING_DAYS = "Regulation (EEC, Euratom) 1182/71, art. 3(5)";

function count(terms: Terms): Limit | Refusal {
  const end = runPeriods(terms, eu1182, { nextFullHour: true });
  if (isRefusal(end)) return end;
  const rolled = rollForward(end, terms, eu1182);
  if (isRefusal(rolled) || rolled.time !== undefined) return rolled;
  // A period of one day needs none, however far away its day or the roll puts the end of it.
  return isShorterThan(terms.periods, 2) ? rolled : holdTwoWorkingDays(rolled, terms, TWO_WORKING_DAYS);
}
