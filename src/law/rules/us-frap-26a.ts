import { day } from "../../time/day.ts";
import { isRefusal, type Refusal } from "../finding.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import { type Limit, rollDay, runPeriods, type Terms } from "../time-limit.ts";

/**
 * Federal courts of appeals of the United States, and the times of statutes that set no way of counting: as r. 6(a) of the civil rules has it. Every
 * day counts, and a last day that is no working day moves on, in hours too. Holidays of the State of the court are not in it.
 */
export const usFrap: Rule = ruleInForce({
  id: "us-frap-26a",
  citation: "Federal Rules of Appellate Procedure, r. 26(a)",
  source: "https://www.yumpu.com/en/document/view/65850181/federal-rules-of-appellate-procedure-2014-2015-2014a/95",
  place: { calendar: "US", zone: "America/New_York" },
  rolls: true,
  versions: [
    {
      // Before it, periods of less than eleven days left weekends out.
      from: day("2009-12-01"),
      until: null,
      begins: "force",
      source: "https://www.yumpu.com/en/document/view/65850181/federal-rules-of-appellate-procedure-2014-2015-2014a/95",
      count,
    },
  ],
});

function count(terms: Terms): Limit | Refusal {
  const end = runPeriods(terms, usFrap);
  if (isRefusal(end)) return end;
  const rolled = rollDay(end, terms, usFrap);
  if (isRefusal(rolled) || !end.steps.some(({ code }) => code === "added-month-end")) return rolled;
  return { ...rolled, steps: [...rolled.steps, { code: "month-end-unverified", args: {}, day: rolled.expiry, source: usFrap.citation }] };
}
