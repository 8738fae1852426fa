import type { Finding } from "../law/finding.ts";
import type { ItemStanding, RelatedDeadline, Standing, State } from "../matter/standing-types.ts";
import type { Block, Card, Span } from "../ports/card.ts";
import type { PersonRef } from "../ports/chat.ts";
import { type Day, daysBetween } from "../time/day.ts";
import { dayIn, type Instant, type Zone } from "../time/instant.ts";
import { type Language, wordShortDay } from "../time/wording.ts";
import { actLine, hasEnded, type Reading, stateLine } from "./act-line.ts";
import { authorityNamed } from "./authority-name.ts";
import { fineText } from "./clock-words.ts";
import { hasSums } from "./event-sums.ts";
import { changesSums, eventText } from "./event-words.ts";
import { findingText, whatText } from "./findings.ts";
import { fineState } from "./fine-state.ts";
import { insideHidden, toldEvents } from "./inside.ts";
import { matterActions } from "./matter-actions.ts";
import { fineLine, fineOpen, moneyLine } from "./money-line.ts";
import type { Reminder } from "./next-reminder.ts";
import { capitalise, say, unerased } from "./say.ts";
import { factLabel } from "./typography.ts";

export interface MatterCardOptions {
  /** The moment of reading: where the authority's day has changed since `today`, that day is spoken of. */
  readonly now?: Instant | undefined;
  readonly readerZone?: Zone | undefined;
  /** The name of the person to whom the matter is assigned. */
  readonly assigneeName?: string;
  /** When the place where it is read will be told of the next deadline; without it the deadline itself comes next, and no message is promised. */
  readonly reminder?: Reminder | null | undefined;
}

/** Where one matter stands: act and by when, state, money, assumptions, who and what comes next, buttons. */
export function matterCard(language: Language, standing: Standing, today: Day, options: MatterCardOptions = {}): Card {
  const reading = {
    today: options.now === undefined ? today : dayIn(standing.zone, options.now),
    now: options.now,
    readerZone: options.readerZone,
  };
  const several = standing.items.length > 1;
  const blocks: Block[] = [];
  for (const item of byUrgency(standing.items)) {
    if (several) blocks.push(text({ bold: say(language, "card.item", { id: item.id, order: item.order }) }));
    blocks.push(text(several ? actLine(language, standing, item, reading) : { bold: actLine(language, standing, item, reading) }));
    blocks.push(...itemBlocks(language, standing, item, reading));
  }
  blocks.push(...fineBlocks(language, standing, reading.today));
  for (const warning of standing.warnings) blocks.push(note(say(language, "card.warning", { text: matterWarning(language, warning) })));
  blocks.push(...followingBlocks(language, standing, reading, options));
  blocks.push({ kind: "actions", actions: matterActions(language, standing) });
  return { title: cardTitle(language, standing), tone: toneOf(standing, reading.today), blocks };
}

/** SAN-2023-018 · CNIL v. Commune de Kourou */
export function cardTitle(language: Language, standing: Standing): string {
  const { ref, respondent, authority } = standing.facts;
  return say(language, "card.title", { ref, respondent, authority: authorityNamed(language, authority) });
}

function itemBlocks(language: Language, standing: Standing, item: ItemStanding, reading: Reading): readonly Block[] {
  // That its time runs is not true for the rest of a day at an hour of which it has ended.
  const state = hasEnded(standing, item, reading) ? "" : stateLine(language, standing, item);
  const lines = [state, moneyLine(language, standing, item)];
  const blocks: Block[] = [...new Set(lines)].filter((line) => line !== "").map((line) => text(line));
  blocks.push(...assumptionNotes(language, item));
  if (item.order !== null && standing.items.length === 1) blocks.push(note(unerased(language, item.order)));
  return blocks;
}

/** What the item's figures rest on, and what does not fit, to stand right under them. */
export function assumptionNotes(language: Language, item: ItemStanding): readonly Block[] {
  const assumed = item.assumptions.map((finding) => note(say(language, "card.assumed", { text: assumptionText(language, item, finding) })));
  const warned = item.warnings.map((finding) => note(say(language, "card.warning", { text: findingText(language, finding) })));
  return [...assumed, ...warned];
}

/** What of the notes of a clock is counted or was recorded; the others are what its day rests on without being certain. */
const CLOCK_FACTS: ReadonlySet<string> = new Set([
  "forfeited-sums",
  "forfeited-sums-fixed",
  "forfeited-before",
  "forfeited-over",
  "forfeited-over-fixed",
  "overridden",
]);

/** What is known of a clock, under its name, and what its day rests on. */
export function clockNotes(language: Language, { notes, kind, item }: RelatedDeadline, several = false): readonly Block[] {
  return notes.map((finding) => {
    const text = findingText(language, finding);
    if (!CLOCK_FACTS.has(finding.code)) return note(say(language, "card.assumed", { text }));
    const args = { clock: capitalise(whatText(language, kind)), item: several ? item : null, text: inMiddle(text) };
    return note(say(language, "card.of-clock", args));
  });
}

/** A sentence that follows a colon. */
function inMiddle(text: string): string {
  return text.slice(0, 1).toLocaleLowerCase() + text.slice(1);
}

/** While nothing has run, what a sum would be otherwise says nothing; where the days of a window come to one sum, there is no range. */
export function assumptionText(language: Language, item: ItemStanding, finding: Finding): string {
  if (finding.code === "no-roll-inferred-sum" && (item.units ?? 0) === 0)
    return findingText(language, { ...finding, code: "no-roll-inferred" });
  const isOne = (item.units ?? 0) > 0 && item.units === item.unitsMax && item.theoretical?.minor === item.theoreticalMax?.minor;
  return isOne && finding.code === "notified-between"
    ? say(language, "card.notified-between-one", finding.args)
    : findingText(language, finding);
}

