import { day } from "../../time/day.ts";
import { isRefusal, type Refusal } from "../finding.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import { type Limit, runAndRoll, type Terms } from "../time-limit.ts";

/**
 * German periods, those that an authority sets too (VwVfG § 31(3), SGB X § 26(3)): the last day rolls. Only a named day, of which the notice says
 * that it stands, stands: that is no period and is entered as `until`. Hours do not roll (VwVfG § 31(6)). Holidays are those of the Land where the
 * act is to be done.
 */
export const deBgb: Rule = ruleInForce({
  id: "de-bgb",
  citation: "BGB §§ 187–193; VwVfG § 31",
  source: "https://www.lexetius.com/BGB/193,3",
  place: { calendar: "DE", zone: "Europe/Berlin" },
  rolls: true,
  versions: [
    {
      // Saturdays are in § 193 since that day; how Sundays alone rolled before it is not modelled.
      from: day("1965-10-01"),
      until: null,
      begins: "force",
      source: "https://www.lexetius.com/BGB/193,3",
      count,
    },
  ],
});

function count(terms: Terms): Limit | Refusal {
  const limit = runAndRoll(terms, deBgb);
  if (isRefusal(limit) || limit.time !== undefined || terms.calendar!.id !== "DE") return limit;
  return { ...limit, steps: [...limit.steps, { code: "holidays-in-common", args: {}, day: limit.expiry, source: deBgb.citation }] };
}
