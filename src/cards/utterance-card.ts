import { REGISTRATION } from "../matter/corrected-facts.ts";
import type { ItemStanding } from "../matter/standing-types.ts";
import type { Block, Card } from "../ports/card.ts";
import { type Day, daysBetween, yearOf } from "../time/day.ts";
import { type Language, wordShortDay } from "../time/wording.ts";
import { actLine, canComply, runsAtOnce, stateLine } from "./act-line.ts";
import { amountsHidden } from "./amounts.ts";
import { changeText } from "./change-words.ts";
import { clockText } from "./clock-words.ts";
import type { Utterance } from "./contents.ts";
import { eventSums, isBehind } from "./event-sums.ts";
import { eventText } from "./event-words.ts";
import { missingList } from "./findings.ts";
import { holderSpan } from "./heed-words.ts";
import { insideHidden } from "./inside.ts";
import { lawChangeLines } from "./law-change-words.ts";
import { assumptionNotes, cardTitle, clockNotes, note, text, toneOf } from "./matter-card.ts";
import { isPast, whenText } from "./moments.ts";
import { isAhead, moneyLine } from "./money-line.ts";
import { movedText } from "./moved-words.ts";
import { yearCap } from "./penalty-words.ts";
import { reasonLines } from "./reason-lines.ts";
import { capitalise, say } from "./say.ts";
import { utteranceActions } from "./utterance-actions.ts";

/** One thing said about one matter: what to do or what happened, why it is said, the money, and what the figure rests on. */
export function utteranceCard(language: Language, utterance: Utterance): Card {
  const { standing, item, today } = utterance;
  const named = item !== null && standing.items.length > 1;
  const blocks: Block[] = named ? [text({ bold: say(language, "card.item", { id: item.id, order: item.order }) })] : [];
  blocks.push(...saidBlocks(language, utterance));
  blocks.push({ kind: "actions", actions: utteranceActions(language, utterance) });
  return { title: cardTitle(language, standing), tone: toneOf(standing, today), blocks };
}

/** All that one announcement says, without its matter's name and its buttons. */
export function saidBlocks(language: Language, utterance: Utterance): readonly Block[] {
  const { standing, item } = utterance;
  const [first, ...rest] = spokenLines(language, utterance);
  const holder = holderSpan(language, standing);
  return [
    ...(first === undefined ? [] : [text({ bold: first })]),
    ...rest.filter((line) => line !== "").map((line) => text(line)),
    ...reasonLines(language, utterance).map((line) => text(...line)),
    ...clockBlocks(language, utterance),
    ...(item === null ? [] : moneyBlocks(language, utterance, item)),
    ...eventSums(language, utterance).map((line) => text(line)),
    ...(isBehind(utterance) ? [note(say(language, "utterance.not-in-sums", { day: standing.through }))] : []),
    ...(holder === null ? [] : [note(holder)]),
    ...(utterance.left === true ? [note(say(language, "utterance.left"))] : []),
    ...(utterance.leaves === undefined ? [] : [note(say(language, "utterance.leaves", { day: utterance.leaves }))]),
  ];
}

/** What the clock that is spoken of rests on. */
function clockBlocks(language: Language, { standing, item, deadline }: Utterance): readonly Block[] {
  const of = deadline?.clock === undefined ? [] : standing.related.filter((one) => one.id === deadline.clock && one.item === item?.id);
  return of.flatMap((clock) => clockNotes(language, { ...clock, notes: clock.reminded?.notes ?? clock.notes }));
}

function moneyBlocks(language: Language, utterance: Utterance, item: ItemStanding): readonly Block[] {
  const end = ownEnd(language, utterance, item);
  const lines = [end ?? "", moneyLine(language, utterance.standing, item, { ahead: end !== null })];
  return [...lines.filter((line) => line !== "").map((line) => text(line)), ...assumptionNotes(language, item)];
}

/**
 * Under another deadline: when the item's own time ends, for what follows "then" follows that. Empty where it need not be said, null where it is
 * not known.
 */
function ownEnd(language: Language, utterance: Utterance, item: ItemStanding): string | null {
  const { standing, deadline, readerZone } = utterance;
  const isOwn = deadline === null || deadline.what === "expiry" || deadline.what === "earliest-expiry";
  if (isOwn || item.rate === null || !isAhead(item) || amountsHidden()) return "";
  if (item.expiry === null) return null;
  const end = { day: item.expiry, time: item.expiryTime, zone: standing.zone };
  return say(language, isPast(end, utterance) ? "act.ended" : "act.ends", { when: whenText(language, end, { readerZone }) });
}

