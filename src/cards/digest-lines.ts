import type { RecordedEvent } from "../matter/events.ts";
import { dayOf } from "../matter/facts.ts";
import type { Ahead, ItemStanding, Standing } from "../matter/standing-types.ts";
import type { Text } from "../ports/card.ts";
import { addDays, type Day, parseDay } from "../time/day.ts";
import type { Instant, Zone } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import { canComply, hasEnded, runsAtOnce } from "./act-line.ts";
import { amountsHidden } from "./amounts.ts";
import { fineLeft, fineText } from "./clock-words.ts";
import type { DigestLine, Undelivered } from "./contents.ts";
import { eventText } from "./event-words.ts";
import { missingList, whatText } from "./findings.ts";
import { heedTail, messageText, snoozedText, whoText } from "./heed-words.ts";
import { assumptionText } from "./matter-card.ts";
import { isNear, nearDay, whenText } from "./moments.ts";
import { countText, itemFacts, perShort, perText, rateText, rateThen, yearCap } from "./penalty-words.ts";
import { capitalise, say } from "./say.ts";
import { placeSpan } from "./say-text.ts";
import { isPerhapsShown, undeliveredWhy } from "./undelivered-why.ts";

/**
 * What is to be done now: until when, what, what it costs, who has it. A matter put off past its end is asked about; a time that ends at an hour
 * of the day has ended, or ends, by that moment.
 */
export function actNowLine(language: Language, line: DigestLine, zone: Zone, now: Instant): Text {
  const { standing, item, snoozed, today } = line;
  if (line.due !== undefined) return about(language, line, dueTexts(language, line, line.due), zone);
  if (item === null) return about(language, line, [nextText(language, line)], zone);
  const waits = isWaiting(item) && !hasEnded(standing, item, { today, now });
  const sentences = [deadlineText(language, line, item, zone, waits)];
  if (item.state === "capped") sentences.push(cappedText(language, item, today));
  if (snoozed?.pastExpiry === true) {
    sentences.push(
      say(language, "heed.past-expiry", { day: nearDay(language, snoozed.until, today), name: whoText(language, snoozed.name) }),
    );
  }
  if (canComply(standing) && (!waits || item.state === "curing" || (item.state === "pending" && item.expiry !== null))) {
    sentences.push(say(language, waits ? "digest.comply-by-then" : "digest.comply-today"));
  }
  const rate = item.state === "capped" ? null : ratePart(language, standing, item, today);
  if (rate !== null) sentences.push(capitalise(rate));
  sentences.push(...assumptions(language, item, today, waits));
  return about(language, line, sentences, zone);
}

function cappedText(language: Language, item: ItemStanding, today: Day): string {
  const ofYear = yearCap(item);
  const near = (day: Day) => nearDay(language, day, today);
  if (ofYear === null) return say(language, "digest.capped", { day: item.capReached === null ? null : near(item.capReached) });
  return say(language, "digest.capped-year", { ...ofYear, day: near(ofYear.day), again: near(ofYear.again) });
}

/** A fine that is or was to be paid by a day, or a related clock with the sum that it is about. */
function dueTexts(language: Language, line: DigestLine, due: Ahead): readonly string[] {
  const { standing, today } = line;
  const { day, fine } = due;
  const when = nearDay(language, day, today);
  if (fine === null) return [nextText(language, line), ...unpaidTexts(language, line, due)];
  const found = standing.fines.find(({ id }) => id === fine);
  if (day >= today) return [fineText(language, standing, found, { when, isToday: day === today })];
  const left = fineLeft(found);
  const whole = left === null || left.minor === found!.amount!.minor ? null : found!.amount;
  return [say(language, "digest.payment-late", { day: when, sum: left ?? say(language, "money.unknown"), whole })];
}

