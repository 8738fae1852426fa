import type { Regime } from "../law/catalogue.ts";
import type { Money } from "../law/money.ts";
import type { State } from "../matter/standing-types.ts";
import { addDays, addMonths, type Day } from "../time/day.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import { type Language, wordDay, wordTime, wordZone } from "../time/wording.ts";
import { hasEnded } from "./act-line.ts";
import { amountsHidden } from "./amounts.ts";
import type { DigestContents, DigestLine } from "./contents.ts";
import { insideHidden } from "./inside.ts";
import { nearDay } from "./moments.ts";
import { rangeText } from "./money-line.ts";
import { regimeNote, regimeText } from "./penalty-words.ts";
import { capitalise, type Key, say } from "./say.ts";
import type { Portion, RunningPart, RunningTotal, StandingPart, StandingTotal, Stopped, Through } from "./totals.ts";

/** Above so many lines a heading says what they are. */
const MANY = 5;

/** Mon 19 Feb 2024, 09:00 Paris · 212 matters watched · 3 drafts; a weekly or monthly one says that it is. */
export function digestTitle(language: Language, digest: DigestContents, key: "digest.title" | "digest.title-all" = "digest.title"): string {
  const { at, zone, day, watched, drafts, form } = digest;
  // The digest of a day that is over bears that day, not the moment at which it is read again.
  const time = dayIn(zone, at) === day ? wordTime(language, zone, at) : null;
  const args = { form, day: wordDay(language, day), time, zone: wordZone(language, zone), watched, drafts };
  return capitalise(say(language, digest.publicOnly === true ? "digest.title-public" : key, args));
}

/** ACT NOW 140 · 2 periods end · 8 orders overdue · 130 penalties run · 95 not acknowledged. A time that has ended at an hour of today is overdue. */
export function actNowHeading(language: Language, lines: readonly DigestLine[], now: Instant): string {
  const heading = say(language, "digest.act-now", { n: lines.length });
  if (lines.length <= MANY) return heading;
  const count = (which: (line: DigestLine) => boolean) => lines.filter(which).length;
  const stateOf = ({ standing, item, today }: DigestLine) =>
    item !== null && hasEnded(standing, item, { today, now }) ? "overdue" : item?.state;
  const counted = lines.filter(({ due, snoozed }) => due === undefined && snoozed?.pastExpiry !== true);
  const states = Map.groupBy(counted, stateOf);
  const inState = (state: State) => states.get(state)?.length ?? 0;
  const counts: readonly (readonly [Key, number])[] = [
    ["digest.count-ending", inState("curing") + inState("pending")],
    ["digest.count-due", count(({ due, today }) => due !== undefined && due.day >= today)],
    ["digest.count-put-off", count(({ snoozed }) => snoozed?.pastExpiry === true)],
    ["digest.count-overdue", inState("overdue")],
    ["digest.count-running", inState("accruing")],
    ["digest.count-capped", inState("capped")],
    ["digest.count-unpaid", count(({ due, today }) => due !== undefined && due.day < today)],
    ["digest.count-unacknowledged", count(({ acknowledged }) => acknowledged === null && !insideHidden())],
  ];
  return [heading, ...counts.filter(([, n]) => n > 0).map(([key, n]) => say(language, key, { n }))].join(" · ");
}

/** NEXT 30 DAYS 12 (7 above) · 7 days 9 · 90 days 52: each holds the one before, and what stands above as well. */
export function upcomingHeading(language: Language, digest: DigestContents): string {
  const { upcoming, withinWeek: week, withinMonth: month, withinQuarter: quarter } = digest;
  const above = month - upcoming.length;
  const heading = say(language, above > 0 ? "digest.upcoming-above" : "digest.upcoming", { n: month, above });
  return quarter === 0 ? heading : `${heading} · ${say(language, "digest.within", { week, quarter })}`;
}

/** CHANGED OR CORRECTED 4, and since when where that is not yesterday. */
export function changedHeading(language: Language, digest: DigestContents): string {
  const since = sinceText(language, digest);
  const heading = say(language, "digest.corrected", { n: digest.corrected.length });
  return since === null ? heading : `${heading} (${say(language, "digest.since", { since })})`;
}

