import { day } from "../../time/day.ts";
import { runInBusinessDays } from "../in-business-days.ts";
import type { Period } from "../period.ts";
import { type Rule, ruleInForce } from "../rule.ts";

/**
 * Courts of England and Wales: clear days (r. 2.8(2)), counted from an event; up to five days only working days count (r. 2.8(4)); a closed office
 * moves the end to the next open day (r. 2.8(5)), for which bank holidays are taken, since the days on which one office was closed are not known.
 */
export const ukCpr: Rule = ruleInForce({
  id: "uk-cpr",
  citation: "Civil Procedure Rules, r. 2.8–2.10",
  source: "https://www.justice.gov.uk/courts/procedure-rules/civil/rules/part02",
  place: { calendar: "GB-ENG", zone: "Europe/London" },
  rolls: true,
  versions: [
    {
      from: day("1999-04-26"),
      until: null,
      // A page on the Rules; their own article on commencement was not read.
      begins: "shown",
      source: "https://en.wikipedia.org/wiki/Civil_Procedure_Rules",
      count: (terms) => runInBusinessDays(terms, ukCpr, isShort, "Civil Procedure Rules, r. 2.8(4)"),
    },
  ],
});

function isShort({ months, days }: Period): boolean {
  return months === 0 && days > 0 && days <= 5;
}
