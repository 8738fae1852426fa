import { day } from "../../time/day.ts";
import { isRefusal, type Refusal } from "../finding.ts";
import { isWholeDays, unfit } from "../fitting.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import { type Limit, runAndRoll, type Terms } from "../time-limit.ts";

/**
 * Periods that an Act of the Commonwealth of Australia sets: one that runs from or after a day does not hold it (s. 36(1)), and where the last day for
 * doing a thing is a Saturday, Sunday or holiday of the place where it is to be done, the thing may be done on the next day that is none (s. 36(2)).
 * The table holds holidays kept in the whole country. What a month is stands in another section, which was not read.
 */
export const auAia: Rule = ruleInForce({
  id: "au-aia",
  citation: "Acts Interpretation Act 1901, s. 36",
  source: "https://www.ato.gov.au/law/view/print?DocID=PAC%2F19010002%2F36&PiT=99991231235958",
  place: { calendar: "AU", zone: "Australia/Sydney" },
  rolls: true,
  versions: [
    {
      // Saturdays and holidays, by Act 79 of 1948; the wording of 2011 counts alike.
      from: day("1949-01-14"),
      until: null,
      begins: "force",
      source: "https://www.legislation.gov.au/C1948A00079/asmade/1948-12-17/text/original/epub/OEBPS/document_1/document_1.html",
      count,
    },
  ],
});

function count(terms: Terms): Limit | Refusal {
  const refused = unfit(auAia, terms, isWholeDays);
  if (refused !== null) return refused;
  const limit = runAndRoll(terms, auAia);
  if (isRefusal(limit)) return limit;
  const { steps, expiry } = limit;
  const clamped = steps.some(({ code }) => code === "added-month-end");
  const unverified = clamped ? [{ code: "month-end-unverified", args: {}, day: expiry, source: auAia.citation }] : [];
  return { ...limit, steps: [...steps, ...unverified, { code: "holidays-national", args: {}, day: expiry, source: auAia.citation }] };
}
