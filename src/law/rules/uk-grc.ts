import { day } from "../../time/day.ts";
import { isRefusal, type Refusal } from "../finding.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import { type Limit, runAndRoll, type Terms } from "../time-limit.ts";

/** Rule 12(1): an act is done by 5 pm of its last day. */
const CLOSES = "17:00";

/**
 * Appeals against notices of the ICO to the First-tier Tribunal: 28 days from the day on which the notice was sent (r. 22(1)(b)), received by 17:00;
 * a last day that is no working day moves to the next one (r. 12(2)).
 */
export const ukGrc: Rule = ruleInForce({
  id: "uk-grc",
  citation: "General Regulatory Chamber Rules 2009, r. 12, 22",
  source: "https://www.legislation.gov.uk/uksi/2009/1976",
  place: { calendar: "GB-ENG", zone: "Europe/London" },
  rolls: true,
  versions: [
    {
      // In force since 1 September 2009; appeals against the ICO go there since this day.
      from: day("2010-01-18"),
      until: null,
      begins: "force",
      source: "Transfer of Functions Order 2010 (SI 2010/22), https://panopticonblog.com/2010/01/15/news-flash-information-tribunal-rip/",
      count,
    },
  ],
});

function count(terms: Terms): Limit | Refusal {
  const limit = runAndRoll(terms, ukGrc);
  if (isRefusal(limit) || limit.time !== undefined) return limit;
  const step = { code: "received-by", args: { time: CLOSES, day: limit.expiry }, day: limit.expiry, source: ukGrc.citation };
  return { ...limit, time: CLOSES, steps: [...limit.steps, step] };
}