/** The day of the digest before; null where that was yesterday's. */
function sinceText(language: Language, { before, day, form }: DigestContents): string | null {
  const usual: Day = form === "monthly" ? addMonths(day, -1) : addDays(day, form === "weekly" ? -7 : -1);
  const since = before === null ? usual : addDays(before, 1);
  return since === addDays(day, -1) ? null : nearDay(language, since, day);
}

/** What runs, a line a currency, the one with most matters first; and what ran and stopped. */
export function runningLines(language: Language, digest: DigestContents): readonly string[] {
  const stoppedIn = (currency: string) => digest.stopped.find(({ theoretical }) => theoretical.currency === currency);
  const over = digest.stopped.filter(({ theoretical }) => digest.running.every(({ currency }) => currency !== theoretical.currency));
  if (amountsHidden()) return runningHidden(language, digest);
  return [
    ...digest.running.map((total) => runningLine(language, total, stoppedIn(total.currency), digest)),
    ...over.map((portion) =>
      [say(language, "digest.running-over", { currency: portion.theoretical.currency }), stoppedText(language, portion, digest)].join(
        " · ",
      ),
    ),
  ];
}

/** How many run and have stopped, where amounts are not shown. */
function runningHidden(language: Language, { running, stopped }: DigestContents): readonly string[] {
  return [
    ...running.map(({ currency, matters }) => say(language, "digest.running-hidden", { currency, matters })),
    ...stopped.map(({ matters }) => say(language, "digest.stopped-hidden", { n: matters })),
  ];
}

/** A sum bears the word of its regime; one of several regimes is told apart. */
function runningLine(language: Language, total: RunningTotal, stopped: Stopped | undefined, digest: DigestContents): string {
  const words = (regime: Regime) => ({ regime: regimeText(language, regime), note: regimeNote(language, regime) });
  const [only, ...others] = total.byRegime;
  const mixed = others.length > 0;
  const parts = total.byRegime.map((part) => {
    const sum = bareRange(language, part.theoretical, part.theoreticalMax);
    return say(language, "digest.running-part", { ...words(part.regime), sum, ...settledText(language, part) });
  });
  const told = total.byRegime.map((part) => settledText(language, part));
  const line = say(language, mixed ? "digest.running-mixed" : "digest.running", {
    currency: total.currency,
    matters: total.matters,
    pace: paceText(language, total, digest.day),
    ...words(only?.regime ?? "liquidated"),
    ...told[0],
    parts: told.every(isPlain) ? parts.join(", ") : parts.reduce((one, other) => say(language, "digest.both", { one, other })),
    through: throughText(language, total.through, digest.day),
    sum: bareRange(language, total.theoretical, total.theoreticalMax),
    change: changeText(language, total),
    since: sinceText(language, digest),
  });
  const moved = [
    ...(total.joined.matters > 0 ? [joinedText(language, total.joined)] : []),
    ...(stopped === undefined ? [] : [stoppedText(language, stopped, digest)]),
  ];
  return [line, ...moved].join(" · ");
}

/** What each end of the range has grown by: near a cap the lower one can have grown by more. */
function changeText(language: Language, { change, changeMax }: RunningTotal): string {
  const signed = (sum: Money) => ({ ...sum, signed: true, bare: true });
  if (changeMax == null) return say(language, "money.plain", { sum: signed(change) });
  return say(language, "digest.change-ends", { least: signed(change), most: signed(changeMax) });
}

interface SettledText {
  readonly settled: string | null;
  readonly paid: string | null;
}

/** Where something of it was fixed: that, what was paid, and what is still open. Else what was paid of it, for "open" would read as unpaid. */
function settledText(language: Language, { theoretical, theoreticalMax, open, openMax, fixed, paid }: RunningPart): SettledText {
  const bare = (sum: Money) => ({ ...sum, bare: true });
  const told = say(language, "money.paid", { sum: bare(paid) });
  const isWhole = open.minor === theoretical.minor && (openMax ?? open).minor === (theoreticalMax ?? theoretical).minor;
  if (fixed.minor === 0n && isWhole) return { settled: null, paid: paid.minor === 0n ? null : told };
  const rest = say(language, "money.open", { sum: bareRange(language, open, openMax) });
  return { settled: [say(language, "money.fixed", { sum: bare(fixed) }), told, rest].join(", "), paid: null };
}

