import { day } from "../../time/day.ts";
import { isRefusal, type Refusal } from "../finding.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import { type Limit, rollDay, runPeriods, type Terms } from "../time-limit.ts";

/**
 * Federal courts of the United States: every day counts, and a last day that is no working day moves on (6(a)(1)); hours too go on, to the same time
 * (6(a)(2)). Not for a fixed date, and agencies have rules of their own. Holidays of the State where the court sits (6(a)(6)(C)) are not in it.
 */
export const usFrcp: Rule = ruleInForce({
  id: "us-frcp-6a",
  citation: "Federal Rules of Civil Procedure, r. 6(a)",
  source: "http://federal-rules.laws-info.com/frcp/rule_6",
  place: { calendar: "US", zone: "America/New_York" },
  rolls: true,
  versions: [
    {
      // Before it, periods of less than eleven days left weekends out.
      from: day("2009-12-01"),
      until: null,
      begins: "force",
      source: "https://norrislglaw.com/legal-blog-time-computation-rules",
      count,
    },
  ],
});

function count(terms: Terms): Limit | Refusal {
  const end = runPeriods(terms, usFrcp);
  if (isRefusal(end)) return end;
  const rolled = rollDay(end, terms, usFrcp);
  if (isRefusal(rolled) || !end.steps.some(({ code }) => code === "added-month-end")) return rolled;
  return { ...rolled, steps: [...rolled.steps, { code: "month-end-unverified", args: {}, day: rolled.expiry, source: usFrcp.citation }] };
}
