import { whatText } from "../cards/findings.ts";
import { clockText } from "../cards/moments.ts";
import { itemFacts, perText, rateText, rateThen } from "../cards/penalty-words.ts";
import { say } from "../cards/say.ts";
import type { Deadline, Stood } from "../exchange/ics.ts";
import { authorityOf } from "../law/catalogue.ts";
import type { Matter } from "../matter/history.ts";
import { standingNow, standingOn } from "../matter/standing.ts";
import type { Standing } from "../matter/standing-types.ts";
import { withoutIsolates } from "../matter/turns.ts";
import type { Day } from "../time/day.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import { inPortions, unhurried } from "../time/unhurried.ts";
import type { Language } from "../time/wording.ts";

/** What a calendar holds, and how it is worded. */
export interface CalendarOptions {
  readonly language: Language;
  /** Rates and fines are left out unless they were asked for: a calendar is read on many screens. */
  readonly amounts: boolean;
  readonly now: Instant;
  /** As they stood at the end of that day, from what had taken effect by then; now where it is left out. */
  readonly on?: Day;
  /** Which of the matters; all where it is left out. */
  readonly fits?: (standing: Standing, today: Day) => boolean;
}

/** The deadlines of the matters as a calendar file. */
export async function calendarFile(matters: readonly Matter[], { language, amounts, now, on, fits }: CalendarOptions): Promise<string> {
  const stood = inPortions(matters, (matter): readonly Stood[] => {
    const today = on ?? dayIn(authorityOf(matter.facts.authority)!.zone, now);
    const standing = on === undefined ? standingNow(matter, today) : standingOn(matter, on);
    return fits?.(standing, today) === false ? [] : [{ matter: on === undefined ? matter : untilThe(on, matter), standing }];
  });
  const { icsInPortions } = await import("../exchange/ics.ts");
  const entries = icsInPortions(await unhurried(stood), (deadline, standing) => {
    const details = amounts ? amountOf(deadline, standing, language) : null;
    return { summary: summaryOf(deadline, standing.facts, language), ...(details === null ? {} : { details }) };
  });
  return unhurried(entries);
}

/** Without what took effect later: an entry of a day that is past does not count as newer than what a calendar has of now. */
function untilThe(day: Day, matter: Matter): Matter {
  return { ...matter, events: matter.events.filter(({ event }) => event.on <= day) };
}

function summaryOf({ what, time }: Deadline, { ref, respondent }: { ref: string; respondent: string }, language: Language): string {
  const key = what === "expiry" ? "ics.expiry" : what === "earliest-expiry" ? "ics.earliest-expiry" : "ics.related";
  const args = { ref, respondent, what: whatText(language, what), time: clockText(language, time ?? "24:00") };
  return withoutIsolates(say(language, key, args));
}

/** What costs money once the day has passed: the rate of the item, or the fine itself. */
function amountOf({ item, fine }: Deadline, standing: Standing, language: Language): string | null {
  if (fine !== null) return fine.amount === null ? null : say(language, "ics.fine", { amount: fine.amount });
  const penalty = (item === null ? null : itemFacts(standing, item))?.penalty ?? null;
  const rate = rateText(language, penalty, (item === null ? null : rateThen(item)?.amount) ?? null);
  return rate === null || penalty === null ? null : say(language, "ics.rate", { rate, per: perText(language, penalty) });
}