function isPlain({ settled, paid }: SettledText): boolean {
  return settled === null && paid === null;
}

/** Yesterday, or the day through which the sums run where their authority has not come as far; both where only some have not. */
function throughText(language: Language, through: Through, today: Day): string {
  const [first, last] = [through.first, through.last].map((day) =>
    day === addDays(today, -1) && language === "en" ? say(language, "digest.through-yesterday") : nearDay(language, day, today),
  ) as [string, string];
  return first === last ? first : say(language, "digest.through-partly", { first, last });
}

/** +1,150 a day; of periods longer than a day, what the next one adds and when it is complete. */
function paceText(language: Language, { perDay, perDayMax, next }: RunningTotal, today: Day): string {
  const days = say(language, "digest.pace", { perDay: rangeText(language, perDay, perDayMax, { signed: true, bare: true }) });
  if (next === null) return days;
  const completed = say(language, "digest.pace-next", {
    sum: { ...next.sum, signed: true, bare: true },
    day: nearDay(language, next.day, today),
  });
  return perDay.minor === 0n && perDayMax == null ? completed : say(language, "digest.pace-both", { days, completed });
}

function joinedText(language: Language, { matters, theoretical, theoreticalMax }: Portion): string {
  return say(language, "digest.joined", { n: matters, sum: bareRange(language, theoretical, theoreticalMax) });
}

function bareRange(language: Language, least: Money, most: Money | null | undefined): string {
  return rangeText(language, least, most, { bare: true });
}

/** What runs no more: what it ran to, and of it what the digest before had counted. */
function stoppedText(language: Language, stopped: Stopped, { before }: DigestContents): string {
  const { matters: n, theoretical, theoreticalMax, ranTo, ranToMax } = stopped;
  const sum = ranTo === null ? say(language, "money.unknown") : bareRange(language, ranTo, ranToMax);
  return say(language, "digest.stopped", { n, sum, was: bareRange(language, theoretical, theoreticalMax), before });
}

/** What stands without running, a line a currency: of capped and stayed orders, and of claims both sums. */
export function standingLines(language: Language, digest: DigestContents): readonly string[] {
  if (amountsHidden()) return digest.stands.map(({ currency, matters }) => say(language, "digest.stands-hidden", { currency, matters }));
  return digest.stands.map(({ currency, matters, through, parts }: StandingTotal) =>
    say(language, "digest.stands", {
      currency,
      matters,
      through: throughText(language, through, digest.day),
      parts: parts.map((part) => standingPart(language, part)).reduce((one, other) => say(language, "digest.both", { one, other })),
    }),
  );
}

function standingPart(language: Language, part: StandingPart): string {
  const { regime, conditional, theoretical, theoreticalMax, open, openMax, fixed, paid } = part;
  const bare = (sum: Money) => ({ ...sum, bare: true });
  const told = say(language, conditional ? "digest.stands-claim" : "digest.stands-part", {
    regime: regimeText(language, regime),
    note: regimeNote(language, regime),
    sum: bareRange(language, theoretical, theoreticalMax),
    refused: refusedText(language, part),
  });
  // Where the debt arises by itself, nothing is liquidated, and "open" would read as unpaid.
  const liquidates = regime === "liquidated" || fixed.minor > 0n;
  return [
    told,
    ...(liquidates
      ? [say(language, "money.open", { sum: bareRange(language, open, openMax) }), say(language, "money.fixed", { sum: bare(fixed) })]
      : []),
    say(language, "money.paid", { sum: bare(paid) }),
  ].join(", ");
}

function refusedText(language: Language, { ifRefused, refusedIsLeast }: StandingPart): string {
  if (ifRefused === null) return say(language, "money.unknown");
  return say(language, refusedIsLeast === true ? "money.least" : "money.plain", { sum: { ...ifRefused, bare: true } });
}
