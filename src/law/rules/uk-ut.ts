import { day } from "../../time/day.ts";
import { isRefusal, type Refusal } from "../finding.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import { type Limit, runAndRoll, type Terms } from "../time-limit.ts";

/** Rule 12(1): an act is done by 5 pm of its last day. */
const CLOSES = "17:00";

/** Appeals to the Upper Tribunal, such as those against decisions of Ofcom: received by 17:00, and a last day that is no working day moves on (r. 12). */
export const ukUt: Rule = ruleInForce({
  id: "uk-ut",
  citation: "Tribunal Procedure (Upper Tribunal) Rules 2008, r. 12",
  source: "https://www.mentalhealthlaw.co.uk/Text:Upper_Tribunal_rule_12",
  place: { calendar: "GB-ENG", zone: "Europe/London" },
  rolls: true,
  versions: [
    {
      // The wording that was read; the Rules are older.
      from: day("2009-04-01"),
      until: null,
      begins: "shown",
      source: "https://www.mentalhealthlaw.co.uk/Text:Upper_Tribunal_rule_12",
      count,
    },
  ],
});

function count(terms: Terms): Limit | Refusal {
  const limit = runAndRoll(terms, ukUt);
  if (isRefusal(limit) || limit.time !== undefined) return limit;
  const step = { code: "received-by", args: { time: CLOSES, day: limit.expiry }, day: limit.expiry, source: ukUt.citation };
  return { ...limit, time: CLOSES, steps: [...limit.steps, step] };
}
