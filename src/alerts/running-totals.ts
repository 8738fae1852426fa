import type { Portion, RunningTotal, Settled, Stopped, Through } from "../cards/totals.ts";
import { money } from "../law/money.ts";
import { knownAt, type Matter } from "../matter/history.ts";
import { standingNow, standingOn } from "../matter/standing.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import { addDays, type Day, earlier, later } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import { isByPeriods, nextCompletion } from "./next-completion.ts";
import { addsOf, type Ends, endsOf, isNothing, leastOf, less, mostOf, NOTHING, ordered, plus, ranOf, smaller } from "./sum-ends.ts";

/** What the digest before counted: through which day a matter's sums, and what was known then. */
export interface Since {
  through(standing: Standing): Day;
  /** Null for the digest of a day that is over: it is told again from what is known today. */
  readonly at: Instant | null;
}

export interface Looked {
  readonly matter: Matter;
  readonly standing: Standing;
}

export interface Totals {
  readonly running: readonly RunningTotal[];
  readonly stopped: readonly Stopped[];
}

interface Sums {
  matters: number;
  /** Null until something runs. */
  through: Through | null;
  readonly byRegime: Map<ItemStanding["regime"], Part>;
  theoretical: Ends;
  change: Ends;
  perDay: Ends;
  next: { readonly day: Day; readonly minor: bigint } | null;
  joined: { matters: number; sum: Ends };
  stopped: { matters: number; sum: Ends; ranTo: Ends | null };
}

interface Part {
  readonly sum: Ends;
  readonly open: Ends;
  readonly fixed: bigint;
  readonly paid: bigint;
}

/** The days through which sums run once those of a standing are among them. */
export function throughWith(sums: Through | null, { through }: Standing): Through {
  return sums === null ? { first: through, last: through } : { first: earlier(sums.first, through), last: later(sums.last, through) };
}

/** Sums of matters that are looked at one after the other. */
export interface RunningSums {
  add(look: Looked): void;
  totals(): Totals;
}

/** What runs, by currency, the one with most matters first: never added across two. Only sums that can be told are in it. */
export function runningSums(since: Since): RunningSums {
  const byCurrency = new Map<string, Sums>();
  return { add: (look) => addMatter(byCurrency, look, since), totals: () => totalsOf(byCurrency) };
}

function totalsOf(byCurrency: ReadonlyMap<string, Sums>): Totals {
  const currencies = [...byCurrency].sort(([one, a], [other, b]) => b.matters - a.matters || (one < other ? -1 : 1));
  return {
    running: currencies.filter(([, { matters }]) => matters > 0).map(([currency, sums]) => totalOf(currency, sums)),
    stopped: currencies.filter(([, { stopped }]) => stopped.matters > 0).map(([currency, { stopped }]) => stoppedOf(currency, stopped)),
  };
}

function addMatter(byCurrency: Map<string, Sums>, { matter, standing }: Looked, since: Since): void {
  const { currency, items } = standing;
  const through = since.through(standing);
  const news = isNews(matter, standing, through, since.at);
  const running = items.some(runs);
  if (!running && !news && !items.some((item) => mayHaveStopped(item, standing, through))) return;
  const before = shownBefore(matter, standing, through, news, since.at);
  const own: Sums = { ...nothing(), matters: running ? 1 : 0 };
  let [ranThen, adds] = [NOTHING, NOTHING];
  for (const item of items) {
    const was = before.get(item.id) ?? UNSEEN;
    if (was.ran) ranThen = plus(ranThen, was.sum);
    if (runs(item)) {
      const now = ranOf(item);
      // What comes in has run no more than it has: an extension may have taken days away meanwhile.
      const ran = was.ran ? was.sum : smaller(was.sum, now);
      own.byRegime.set(item.regime, withPart(own.byRegime.get(item.regime), partOf(item)));
      own.theoretical = plus(own.theoretical, now);
      if (isByPeriods(item)) own.next = sooner(own.next, nextCompletion(matter, standing, item));
      else if (item.rate?.per !== "violation") adds = plus(adds, addsOf(item));
      if (!was.ran && !isNothing(ran)) own.joined = { matters: 1, sum: plus(own.joined.sum, ran) };
    } else if (was.ran && !isNothing(was.sum)) {
      const { sum, ranTo } = own.stopped;
      const withIt = ranTo === null || item.theoretical === null ? null : plus(ranTo, ranOf(item));
      own.stopped = { matters: 1, sum: plus(sum, was.sum), ranTo: withIt };
    }
  }
  own.change = changeOf(own, ranThen);
  own.perDay = less(ordered(plus(own.theoretical, adds)), ordered(own.theoretical));
  if (running || own.stopped.matters > 0) byCurrency.set(currency, withMatter(byCurrency.get(currency) ?? nothing(), own, standing));
}

