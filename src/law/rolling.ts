import { isRefusal, type Refusal } from "./finding.ts";
import type { Rule } from "./rule.ts";
import { type Limit, rollForward, type Terms } from "./time-limit.ts";

/** The rule as if it moved a last day on to a working day; where the holidays of that day are not known it stands. */
export function rolling(rule: Rule): Rule {
  const limit = (terms: Terms): Limit | Refusal => {
    const end = rule.limit(terms);
    const rolled = isRefusal(end) ? end : rollForward(end, terms, rule);
    return isRefusal(rolled) ? end : rolled;
  };
  return { ...rule, rolls: true, limit };
}
