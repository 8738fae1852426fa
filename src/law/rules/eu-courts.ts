import { day } from "../../time/day.ts";
import { isRefusal, type Refusal } from "../finding.ts";
import { unfit } from "../fitting.ts";
import { parsePeriod } from "../period.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import { type Limit, runAndRoll, type Terms } from "../time-limit.ts";

/**
 * Actions before the General Court and appeals to the Court of Justice: months end with the day that bears the same number (Case 152/85 Misset), ten
 * days are added on account of distance (Case T-125/06, paragraphs 22 to 24), and the whole, not the months alone, rolls over Saturdays, Sundays and
 * the Court's own holidays (Case T-85/97). The Rules of Procedure themselves were not read word for word, and each answer says so. A time that runs
 * from the publication in the Official Journal is counted from the end of the fourteenth day after it (art. 50 and 59): P14D, then the period.
 */
export const euCourts: Rule = ruleInForce({
  id: "eu-courts",
  citation: "Rules of Procedure of the General Court, art. 58–60; of the Court of Justice, art. 49–51",
  source: "http://data.europa.eu/eli/proc_rules/2015/423/oj",
  place: { calendar: "CJEU", zone: "Europe/Luxembourg" },
  rolls: true,
  fromPublication: 14,
  versions: [
    {
      // The notification in the first case that was read in which the days for distance are the same for all.
      from: day("2006-01-17"),
      until: null,
      begins: "shown",
      source: "Case T-125/06, paragraphs 22–24, https://lexnet.eu/nor-proc/gen-eu/ECJ-statutes/ECS-45.htm",
      count,
    },
  ],
});

const DISTANCE = { days: 10, period: parsePeriod("P10D")! };

function count(terms: Terms): Limit | Refusal {
  const refused = unfit(euCourts, terms, ({ hours, businessDays }) => hours === 0 && businessDays === 0);
  if (refused !== null) return refused;
  // What stood still was counted with the days for distance.
  const isAnew = terms.stood === undefined;
  const limit = runAndRoll(isAnew ? { ...terms, periods: [...terms.periods, DISTANCE.period] } : terms, euCourts);
  if (isRefusal(limit)) return limit;
  const { expiry } = limit;
  const own = limit.steps.filter(({ code }) => code.startsWith("added"));
  const steps = limit.steps.map((step) =>
    isAnew && step === own.at(-1) ? { ...step, code: "distance-days", args: { days: DISTANCE.days, day: step.day! } } : step,
  );
  const source = euCourts.citation;
  const unverified = own.some(({ code }) => code === "added-month-end")
    ? [{ code: "month-end-unverified", args: {}, day: expiry, source }]
    : [];
  return { ...limit, steps: [...steps, ...unverified, { code: "as-decided", args: {}, day: expiry, source }] };
}