/** End by end as they are shown, whichever day gives them: from what was shown before, with what came in and what stopped, to what is shown now. */
function changeOf({ theoretical, joined, stopped }: Sums, ranThen: Ends): Ends {
  return less(less(ordered(theoretical), ordered(joined.sum)), less(ordered(ranThen), ordered(stopped.sum)));
}

/** What a matter brings is added with the lower of its ends first. */
function withMatter(sums: Sums, own: Sums, standing: Standing): Sums {
  for (const [regime, { sum, open, ...rest }] of own.byRegime) {
    sums.byRegime.set(regime, withPart(sums.byRegime.get(regime), { sum: ordered(sum), open: ordered(open), ...rest }));
  }
  const [had, has] = [sums.stopped.ranTo, own.stopped.ranTo];
  return {
    matters: sums.matters + own.matters,
    through: own.matters === 0 ? sums.through : throughWith(sums.through, standing),
    byRegime: sums.byRegime,
    theoretical: plus(sums.theoretical, ordered(own.theoretical)),
    change: plus(sums.change, own.change),
    perDay: plus(sums.perDay, own.perDay),
    next: sooner(sums.next, own.next),
    joined: withPortion(sums.joined, own.joined),
    stopped: { ...withPortion(sums.stopped, own.stopped), ranTo: had === null || has === null ? null : plus(had, ordered(has)) },
  };
}

function partOf(item: ItemStanding): Part {
  return { sum: ranOf(item), open: endsOf(item.open, item.openMax), fixed: item.fixed.minor, paid: item.paid.minor };
}

function withPart(one: Part = NO_PART, own: Part): Part {
  return { sum: plus(one.sum, own.sum), open: plus(one.open, own.open), fixed: one.fixed + own.fixed, paid: one.paid + own.paid };
}

const NO_PART: Part = { sum: NOTHING, open: NOTHING, fixed: 0n, paid: 0n };

function withPortion(one: Sums["joined"], own: Sums["joined"]): Sums["joined"] {
  return { matters: one.matters + own.matters, sum: plus(one.sum, ordered(own.sum)) };
}

/** The sooner of two completions; of one and the same day, what both add. */
function sooner(one: Sums["next"], other: Sums["next"]): Sums["next"] {
  if (one === null || other === null) return one ?? other;
  if (one.day === other.day) return { day: one.day, minor: one.minor + other.minor };
  return one.day < other.day ? one : other;
}

function runs(item: ItemStanding): boolean {
  return item.state === "accruing" && item.theoretical !== null;
}

/** Whether the matter may stand otherwise than by days alone. */
function isNews({ events, filled }: Matter, { on }: Standing, through: Day, at: Instant | null): boolean {
  if (events.some(({ event }) => event.on > through && event.on <= on)) return true;
  return at !== null && (events.some(({ recordedAt }) => recordedAt > at) || filled.some(({ recordedAt }) => recordedAt > at));
}

