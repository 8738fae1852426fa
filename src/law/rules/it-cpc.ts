import { addDays, type Day, day } from "../../time/day.ts";
import { isRefusal, type Refusal } from "../finding.ts";
import { isWholeDays, unfit } from "../fitting.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import { type Limit, runAndRoll, type Terms } from "../time-limit.ts";

/**
 * Italian civil courts: the first day is left out, holidays count, a last day that is a holiday moves on, and so does one that is a Saturday for what is
 * done outside hearings. The days of August, which law 742/1969 leaves out of procedural periods, are not left out here: a period that holds some
 * says that it can end later.
 */
export const itCpc: Rule = ruleInForce({
  id: "it-cpc",
  citation: "Codice di procedura civile, art. 155",
  source: "https://avvocatoandreani.it/servizi/codice-procedura-civile/art-155-cpc.html?popup=yes",
  place: { calendar: "IT", zone: "Europe/Rome" },
  rolls: true,
  versions: [
    {
      // Saturdays, for proceedings pending on that day too (law 69/2009, art. 58(3)).
      from: day("2006-03-01"),
      until: null,
      begins: "force",
      source: "https://avvocatoandreani.it/servizi/codice-procedura-civile/art-155-cpc.html?popup=yes",
      count,
    },
  ],
});

function count(terms: Terms): Limit | Refusal {
  const refused = unfit(itCpc, terms, (period) => isWholeDays(period) && period.businessDays === 0);
  if (refused !== null) return refused;
  const limit = runAndRoll(terms, itCpc);
  if (isRefusal(limit) || !touchesAugust(addDays(terms.start.day, 1), limit.expiry)) return limit;
  return { ...limit, steps: [...limit.steps, { code: "august-counted", args: {}, day: limit.expiry, source: itCpc.citation }] };
}

/** Whether a day of August lies between the two, both counted. */
function touchesAugust(from: Day, to: Day): boolean {
  const year = from.slice(5) <= "08-31" ? from.slice(0, 4) : String(Number(from.slice(0, 4)) + 1);
  return to >= `${year}-08-01`;
}
