import type { Block, Card, Text } from "../ports/card.ts";
import type { Language } from "../time/wording.ts";
import { hasEnded } from "./act-line.ts";
import type { DigestContents, DigestLine } from "./contents.ts";
import { actNowHeading, changedHeading, digestTitle, runningLines, standingLines, upcomingHeading } from "./digest-headings.ts";
import { type DigestTexts, digestTexts } from "./digest-texts.ts";
import { note, text } from "./matter-card.ts";
import { say } from "./say.ts";

/** A busy reader sees this much at once; the rest follows under a heading of its own. */
const LINES = 12;
/** Lines of what runs and of what stands, one a currency; fewer where nothing else would find room. */
const CURRENCIES = 3;
/** The lines of sections that a reader sees whatever else there is, and how many of them are to be acted on now. */
const FEWEST = 2;
const FIRST_URGENT = 3;

/** A heading with its lines; the lines that found no room come after the footer. */
interface Section {
  readonly heading: string;
  readonly lines: readonly Text[];
}

/** What every day is said, in the order in which a reader acts; said even when there is nothing, so that silence means a fault. */
export function digestCard(language: Language, digest: DigestContents, texts: DigestTexts = digestTexts(language, digest)): Card {
  const [actNow, cannotCount, ...after] = sectionsOf(language, digest, texts);
  const running = runningLines(language, digest);
  const standing = standingLines(language, digest);
  const quiet = [actNow, cannotCount, ...after].every(({ lines }) => lines.length === 0) && running.length + standing.length === 0;
  const runs = quiet ? quietLines(language, digest) : [...(running.length === 0 ? [noneRuns(language, digest)] : running), ...standing];
  const before = quiet ? [] : [actNow, cannotCount];
  const notices = noticesOf(language, digest);
  const below = belowOf(language, digest, texts);
  const { shares, currencies, merged } = layOut(before, runs.length, quiet ? [] : after, notices.length > 0, below.length > 0);
  const tail = quiet ? [] : merged ? [{ heading: after.map(({ heading }) => heading).join(" · "), lines: [] }] : joined(after);
  const hidden: readonly Section[] = [
    ...runs.slice(currencies).map((heading) => ({ heading, lines: [] })),
    ...[...before, ...(quiet ? [] : after)].flatMap((section, index) => remainder(section, shares[index]!)),
    ...below,
  ];
  const count = hidden.reduce((sum, { lines }) => sum + Math.max(1, lines.length), 0);
  const said = [...notices, ...(count > 0 ? [say(language, "digest.more", { n: count })] : [])];
  const blocks: readonly Block[] = [
    ...(digest.publicOnly === true ? [text({ bold: say(language, "digest.not-told") })] : []),
    ...before.map((section, index) => rows(section, shares[index]!)),
    ...runs.slice(0, currencies).map((line) => (running.includes(line) || standing.includes(line) ? text({ bold: line }) : text(line))),
    ...tail.map((section) => rows(section, merged ? 0 : shares[before.length + after.findIndex(({ lines }) => lines === section.lines)]!)),
    ...(said.length > 0 ? [text(said.join(" · "))] : []),
    note(say(language, "digest.footer", { head: digest.head.slice(0, 12) })),
    ...(hidden.length === 0 ? [] : [text({ bold: say(language, "digest.rest") }), ...hidden.map((section) => rows(section))]),
  ];
  return { title: digestTitle(language, digest), tone: toneOf(digest), blocks };
}

/** Of what may not be told there it is not said that there is nothing. */
function quietLines(language: Language, { watched, publicOnly }: DigestContents): readonly string[] {
  if (publicOnly !== true) return [say(language, "digest.nothing", { watched })];
  return watched === 0 ? [] : [say(language, "digest.nothing-public", { watched })];
}

function noneRuns(language: Language, { publicOnly }: DigestContents): string {
  return say(language, publicOnly === true ? "digest.running-none-public" : "digest.running-none");
}

interface Layout {
  /** How many lines of each section stand in the first part. */
  readonly shares: readonly number[];
  readonly currencies: number;
  /** The headings after what runs share one line, and all their lines follow below. */
  readonly merged: boolean;
}

/** What the first part holds. Where the headings alone would leave no room for what is to be acted on now, those of the end share a line. */
function layOut(before: readonly Section[], runs: number, after: readonly Section[], isNotice: boolean, isBelow: boolean): Layout {
  const sections = [...before, ...after];
  const lines = sections.reduce((sum, section) => sum + section.lines.length, 0);
  const frame = 2 + before.length + joined(after).length;
  const isMore = isBelow || runs > CURRENCIES || frame + runs + lines + Number(isNotice) > LINES;
  const spare = LINES - frame - Number(isNotice || isMore);
  const currencies = Math.min(runs, isMore ? Math.max(1, Math.min(CURRENCIES, spare - Math.min(FEWEST, lines))) : CURRENCIES);
  const urgent = before[0]?.lines.length ?? 0;
  if (spare - currencies > FIRST_URGENT || spare - currencies >= lines || urgent <= spare - currencies) {
    return { shares: roomFor(sections, spare - currencies), currencies, merged: false };
  }
  const roomier = spare + joined(after).length - 1;
  const most = Math.min(runs, CURRENCIES);
  const shares = [...roomFor(before, roomier - most), ...after.map(() => 0)];
  return { shares, currencies: most, merged: true };
}