/** Whether days alone may have ended what ran of it: a cap was reached since, or what is known of the matter has ended. */
function mayHaveStopped({ state, capReached }: ItemStanding, { facts }: Standing, through: Day): boolean {
  if (state !== "accruing" && state !== "capped" && state !== "lapsed") return false;
  return facts.knownThrough !== undefined || (capReached !== null && capReached > through);
}

interface Was {
  readonly sum: Ends;
  /** Whether it was among what ran. */
  readonly ran: boolean;
}

const UNSEEN: Was = { sum: NOTHING, ran: true };

/**
 * What the digest before counted of each item. Where something was recorded since, by what was known then, so that a correction shows in the
 * change; what was not among what ran then, by what is known now.
 */
function shownBefore(matter: Matter, now: Standing, through: Day, news: boolean, at: Instant | null): ReadonlyMap<string, Was> {
  const counted = new Map(standingOn(matter, through).items.map((item) => [item.id, item]));
  const sumOf = (id: string) => (counted.has(id) ? ranOf(counted.get(id)!) : NOTHING);
  // What ran by the end of a day, and of which nothing is recorded since, ran on the day after; what did not may have begun on that day.
  const ranOn = ({ id }: ItemStanding) => counted.has(id) && runs(counted.get(id)!);
  const isPlain = (item: ItemStanding) => ranOn(item) || (!runs(item) && !mayHaveStopped(item, now, through));
  if (!news && now.items.every(isPlain)) {
    return new Map(now.items.map((item) => [item.id, { sum: sumOf(item.id), ran: ranOn(item) }]));
  }
  const known = at === null ? matter : knownAt(matter, at);
  const then = new Map((known === null ? [] : standingNow(known, addDays(through, 1)).items).map((item) => [item.id, item]));
  return new Map(
    now.items.map(({ id }) => {
      const shown = then.get(id);
      const ran = shown !== undefined && runs(shown);
      return [id, { sum: ran ? ranOf(shown) : sumOf(id), ran }];
    }),
  );
}

function nothing(): Sums {
  const none = { matters: 0, sum: NOTHING };
  const [joined, stopped] = [{ ...none }, { ...none, ranTo: NOTHING }];
  return {
    matters: 0,
    through: null,
    byRegime: new Map(),
    theoretical: NOTHING,
    change: NOTHING,
    perDay: NOTHING,
    next: null,
    joined,
    stopped,
  };
}

function totalOf(currency: string, { matters, through, byRegime, theoretical, change, perDay, next, joined }: Sums): RunningTotal {
  return {
    currency,
    matters,
    through: through!,
    ...rangeOf(currency, theoretical),
    ...settledOf(currency, [...byRegime.values()].reduce(withPart)),
    byRegime: [...byRegime].map(([regime, part]) => ({ regime, ...rangeOf(currency, part.sum), ...settledOf(currency, part) })),
    change: leastOf(currency, change),
    changeMax: mostOf(currency, change),
    perDay: leastOf(currency, perDay),
    perDayMax: mostOf(currency, perDay),
    next: next === null ? null : { day: next.day, sum: money(next.minor, currency) },
    joined: portionOf(currency, joined),
  };
}

function rangeOf(currency: string, sum: Ends) {
  return { theoretical: leastOf(currency, sum), theoreticalMax: mostOf(currency, sum) };
}

function settledOf(currency: string, { open, fixed, paid }: Part): Settled {
  return { open: leastOf(currency, open), openMax: mostOf(currency, open), fixed: money(fixed, currency), paid: money(paid, currency) };
}

function portionOf(currency: string, { matters, sum }: Sums["joined"]): Portion {
  return { matters, ...rangeOf(currency, sum) };
}

function stoppedOf(currency: string, stopped: Sums["stopped"]): Stopped {
  const { ranTo } = stopped;
  return {
    ...portionOf(currency, stopped),
    ranTo: ranTo === null ? null : leastOf(currency, ranTo),
    ranToMax: ranTo === null ? null : mostOf(currency, ranTo),
  };
}
