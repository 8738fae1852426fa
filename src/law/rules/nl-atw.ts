import { day } from "../../time/day.ts";
import { isRefusal, type Refusal } from "../finding.ts";
import { isShorterThan, type Period } from "../period.ts";
import { type Rule, ruleInForce } from "../rule.ts";
import { holdTwoWorkingDays, type Limit, rollForward, runPeriods, type Terms } from "../time-limit.ts";

/**
 * Terms set by a Dutch statute: the last day rolls (art. 1(1)), and a term of three days or more holds at least two working days (art. 2). Terms
 * that the Act leaves alone (art. 4(a)) stand. Not for terms to comply under a penalty, which no statute sets, nor for terms counted backwards.
 */
export const nlAtw: Rule = ruleInForce({
  id: "nl-atw",
  citation: "Algemene termijnenwet, art. 1–4",
  source: "https://www.debloggendedeurwaarder.nl/atw-nog-eens-bezien/",
  place: { calendar: "NL", zone: "Europe/Amsterdam" },
  rolls: true,
  mended: 1,
  versions: [
    {
      from: day("1965-04-01"),
      until: null,
      begins: "force",
      source: "Stb. 1964, 314, https://nl.wikipedia.org/wiki/Algemene_termijnenwet",
      count,
    },
  ],
});

function count(terms: Terms): Limit | Refusal {
  const end = runPeriods(terms, nlAtw);
  if (isRefusal(end)) return end;
  const last = terms.periods.at(-1)!;
  if (isLeftAlone(last)) {
    const step = {
      code: "atw-left-alone",
      args: { period: last.text, day: end.expiry },
      day: end.expiry,
      source: "Algemene termijnenwet, art. 4",
    };
    return { ...end, steps: [...end.steps, step] };
  }
  const rolled = rollForward(end, terms, nlAtw);
  if (isRefusal(rolled) || isShorterThan(terms.periods, 3)) return rolled;
  return holdTwoWorkingDays(rolled, terms, "Algemene termijnenwet, art. 2");
}

/** Art. 4(a): terms in hours, in more than 90 days, twelve weeks or three months, or in years. A term of several units by what it amounts to. */
function isLeftAlone({ text, months, days, hours }: Period): boolean {
  if (hours > 0 || text.includes("Y")) return true;
  if (months > 0) return months > 3 || (months === 3 && days > 0);
  return days > (text.includes("W") ? 84 : 90);
}