/** What is not paid of what a clock is about: of sums forfeited by law, or of what was fixed. */
function unpaidTexts(language: Language, { standing, today }: DigestLine, { what, item: id, day }: Ahead): readonly string[] {
  if (amountsHidden()) return [];
  const clock = standing.related.find((one) => one.item === id && one.kind === what && one.day === day && !one.done);
  if (clock?.unpaid !== undefined) {
    const { through, ...sums } = clock.unpaid;
    return [say(language, "digest.unpaid-sums", { ...sums, day: nearDay(language, through, today) })];
  }
  const item = what === "payment" ? standing.items.find((one) => one.id === id) : undefined;
  const left = item === undefined ? 0n : item.fixed.minor - item.paid.minor - item.writtenOff.minor;
  return left > 0n ? [say(language, "act.left-to-pay", { left: { minor: left, currency: standing.currency } })] : [];
}

function isWaiting({ state }: ItemStanding): boolean {
  return state === "curing" || state === "pending" || state === "draft";
}

function earliestText(language: Language, earliest: Day, today: Day): string {
  return say(language, earliest < today ? "digest.earliest-past" : "digest.earliest", { day: nearDay(language, earliest, today) });
}

function deadlineText(language: Language, { standing, today }: DigestLine, item: ItemStanding, zone: Zone, waits: boolean): string {
  const { expiry, earliestExpiry } = item;
  if (expiry === null) {
    if (earliestExpiry !== null) return earliestText(language, earliestExpiry, today);
    return say(language, `state.${item.state}`);
  }
  const when = whenText(
    language,
    { day: expiry, time: item.expiryTime, zone: standing.zone },
    { readerZone: zone, short: isNear(expiry, today) },
  );
  if (!isWaiting(item) && runsAtOnce(standing, item))
    return say(language, "digest.at-once", { day: nearDay(language, addDays(expiry, 1), today) });
  return say(language, waits ? "digest.time-ends" : "digest.time-ended", { when });
}

/** The rate that will run from the first day of delay; or that which runs, since when, and that first day where it ran otherwise before, or stood still. */
function ratePart(language: Language, standing: Standing, item: ItemStanding, today: Day): string | null {
  const told = isWaiting(item) ? rateThen(item) : item.rate;
  const first = item.runsFrom ?? (item.expiry === null ? null : addDays(item.expiry, 1));
  if (told === null || first === null) return null;
  const penalty = itemFacts(standing, item)?.penalty ?? null;
  const rate = rateText(language, penalty, told.amount);
  const kind = rate === null ? "unknown" : "rate";
  const per = rate === null ? perText(language, penalty ?? told) : perShort(language, told.per);
  const args = { rate, per, day: nearDay(language, first, today) };
  if (isWaiting(item)) return say(language, `digest.then-${kind}`, args);
  if (item.rateSince === null) return say(language, `digest.${kind}-apart`, args);
  if (item.rateSince === first) return say(language, `digest.${kind}-runs`, args);
  return say(language, `digest.${kind}-since`, {
    ...args,
    day: nearDay(language, item.firstPenaltyDay ?? first, today),
    since: nearDay(language, item.rateSince, today),
  });
}

/** What the days and the rate rest on. Those that stand in line after line are said short. */
function assumptions(language: Language, item: ItemStanding, today: Day, waits: boolean): readonly string[] {
  return item.assumptions
    .filter(({ code }) => waits || !code.startsWith("end-day"))
    .map((finding) => {
      const { rolled } = finding.args;
      if (finding.code.startsWith("no-roll-inferred") && typeof rolled === "string" && parseDay(rolled) !== null) {
        return say(language, "digest.no-roll", { day: nearDay(language, parseDay(rolled)!, today) });
      }
      if (finding.code === "regime-assumed") return say(language, "digest.regime-assumed");
      return say(language, "card.assumed", { text: assumptionText(language, item, finding) });
    });
}

