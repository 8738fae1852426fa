import type { Action, Block, Card, Text } from "../ports/card.ts";
import { type Day, daysBetween } from "../time/day.ts";
import type { Language } from "../time/wording.ts";
import { actLine } from "./act-line.ts";
import type { DigestContents } from "./contents.ts";
import { runningLines, standingLines } from "./digest-headings.ts";
import { actNowLine, upcomingLine } from "./digest-lines.ts";
import { whatText } from "./findings.ts";
import { aboutText, type HomeMatter, matterCards } from "./home-matters.ts";
import { note, text } from "./matter-card.ts";
import { nearDay } from "./moments.ts";
import { say } from "./say.ts";
import { type ShownSubscription, subscriptionCard } from "./subscription-card.ts";
import { waitingCard } from "./waiting-card.ts";

/** What a person's home is made of. */
export interface HomeContents {
  /** How many matters the register holds. */
  readonly registered: number;
  /** What is assigned to the person or owned by them. */
  readonly mine: readonly HomeMatter[];
  /** The digest of these matters; of the whole desk where none is theirs. */
  readonly digest: DigestContents;
  /** How the person's own conversation is spoken to; null where nothing is set, absent where there is none. */
  readonly settings?: ShownSubscription | null;
  /** Whether the person may run the command; without it every one is spoken of. */
  may?(verb: string): boolean;
}

/** So many deadlines are shown at once; each stands among the person's matters as well. */
const SHOWN = 15;

/** Help at first, what waits, what falls due, what accrues, all matters, settings: in the order in which a reader acts. */
export function homeCards(language: Language, contents: HomeContents): readonly Card[] {
  const { mine, digest } = contents;
  if (mine.length === 0) {
    const desk = contents.registered === 0 ? [] : [deskCard(language, digest)];
    return [firstCard(language, contents), ...desk, ...settingsCards(language, contents)];
  }
  return [
    waitingCard(language, mine, digest.zone, digest.at),
    deadlinesCard(language, mine, digest),
    accruingCard(language, digest),
    ...matterCards(language, mine),
    ...settingsCards(language, contents),
  ];
}

/** What may be tried, and no command that would be refused. */
function firstCard(language: Language, { registered, may = () => true }: HomeContents): Card {
  const empty = registered === 0;
  const all = empty ? (["register", "list", "help"] as const) : (["list", "assign", "mine"] as const);
  const lines = all.filter(may);
  const primary = empty ? { style: "primary" as const } : {};
  const rows = lines.map((verb): readonly Text[] => {
    const line = verb === "assign" ? say(language, "home.try-assign-line") : verb;
    return [[{ bold: line }], [say(language, `home.try-${verb}`)]];
  });
  const actions: readonly Action[] = [
    ...(may("register") ? [{ label: say(language, "home.register"), command: "form register", ...primary }] : []),
    ...(empty ? [] : [{ label: say(language, "home.list"), command: "list" }]),
    { label: say(language, "home.help"), command: "help" },
  ];
  const blocks: readonly Block[] = [
    text(say(language, "home.what")),
    text(say(language, empty ? "home.empty" : "home.none-yours")),
    { kind: "rows", heading: [say(language, lines.length === all.length ? "home.try" : "home.try-some")], rows },
    { kind: "actions", actions },
  ];
  return { title: say(language, "home.first-title"), tone: "calm", blocks };
}

/** What is due at the desk, for a person who has nothing of their own. */
function deskCard(language: Language, digest: DigestContents): Card {
  const { actNow, upcoming, zone } = digest;
  const lines = [...actNow, ...upcoming];
  const rows = lines
    .slice(0, SHOWN)
    .map((line, index): readonly Text[] => [(index < actNow.length ? actNowLine : upcomingLine)(language, line, zone, digest.at)]);
  const heading = rows.length < lines.length ? [say(language, "list.shown", { n: rows.length, total: lines.length })] : [];
  const blocks: readonly Block[] = [
    ...(rows.length === 0 ? [text(say(language, "home.desk-nothing"))] : [{ kind: "rows", heading, rows } as const]),
    { kind: "actions", actions: [{ label: say(language, "home.digest"), command: "digest" }] },
  ];
  return { title: say(language, "home.desk", { n: lines.length }), tone: actNow.length > 0 ? "urgent" : "calm", blocks };
}

/** The deadlines ahead, the nearest first: what is to be done and by when, and how many days are left. */
function deadlinesCard(language: Language, mine: readonly HomeMatter[], { zone, at }: DigestContents): Card {
  const ahead = mine
    .flatMap((matter) => matter.standing.ahead.map((due) => ({ matter, due })))
    .toSorted((one, other) => (one.due.day < other.due.day ? -1 : one.due.day > other.due.day ? 1 : 0));
  const rows = ahead.slice(0, SHOWN).map(({ matter, due }): readonly Text[] => {
    const { standing, today } = matter;
    const item = standing.items.find(({ id }) => id === due.item) ?? null;
    const curing = item !== null && item.state === "curing" && due.what === "expiry";
    return [
      [{ bold: aboutText(language, standing, item?.id ?? null) }],
      [curing ? actLine(language, standing, item, { today, now: at, readerZone: zone }) : dueText(language, due, today)],
    ];
  });
  const heading = rows.length < ahead.length ? [say(language, "home.deadlines-shown", { n: rows.length, total: ahead.length })] : [];
  const blocks: readonly Block[] = rows.length === 0 ? [text(say(language, "home.no-deadlines"))] : [{ kind: "rows", heading, rows }];
  return { title: say(language, "home.deadlines", { n: ahead.length }), tone: "calm", blocks };
}

function dueText(language: Language, { day, what }: { readonly day: Day; readonly what: string }, today: Day): string {
  const due = say(language, "digest.next", { what: whatText(language, what), day: nearDay(language, day, today) });
  return `${due} · ${say(language, "days-left", { n: daysLeft(today, day) })}`;
}

function daysLeft(today: Day, day: Day): number {
  return Math.max(0, daysBetween(today, day));
}

/** What runs by currency, with the cost of one more day, and what stands: the lines of the digest. */
function accruingCard(language: Language, digest: DigestContents): Card {
  const lines = [...runningLines(language, digest), ...standingLines(language, digest)];
  const blocks = lines.length === 0 ? [text(say(language, "home.nothing-runs"))] : lines.map((line) => text(line));
  return { title: say(language, "home.accruing"), tone: "calm", blocks };
}

/** Nothing where the person may have no digest of their own. */
function settingsCards(language: Language, contents: HomeContents): readonly Card[] {
  return contents.may?.("mine") === false ? [] : [settingsCard(language, contents)];
}

function settingsCard(language: Language, { settings, digest }: HomeContents): Card {
  const foot = note(say(language, "digest.footer", { head: digest.head.slice(0, 12) }));
  const title = say(language, "home.settings");
  if (settings === undefined) return { title, tone: "calm", blocks: [text(say(language, "said.mine-no-direct")), foot] };
  if (settings === null || settings.watches.length === 0) {
    const action = { label: say(language, "home.set-up"), command: "form mine" };
    return { title, tone: "calm", blocks: [text(say(language, "home.no-digest")), { kind: "actions", actions: [action] }, foot] };
  }
  // A conversation that watches matters by itself is set as any place is.
  const command = settings.settings.reminders ? "form settings" : "form mine";
  const card = subscriptionCard(language, { key: "home.settings" }, settings);
  const actions: readonly Action[] = [{ label: say(language, "home.change"), command }];
  return { ...card, blocks: [...card.blocks, { kind: "actions", actions }, foot] };
}
