import { calendarOf } from "../law/calendar.ts";
import { authorityOf } from "../law/catalogue.ts";
import { lastWorkingDayBefore } from "../law/time-limit.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import { addDays, type Day, daysBetween } from "../time/day.ts";
import type { Instant, Zone } from "../time/instant.ts";
import { type Language, wordShortDay } from "../time/wording.ts";
import { missingList } from "./findings.ts";
import { isPast, whenText } from "./moments.ts";
import { isOver } from "./money-line.ts";
import { yearCap } from "./penalty-words.ts";
import { capitalise, say } from "./say.ts";

export interface Reading {
  readonly today: Day;
  /** The moment of reading, where it is known: a deadline may end at an hour of today. */
  readonly now?: Instant | undefined;
  readonly readerZone?: Zone | undefined;
}

/** Whether the reader's desk is the one that can comply; everybody else reads no imperatives. */
export function canComply(standing: Standing): boolean {
  return standing.facts.we === "respondent" || standing.facts.we === "counsel";
}

/** What to do about the item, and by when. */
export function actLine(language: Language, standing: Standing, item: ItemStanding, reading: Reading): string {
  const ours = canComply(standing);
  const { expiry } = item;
  if (item.refundDue.minor !== 0n) return say(language, "act.refund", { sum: item.refundDue });
  if (isOver(item)) {
    const left = { minor: item.fixed.minor - item.paid.minor - item.writtenOff.minor, currency: item.fixed.currency };
    return left.minor > 0n ? say(language, "act.left-to-pay", { left }) : say(language, "act.over");
  }
  // As with its reminders: who reads the card goes on in the other matter.
  if (standing.referredTo !== null && (item.state === "overdue" || item.state === "draft"))
    return say(language, "act.referred", { ref: standing.referredTo });
  switch (item.state) {
    case "curing":
      return expiry === null ? stateLine(language, standing, item) : curingLine(language, standing, item, expiry, reading);
    case "accruing":
    case "overdue":
      if (expiry === null) return stateLine(language, standing, item);
      if (runsAtOnce(standing, item)) return say(language, ours ? "act.at-once-ours" : "act.at-once", { day: item.firstPenaltyDay });
      return endedLine(language, standing, item, expiry, reading);
    case "capped":
      return say(language, ours ? "act.comply-capped" : "act.capped");
    case "claimed":
      return say(language, ours ? "act.claimed-ours" : "act.claimed");
    case "draft":
      return draftLine(language, item, reading);
    case "stayed":
      return say(language, "act.stayed");
    default:
      return say(language, "act.pending");
  }
}

/** Whether its order gave no time to comply that could have ended, and none was given since. */
export function runsAtOnce(standing: Standing, item: ItemStanding): boolean {
  const facts = standing.facts.items?.find(({ id }) => id === item.id);
  const from = item.steps.at(-1)?.day;
  // A stay may have put the day itself off.
  return facts?.penalty?.from !== undefined && (from === item.runsFrom || (item.expiry !== null && from === addDays(item.expiry, 1)));
}

/** Whether the item's time has ended though its day has not: its state is that of the day. */
export function hasEnded(standing: Standing, { state, expiry, expiryTime }: ItemStanding, reading: Reading): boolean {
  return state === "curing" && expiry !== null && isPast({ day: expiry, time: expiryTime, zone: standing.zone }, reading);
}

function endedLine(language: Language, standing: Standing, item: ItemStanding, expiry: Day, reading: Reading): string {
  return say(language, canComply(standing) ? "act.comply-today" : "act.ended", { when: when(language, standing, item, expiry, reading) });
}

function curingLine(language: Language, standing: Standing, item: ItemStanding, expiry: Day, reading: Reading): string {
  if (hasEnded(standing, item, reading)) return endedLine(language, standing, item, expiry, reading);
  const parts = [
    say(language, canComply(standing) ? "act.comply-by" : "act.ends", { when: when(language, standing, item, expiry, reading) }),
  ];
  const working = lastWorkingDay(standing, expiry);
  if (working >= reading.today) parts.push(say(language, "card.last-working-day", { day: wordShortDay(language, working) }));
  parts.push(say(language, "days-left", { n: Math.max(0, daysBetween(reading.today, expiry)) }));
  return parts.join(" · ");
}

function draftLine(language: Language, item: ItemStanding, { today }: Reading): string {
  const parts: string[] = [];
  if (item.missing.length > 0) {
    parts.push(capitalise(say(language, "act.draft", { missing: missingList(language, item.missing), n: item.missing.length })));
  }
  if (item.earliestExpiry !== null) {
    parts.push(say(language, item.earliestExpiry < today ? "act.draft-earliest-past" : "act.draft-earliest", { day: item.earliestExpiry }));
  }
  return parts.length === 0 ? say(language, "stands.draft") : parts.join(" · ");
}

function when(language: Language, standing: Standing, item: ItemStanding, day: Day, { readerZone }: Reading): string {
  return whenText(language, { day, time: item.expiryTime, zone: standing.zone }, { readerZone });
}

/** The last working day at the authority before the deadline. */
export function lastWorkingDay(standing: Standing, deadline: Day): Day {
  return lastWorkingDayBefore(deadline, calendarOf(authorityOf(standing.facts.authority)?.calendar ?? null));
}

/** Where the item stands, as a sentence. */
export function stateLine(language: Language, standing: Standing, item: ItemStanding): string {
  const first = item.runsFrom ?? (item.expiry === null ? null : addDays(item.expiry, 1));
  if (item.state === "overdue" && standing.facts.kind === "notice") return say(language, "stands.overdue-notice", { first });
  if (item.state === "stayed" && item.warnings.some(({ code }) => code === "remitted")) return say(language, "stands.remitted");
  if (item.state === "accruing" && item.rateSince !== null && item.rateSince !== first)
    return say(language, "stands.accruing-again", { first: item.firstPenaltyDay ?? first, since: item.rateSince });
  const ofYear = item.state === "capped" ? yearCap(item) : null;
  if (ofYear !== null) return say(language, "stands.capped-year", ofYear);
  return say(language, `stands.${item.state}`, { first, day: item.state === "capped" ? item.capReached : item.claimedOn });
}