/** Why nothing can be counted, and the earliest day on which the time can end. */
export function cannotCountLine(language: Language, line: DigestLine, zone: Zone): Text {
  const { standing, item, today } = line;
  const parts: string[] = [];
  if (item !== null && item.missing.length > 0) {
    parts.push(say(language, "digest.missing", { missing: missingList(language, item.missing), n: item.missing.length }));
  }
  if (item !== null && item.missing.length === 0 && item.units === null && item.rate !== null) {
    parts.push(say(language, "money.withheld", { day: dayOf(standing.facts.knownThrough) }));
  }
  if (item !== null && item.units !== null && item.theoretical === null && item.rate !== null) {
    parts.push(
      say(language, "money.counted", { sum: say(language, "money.unknown"), count: countText(language, item.rate.per, item.units) }),
    );
  }
  if (item !== null && item.earliestExpiry !== null) {
    parts.push(earliestText(language, item.earliestExpiry, today));
  }
  if (parts.length === 0) parts.push(say(language, `state.${item?.state ?? standing.state}`));
  return about(language, line, [parts.reduce((one, other) => say(language, "digest.both", { one, other }))], zone);
}

/** What falls due within the days ahead. */
export function upcomingLine(language: Language, line: DigestLine, zone: Zone): Text {
  const { standing, item, next, due, today } = line;
  if (due !== undefined) return about(language, line, dueTexts(language, line, due), zone);
  const rate = item === null || item.state !== "curing" || next?.what !== "expiry" ? null : ratePart(language, standing, item, today);
  const what = nextText(language, line);
  return about(language, line, rate === null ? [what] : [what, capitalise(rate)], zone);
}

function nextText(language: Language, { next, today }: DigestLine): string {
  if (next === null) return say(language, "list.nothing-next");
  return say(language, "digest.next", { what: whatText(language, next.what), day: nearDay(language, next.day, today) });
}

/** A matter that is put off in the place, until when, and what falls due next. */
export function snoozedLine(language: Language, line: DigestLine): Text {
  const { snoozed, standing } = line;
  const text = snoozed === undefined ? "" : snoozedText(language, snoozed);
  return [head(language, standing), ` ${say(language, "digest.both", { one: text, other: nextText(language, line) })}`];
}

/** What was recorded since the digest before. */
export function changedLine(
  language: Language,
  standing: Standing,
  recorded: RecordedEvent,
  was?: Readonly<Record<string, unknown>>,
): Text {
  const day = nearDay(language, recorded.event.on, standing.on);
  const text = say(language, "utterance.event", { day, text: eventText(language, recorded.event, standing, was) });
  return [head(language, standing), ` ${text}`];
}

/** What did not reach which place, why, and whether it is still tried. */
export function undeliveredLine(language: Language, undelivered: Undelivered): Text {
  const { place, ref, kind, reason, retried, alone = false } = undelivered;
  // A platform's own sentence ends with a full stop; more follows here.
  const why = undeliveredWhy(language, reason, alone).replace(/\.$/, "");
  const args = {
    message: messageText(language, kind),
    ref,
    reason: why,
    retried: retried ? "yes" : "no",
    perhaps: isPerhapsShown(undelivered) && !/\bmay have been shown\b/.test(reason) ? "yes" : "no",
  };
  return [placeSpan(place), ` ${say(language, "digest.undelivered-line", args)}`];
}

/** Who and which matter, with its item where it has several; then the sentences, and who has it. */
function about(language: Language, line: DigestLine, sentences: readonly string[], zone: Zone): Text {
  const { standing, item } = line;
  const text = sentences.reduce((one, next) => `${one}${/[.?]$/.test(one) ? "" : "."} ${next}`);
  const several = item !== null && standing.items.length > 1;
  return [head(language, standing, several ? item.id : null), ` ${text}`, ...heedTail(language, line, zone, /[.?]$/.test(text))];
}

function head(language: Language, standing: Standing, item: string | null = null): { readonly bold: string } {
  const { respondent, ref } = standing.facts;
  return { bold: say(language, "digest.about", { respondent, ref, item }) };
}
