import { day } from "../../time/day.ts";
import type { Refusal } from "../finding.ts";
import { isWholeDays, unfit } from "../fitting.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import { type Limit, runAndRoll, type Terms } from "../time-limit.ts";

/**
 * Norwegian courts, and the authorities by forvaltningsloven § 30: weeks, months and years end on the day of the same name or number, a missing one on
 * the month's last (§ 148), and a last day that is a Saturday or a holiday moves to the next working day (§ 149).
 */
export const noDomstolloven: Rule = ruleInForce({
  id: "no-domstolloven",
  citation: "Domstolloven §§ 148, 149",
  source: "https://www.advokat-teigstad.no/straffeloven-13/",
  place: { calendar: "NO", zone: "Europe/Oslo" },
  rolls: true,
  versions: [
    {
      // The chapter was last changed then, as far as was read; its text on Saturdays is older.
      from: day("2008-01-01"),
      until: null,
      begins: "shown",
      source: "https://lovdata.no/dokument/NL/lov/1915-08-13-5/KAPITTEL_10",
      count,
    },
  ],
});

function count(terms: Terms): Limit | Refusal {
  const refused = unfit(noDomstolloven, terms, isWholeDays);
  return refused ?? runAndRoll(terms, noDomstolloven);
}
