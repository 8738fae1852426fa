import { addDays, type Day } from "../../time/day.ts";
import { covers, isWorkingDay, workingDaysAfter } from "../calendar.ts";
import { isRefusal, type Refusal, refuse } from "../finding.ts";
import { type Limit, type Rule, rollForward, runPeriods, type Terms } from "../time-limit.ts";

/** Acts of the Council and the Commission: rolls to a working day, and two days or more hold at least two working days (art. 3(5)). */
export const eu1182: Rule = {
  id: "eu-1182-71",
  citation: "Regulation (EEC, Euratom) 1182/71, art. 3",
  source: "https://eur-lex.europa.eu/eli/reg/1971/1182/oj",
  rolls: true,
  limit(terms) {
    const end = runPeriods(terms, eu1182, { nextFullHour: true });
    if (isRefusal(end)) return end;
    const rolled = rollForward(end, terms, eu1182);
    return isRefusal(rolled) || rolled.time !== undefined ? rolled : twoWorkingDays(rolled, end.expiry, terms);
  },
};

/** A period of one day needs none, even where the roll makes it longer. */
function twoWorkingDays(limit: Limit, unrolled: Day, terms: Terms): Limit | Refusal {
  const calendar = terms.calendar!;
  const from = terms.start.day;
  if (unrolled <= addDays(from, 1)) return limit;
  if (!covers(calendar, from)) return refuse("calendar-ends", { calendar: calendar.name, day: calendar.coversFrom });
  let end = limit.expiry;
  while (workingDaysAfter(calendar, from, end, 2) < 2) {
    do end = addDays(end, 1);
    while (covers(calendar, end) && !isWorkingDay(calendar, end));
    if (!covers(calendar, end)) return refuse("calendar-ends", { calendar: calendar.name, day: calendar.coversUntil });
  }
  if (end === limit.expiry) return limit;
  return {
    expiry: end,
    steps: [...limit.steps, { code: "two-working-days", args: { day: end }, day: end, source: `${eu1182.citation}(5)` }],
  };
}