function spokenLines(language: Language, utterance: Utterance): readonly string[] {
  const { standing, item } = utterance;
  const act = item === null ? "" : actLine(language, standing, item, utterance);
  switch (utterance.kind) {
    case "reminder":
      return reminderLines(language, utterance);
    case "total":
      return [act, item === null ? "" : stateLine(language, standing, item)];
    case "cap-near":
      return [capNearText(language, utterance.capOfYear), act];
    case "cap-reached":
      return utterance.capOfYear === undefined
        ? [capReachedText(language, item)]
        : [capOfYearLine(language, utterance.capOfYear, item), act];
    case "overdue":
      return [act, item === null ? "" : stateLine(language, standing, item)];
    case "event":
      return [...eventLines(language, utterance), ...movedLines(language, utterance), act];
    case "correction":
      return [...correctionLines(language, utterance), ...movedLines(language, utterance), act];
  }
}

function capNearText(language: Language, ofYear: Day | undefined): string {
  if (ofYear === undefined) return say(language, "utterance.cap-near");
  return say(language, "utterance.cap-near-year", { year: String(yearOf(ofYear)) });
}

function capReachedText(language: Language, item: ItemStanding | null): string {
  const ofYear = item === null ? null : yearCap(item);
  if (ofYear !== null) return say(language, "utterance.cap-reached-year", ofYear);
  return say(language, "utterance.cap-reached", { day: item?.capReached ?? null });
}

/** Said in the year after: what it had stopped counts again, as long as it runs. */
function capOfYearLine(language: Language, day: Day, item: ItemStanding | null): string {
  const year = yearOf(day);
  const isRunning = item?.state === "accruing" && item.rate?.per !== "once";
  return say(language, "utterance.cap-of-year", { day, year: String(year), next: isRunning ? String(year + 1) : null });
}

/** Days that it moved: what was said, and what is right now. */
function movedLines(language: Language, { standing, moved = [] }: Utterance): readonly string[] {
  return moved.map((one) => movedText(language, one, standing.items.length > 1));
}

/** Real days left, whatever the stage that made it speak; after the end, how long ago it was. */
function reminderLines(language: Language, utterance: Utterance): readonly string[] {
  const { standing, item, today, deadline, lastWorkingDay, readerZone } = utterance;
  if (deadline === null) return item === null ? [] : [actLine(language, standing, item, utterance)];
  const time = item !== null && deadline.what === "expiry" ? item.expiryTime : (deadline.time ?? null);
  const end = { day: deadline.day, time, zone: standing.zone };
  const when = whenText(language, end, { readerZone });
  const left = daysBetween(today, deadline.day);
  const past = isPast(end, utterance);
  const tail: string[] = [];
  if (lastWorkingDay !== null && lastWorkingDay >= today && !past) {
    tail.push(say(language, "card.last-working-day", { day: wordShortDay(language, lastWorkingDay) }));
  }
  if (!past) tail.push(say(language, "days-left", { n: left }));
  const line = (head: string) => [head, ...tail].join(" · ");
  if (deadline.what === "earliest-expiry")
    return missingLines(language, utterance, say(language, past ? "utterance.earliest-past" : "utterance.earliest", { when }), line);
  if (deadline.what !== "expiry") {
    const { day, what: kind, time: at = null, fine = null } = deadline;
    return [line(clockText(language, standing, { kind, day, time: at, fine }, utterance))];
  }
  if (!past) return [line(say(language, canComply(standing) ? "act.comply-by" : "act.ends", { when }))];
  if (item !== null && runsAtOnce(standing, item)) return [actLine(language, standing, item, utterance)];
  const ago = say(language, "days-ago", { n: -left });
  return [say(language, canComply(standing) ? "utterance.ended-comply" : "utterance.ended", { when, ago })];
}

/** A draft speaks of the earliest day on which it can end, and says what it waits for. */
function missingLines(language: Language, { item }: Utterance, earliest: string, line: (head: string) => string): readonly string[] {
  const missing = item?.missing ?? [];
  const waits = capitalise(say(language, "utterance.missing-fact", { missing: missingList(language, missing), n: missing.length }));
  return [waits, line(capitalise(earliest))];
}

function eventLines(language: Language, { event, standing }: Utterance): readonly string[] {
  if (event === null) return [];
  return [capitalise(say(language, "utterance.event", { day: event.event.on, text: eventText(language, event.event, standing) }))];
}

/** What was recorded, what holds now, and why. */
function correctionLines(language: Language, { event, corrected, standing, was: before, law }: Utterance): readonly string[] {
  if (law !== undefined) return lawChangeLines(language, law);
  if (event === null || event.event.type !== "corrected") return eventLines(language, { event, standing } as Utterance);
  const head =
    event.event.event === REGISTRATION
      ? say(language, "utterance.correction-facts")
      : say(language, "utterance.correction", { event: event.event.event, day: corrected?.event.on ?? event.event.on });
  const was = corrected === null ? [] : [say(language, "utterance.recorded", { text: eventText(language, corrected.event, standing) })];
  const holds =
    event.event.void === true
      ? say(language, "utterance.void")
      : say(language, "utterance.holds", { text: changeText(language, event.event, standing.currency, before) });
  const because =
    event.event.because === undefined || insideHidden()
      ? []
      : [capitalise(say(language, "event.because", { because: event.event.because }))];
  return [head, ...was, holds, ...because];
}