/** What was not delivered has a heading of its own only where there is something. */
function joined(after: readonly Section[]): readonly Section[] {
  const last = after.at(-1);
  const before = after.at(-2);
  if (last === undefined || before === undefined || last.lines.length > 0) return after;
  return [...after.slice(0, -2), { ...before, heading: `${before.heading} · ${last.heading}` }];
}

function sectionsOf(
  language: Language,
  digest: DigestContents,
  texts: DigestTexts,
): readonly [Section, Section, Section, Section, Section] {
  const { actNow, cannotCount, undelivered, until } = digest;
  return [
    { heading: actNowHeading(language, actNow, until), lines: texts.actNow },
    { heading: say(language, "digest.cannot-count", { n: cannotCount.length }), lines: texts.cannotCount },
    { heading: upcomingHeading(language, digest), lines: texts.upcoming },
    { heading: changedHeading(language, digest), lines: texts.corrected },
    { heading: say(language, "digest.undelivered", { n: undelivered.length }), lines: texts.undelivered },
  ];
}

/** What is never in the first part: deadlines further off, and what is put off. */
function belowOf(language: Language, { later, snoozed }: DigestContents, texts: DigestTexts): readonly Section[] {
  const sections: readonly Section[] = [
    { heading: say(language, "digest.later", { n: later.length }), lines: texts.later },
    { heading: say(language, "digest.snoozed", { n: snoozed.length }), lines: texts.snoozed },
  ];
  return sections.filter(({ lines }) => lines.length > 0);
}

/** What may be silent without anybody noticing. */
function noticesOf(language: Language, { unwatched, emptyWatches, snoozed }: DigestContents): readonly string[] {
  return [
    ...(unwatched > 0 ? [say(language, "digest.unwatched", { n: unwatched })] : []),
    ...emptyText(language, emptyWatches),
    ...(snoozed.length > 0 ? [say(language, "digest.put-off", { n: snoozed.length })] : []),
  ];
}

function emptyText(language: Language, empty: DigestContents["emptyWatches"]): readonly string[] {
  if (typeof empty === "number") return empty === 0 ? [] : [say(language, "digest.empty-watches-unnamed", { n: empty })];
  return empty.length === 0 ? [] : [say(language, "digest.empty-watches", { n: empty.length, filters: empty })];
}

function toneOf(digest: DigestContents): Card["tone"] {
  const ended = ["overdue", "accruing", "capped"];
  const isOver = ({ standing, item, due, today }: DigestLine) => {
    if (due !== undefined) return due.day < today;
    return item === null || ended.includes(item.state) || hasEnded(standing, item, { today, now: digest.until });
  };
  if (digest.actNow.some(isOver)) return "overdue";
  if (digest.actNow.length > 0) return "urgent";
  return digest.cannotCount.length > 0 || digest.upcoming.length > 0 || digest.undelivered.length > 0 ? "soon" : "calm";
}

/** How many lines of each section fit: the first urgent ones, then one of each, then as many as there is room for, in order. */
function roomFor(sections: readonly Section[], room: number): readonly number[] {
  const shares = sections.map(() => 0);
  let left = Math.max(0, room);
  const give = (index: number, most: number) => {
    const taken = Math.min(left, Math.max(0, Math.min(most, sections[index]!.lines.length) - shares[index]!));
    shares[index]! += taken;
    left -= taken;
  };
  if (sections.length > 0) give(0, FIRST_URGENT);
  for (const most of [1, Number.POSITIVE_INFINITY]) for (const index of sections.keys()) give(index, most);
  return shares;
}

function rows({ heading, lines }: Section, to = lines.length): Block {
  return { kind: "rows", heading: [{ bold: heading }], rows: lines.slice(0, to).map((line) => [line]) };
}

/** The lines of a section that found no room, numbered as they stand in it. */
function remainder({ heading, lines }: Section, from: number): readonly Section[] {
  if (from === lines.length) return [];
  const short = heading.split(" · ")[0]!;
  const numbers = from + 1 === lines.length ? `${lines.length}` : `${from + 1}–${lines.length}`;
  return [{ heading: from === 0 ? short : `${short} (${numbers})`, lines: lines.slice(from) }];
}