function matterWarning(language: Language, warning: Standing["warnings"][number]): string {
  const words = findingText(language, warning);
  const { event } = warning.args;
  return typeof event === "string" ? say(language, "said.fault", { event, text: words }) : words;
}

function fineBlocks(language: Language, standing: Standing, today: Day): readonly Block[] {
  const blocks: Block[] = [];
  const alone = standing.items.length === 0;
  for (const fine of standing.fines) {
    const act = fineText(language, standing, fine, { when: fine.due, isToday: fine.due === today });
    if (alone && fineOpen(fine)) blocks.push(text({ bold: act }));
    blocks.push(text(fineLine(language, fine, standing.fines.length > 1)));
  }
  if (alone) blocks.push(text(fineState(language, standing)));
  return blocks;
}

const URGENCY: readonly State[] = ["accruing", "capped", "overdue", "curing", "stayed", "claimed", "pending", "draft"];

/** The most urgent item on top, as the matter's own state has it; else in the order of the file. */
function byUrgency(items: readonly ItemStanding[]): readonly ItemStanding[] {
  const rank = ({ state }: ItemStanding) => (URGENCY.includes(state) ? URGENCY.indexOf(state) : URGENCY.length);
  return items.toSorted((a, b) => rank(a) - rank(b));
}

/** Who has it, and what comes next. */
function followingBlocks(
  language: Language,
  standing: Standing,
  reading: Reading,
  { assigneeName, reminder = null }: MatterCardOptions,
): readonly Block[] {
  const { today } = reading;
  const over = toneOf(standing, today) === "closed" && standing.assignedTo === null && standing.ownedBy === null;
  const spans: Span[] = over ? [] : [...peopleSpans(language, standing, assigneeName)];
  const next = nextText(language, standing, reading, reminder);
  if (next !== null) spans.push(...(spans.length === 0 ? [] : [" · "]), next);
  const blocks: Block[] = spans.length === 0 ? [] : [{ kind: "text", text: spans }];
  const related = standing.related.filter(({ day, done }) => day >= today && !done);
  if (related.length > 0) {
    const facts = related.map(({ kind, day, item }) => ({
      label: factLabel(language, standing.items.length > 1 ? `${whatText(language, kind)} (${item})` : whatText(language, kind)),
      value: [say(language, "card.day", { day })],
    }));
    blocks.push({ kind: "facts", facts }, ...related.flatMap((clock) => clockNotes(language, clock, standing.items.length > 1)));
  }
  return [...blocks, ...sinceNotes(language, standing)];
}

/** What was recorded for today: the sums go through yesterday. */
export function sinceNotes(language: Language, standing: Standing): readonly Block[] {
  return toldEvents(standing.since).map((recorded) => {
    const key = changesSums(recorded.event) && hasSums(standing) ? "card.since" : "card.since-plain";
    return note(say(language, key, { text: eventText(language, recorded.event, standing) }));
  });
}

/** Who works on it and who answers for it; where nobody works on it, the owner alone. */
function peopleSpans(language: Language, standing: Standing, assigneeName: string | undefined): readonly Span[] {
  if (insideHidden()) return [];
  const { assignedTo, ownedBy } = standing;
  const assignee = assigneeSpan(language, standing, assigneeName);
  if (ownedBy === null) return [assignee];
  const owner = [`${say(language, "card.owner")} `, personSpan(ownedBy, standing.names?.get(ownedBy))];
  return assignedTo === null ? owner : [assignee, " · ", ...owner];
}

/** The assignee as a person where the platform's reference is known, else the name as it was typed. */
export function assigneeSpan(language: Language, standing: Standing, name: string | undefined): Span {
  return standing.assignedTo === null
    ? say(language, "card.nobody")
    : personSpan(standing.assignedTo, name ?? standing.names?.get(standing.assignedTo));
}

function personSpan(assignedTo: string, name: string | undefined): Span {
  if (/^[a-z][a-z0-9-]*:\S+$/.test(assignedTo)) return { person: assignedTo as PersonRef, name: name ?? assignedTo };
  return name === undefined ? `@${assignedTo.replace(/^@/, "")}` : { person: assignedTo as PersonRef, name };
}

function nextText(language: Language, standing: Standing, reading: Reading, reminder: Reminder | null): string | null {
  const { next } = standing;
  if (next === null) return null;
  if (next.what === "expiry") {
    const ending = standing.items.filter(({ state, expiry }) => state === "curing" && expiry === next.day);
    if (ending.length > 0 && ending.every((item) => hasEnded(standing, item, reading))) return null;
    if (reminder !== null) {
      return say(language, "card.next-reminder", {
        left: say(language, "days-left", { n: reminder.left }),
        day: wordShortDay(language, reminder.day),
      });
    }
  }
  return say(language, "card.next", { what: whatText(language, next.what), day: next.day });
}

/** How urgent the matter is; the words say the same, so that nothing hangs on a colour. */
export function toneOf(standing: Standing, today: Day): Card["tone"] {
  switch (standing.state) {
    case "accruing":
    case "capped":
    case "overdue":
      return "overdue";
    case "curing":
    case "draft":
    case "pending": {
      const day = standing.next?.day;
      if (day === undefined) return "calm";
      return soonness(today, day);
    }
    case "claimed":
    case "stayed":
      return "calm";
    default:
      return "closed";
  }
}

function soonness(today: Day, day: Day): Card["tone"] {
  const left = daysBetween(today, day);
  return left <= 3 ? "urgent" : left <= 14 ? "soon" : "calm";
}

export function text(...spans: readonly Span[]): Block {
  return { kind: "text", text: spans };
}

export function note(...spans: readonly Span[]): Block {
  return { kind: "note", text: spans };
}
