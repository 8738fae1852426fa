import { addDays, type Day, day, monthOf, yearOf } from "../../time/day.ts";
import type { Calendar } from "../calendar.ts";
import type { Refusal } from "../finding.ts";
import { isWholeDays, unfit } from "../fitting.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import { type Limit, runAndRoll, type Terms } from "../time-limit.ts";

/**
 * Austrian administrative procedure: the day of the event is not counted, a missing day is the month's last (§ 32), and a last day that is a Saturday,
 * Sunday, holiday, Good Friday or, by the newer wording, 24 December moves on (§ 33(2)). The wordings between the two that were read are not modelled.
 */
export const atAvg: Rule = ruleInForce({
  id: "at-avg",
  citation: "AVG §§ 32, 33",
  source: "https://jusline.at/gesetz/avg/paragraf/33",
  place: { calendar: "AT", zone: "Europe/Vienna" },
  rolls: true,
  versions: [
    {
      from: day("2004-03-01"),
      until: day("2007-12-31"),
      begins: "force",
      source: "https://www.ris.bka.gv.at/eli/bgbl/1991/51/P33/NOR40050265",
      count: (terms) => count(terms, false),
    },
    {
      from: day("2023-07-21"),
      until: null,
      // The day of the wording that was read; 24 December is older in it. § 32: http://www.rechteinfach.at/rechtslexikon/fristen-im-verwaltungsverfahren-32.html
      begins: "shown",
      source: "https://jusline.at/gesetz/avg/paragraf/33",
      count: (terms) => count(terms, true),
    },
  ],
});

function count(terms: Terms, christmasEve: boolean): Limit | Refusal {
  const refused = unfit(atAvg, terms, (period) => isWholeDays(period) && period.businessDays === 0);
  if (refused !== null) return refused;
  return runAndRoll({ ...terms, calendar: terms.calendar === null ? null : withNamedDays(terms.calendar, christmasEve) }, atAvg);
}

/** The tables with those days, each by the one that it was made of: made once, so that their working days are counted once too. */
const NAMED = { withChristmasEve: new WeakMap<Calendar, Calendar>(), without: new WeakMap<Calendar, Calendar>() };

/** The holidays with the days that § 33(2) names beside them: they are none by law, and the table does not hold them. */
function withNamedDays(calendar: Calendar, christmasEve: boolean): Calendar {
  const named = christmasEve ? NAMED.withChristmasEve : NAMED.without;
  const known = named.get(calendar);
  if (known !== undefined) return known;
  const days = new Set(calendar.holidays);
  for (const holiday of calendar.holidays) if (isEasterMonday(holiday as Day)) days.add(addDays(holiday as Day, -3));
  if (christmasEve) {
    for (let year = yearOf(calendar.coversFrom); year <= yearOf(calendar.coversUntil); year++) days.add(`${year}-12-24`);
  }
  const made = { ...calendar, holidays: days };
  named.set(calendar, made);
  return made;
}

/** Of the holidays of Austria Easter Monday alone lies in March or April. */
function isEasterMonday(holiday: Day): boolean {
  return monthOf(holiday) === 3 || monthOf(holiday) === 4;
}
