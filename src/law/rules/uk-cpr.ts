import { isRefusal } from "../finding.ts";
import { type Period, parsePeriod } from "../period.ts";
import { type Rule, rollForward, runPeriods } from "../time-limit.ts";

/** Courts of England and Wales: clear days; up to five days only working days count; a closed office moves the end to the next open day. */
export const ukCpr: Rule = {
  id: "uk-cpr",
  citation: "Civil Procedure Rules, r. 2.8–2.10",
  source: "https://www.justice.gov.uk/courts/procedure-rules/civil/rules/part02",
  place: { calendar: "GB-ENG", zone: "Europe/London" },
  rolls: true,
  limit(terms) {
    const end = runPeriods({ ...terms, periods: terms.periods.map(inWorkingDays) }, ukCpr);
    return isRefusal(end) ? end : rollForward(end, terms, ukCpr);
  },
};

/** r. 2.8(4): five days or less do not count Saturdays, Sundays and bank holidays. */
function inWorkingDays(period: Period): Period {
  const short = period.months === 0 && period.days > 0 && period.days <= 5;
  return short ? { ...parsePeriod(`P${period.days}B`)!, text: period.text } : period;
}
