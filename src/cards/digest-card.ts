import type { Block, Card, Text } from "../ports/card.ts";
import { addDays } from "../time/day.ts";
import { dayIn } from "../time/instant.ts";
import { type Language, wordDay, wordShortDay, wordTime, wordZone } from "../time/wording.ts";
import type { DigestContents, RunningTotal } from "./contents.ts";
import { actNowLine, cannotCountLine, changedLine, upcomingLine } from "./digest-lines.ts";
import { note, text } from "./matter-card.ts";
import { regimeNote, regimeText } from "./penalty-words.ts";
import { capitalise, type Key, say } from "./say.ts";

/** A busy reader sees this much at once; the rest follows under a heading of its own. */
const LINES = 12;
/** Title, footer and four headings. */
const FRAME = 6;
/** Lines of what runs, one a currency. */
const CURRENCIES = 3;

/** A heading with its lines; the lines that found no room come after the footer. */
interface Section {
  readonly key: Key;
  readonly lines: readonly Text[];
}

/** What every day is said, in the order in which a reader acts; said even when there is nothing, so that silence means a fault. */
export function digestCard(language: Language, digest: DigestContents): Card {
  const sections: readonly Section[] = [
    { key: "digest.act-now", lines: digest.actNow.map((line) => actNowLine(language, line)) },
    { key: "digest.cannot-count", lines: digest.cannotCount.map((line) => cannotCountLine(language, line)) },
    { key: "digest.upcoming", lines: digest.upcoming.map((line) => upcomingLine(language, line)) },
    { key: "digest.corrected", lines: digest.corrected.map(({ standing, event }) => changedLine(language, standing, event)) },
  ];
  const running = digest.running.map((total) => text({ bold: runningLine(language, total, digest) }));
  const undelivered = say(language, "digest.undelivered", { n: digest.undelivered });
  const unwatched = digest.unwatched > 0 ? [text(say(language, "digest.unwatched", { n: digest.unwatched }))] : [];
  const footer = note(say(language, "digest.footer", { head: digest.head.slice(0, 12) }));
  const head = { title: title(language, digest), tone: toneOf(digest) };
  if (sections.every(({ lines }) => lines.length === 0) && running.length === 0) {
    const late = digest.undelivered > 0 ? [text({ bold: undelivered })] : [];
    return { ...head, blocks: [text(say(language, "digest.nothing", { watched: digest.watched })), ...late, ...unwatched, footer] };
  }
  const runs = running.length === 0 ? [text(say(language, "digest.running-none"))] : running.slice(0, CURRENCIES);
  const shares = roomFor(sections, LINES - FRAME - unwatched.length - runs.length, running.length > CURRENCIES);
  const [actNow, cannotCount, upcoming] = sections.map((section, index) => rows(language, section, 0, shares[index]!));
  const corrected = rows(language, sections[3]!, 0, shares[3]!, ` · ${undelivered}`);
  const rest = [...running.slice(CURRENCIES), ...restBlocks(language, sections, shares)];
  const hidden =
    Math.max(0, running.length - CURRENCIES) + sections.reduce((sum, { lines }, index) => sum + lines.length - shares[index]!, 0);
  const more = hidden === 0 ? [] : [text(say(language, "digest.more", { n: hidden }))];
  const below = rest.length === 0 ? [] : [text({ bold: say(language, "digest.rest") }), ...rest];
  return { ...head, blocks: [actNow!, cannotCount!, ...runs, upcoming!, corrected, ...unwatched, ...more, footer, ...below] };
}

function title(language: Language, digest: DigestContents): string {
  const { at, zone, day, watched, drafts } = digest;
  // The digest of a day that is over bears that day, not the moment at which it is read again.
  const time = dayIn(zone, at) === day ? wordTime(language, zone, at) : null;
  return capitalise(say(language, "digest.title", { day: wordDay(language, day), time, zone: wordZone(language, zone), watched, drafts }));
}

function toneOf(digest: DigestContents): Card["tone"] {
  if (digest.actNow.some(({ item }) => item !== null && item.state !== "curing")) return "overdue";
  return digest.actNow.length > 0 ? "urgent" : digest.cannotCount.length > 0 || digest.upcoming.length > 0 ? "soon" : "calm";
}

/** How many lines of each section fit: one of each first, then the urgent ones. A line that says how many more there are takes its own. */
function roomFor(sections: readonly Section[], room: number, isMore: boolean): readonly number[] {
  const all = sections.map(({ lines }) => lines.length);
  const fits = !isMore && all.reduce((sum, count) => sum + count, 0) <= room;
  if (fits) return all;
  const shares = all.map(() => 0);
  let left = Math.max(0, room - 1);
  for (const most of [1, Number.POSITIVE_INFINITY]) {
    for (const [index, count] of all.entries()) {
      const taken = Math.min(left, Math.max(0, Math.min(most, count) - shares[index]!));
      shares[index]! += taken;
      left -= taken;
    }
  }
  return shares;
}

function rows(language: Language, { key, lines }: Section, from: number, to: number, tail = ""): Block {
  const heading: Text = [{ bold: say(language, key, { n: lines.length }) + tail }];
  return { kind: "rows", heading, rows: lines.slice(from, to).map((line) => [line]) };
}

function restBlocks(language: Language, sections: readonly Section[], shares: readonly number[]): readonly Block[] {
  return sections.flatMap((section, index) => {
    const { length } = section.lines;
    return length === shares[index] ? [] : [rows(language, section, shares[index]!, length, ` (${shares[index]! + 1}–${length})`)];
  });
}

/** What runs in one currency. Sums of several regimes bear the words of all. */
function runningLine(language: Language, total: RunningTotal, { through, day }: DigestContents): string {
  const regimes = total.regimes.length === 0 ? (["liquidated"] as const) : total.regimes;
  return say(language, "digest.running", {
    currency: total.currency,
    matters: total.matters,
    perDay: { ...total.perDay, signed: true, bare: true },
    regime: regimes.map((regime) => regimeText(language, regime)).join(" / "),
    note: regimes.map((regime) => regimeNote(language, regime)).join(" / "),
    through:
      through === addDays(day, -1) && language === "en" ? say(language, "digest.through-yesterday") : wordShortDay(language, through),
    sum: { ...total.theoretical, bare: true },
    change: { ...total.change, signed: true, bare: true },
  });
}
