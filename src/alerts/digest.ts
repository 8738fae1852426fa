import type { DigestContents, DigestLine, RunningTotal } from "../cards/contents.ts";
import { authorityOf } from "../law/catalogue.ts";
import { money } from "../law/money.ts";
import type { Matter } from "../matter/history.ts";
import { standingNow, standingOn } from "../matter/standing.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import { addDays, type Day, earlier } from "../time/day.ts";
import { dayIn, type Instant, momentOf } from "../time/instant.ts";
import { POLICY } from "./policy.ts";

export interface DigestAsk {
  readonly matters: readonly Matter[];
  readonly day: Day;
  readonly zone: string;
  /** The place's hour of digest, HH:mm. */
  readonly at: string;
  readonly now: Instant;
  readonly unwatched: number;
  readonly undelivered: number;
  readonly head: string;
}

/** The digest of a day: states and deadlines as of that day, sums through the day before, in the order in which a reader acts. */
export function digestOf(ask: DigestAsk): DigestContents {
  const { matters, day } = ask;
  const standings = matters.map((matter) => standingNow(matter, dayAt(matter, ask)));
  const lines = standings.flatMap(linesOf);
  const actNow = lines.filter(isActNow).sort(byExpiry);
  const until = addDays(day, POLICY.digestDays);
  const upcoming = standings
    .flatMap((standing) => upcomingLines(standing, standing.on, until))
    .filter(
      ({ standing, item, next }) => next?.what !== "expiry" || !actNow.some((line) => line.standing === standing && line.item === item),
    )
    .sort((a, b) => (a.next!.day < b.next!.day ? -1 : a.next!.day > b.next!.day ? 1 : 0));
  return {
    day,
    through: addDays(day, -1),
    at: ask.now,
    zone: ask.zone,
    watched: matters.length,
    drafts: standings.filter(({ items }) => items.some(({ state }) => state === "draft")).length,
    unwatched: ask.unwatched,
    actNow,
    cannotCount: lines.filter(({ item, standing }) => item !== null && standing.referredTo === null && cannotCount(item)),
    running: running(matters, standings),
    upcoming,
    corrected: matters.flatMap((matter, index) => changes(matter, standings[index]!, ask)),
    undelivered: ask.undelivered,
    head: ask.head,
  };
}

/** East of an authority a place's day begins before that day has come there: nothing has ended that still has hours to run. */
function dayAt(matter: Matter, { day, now }: DigestAsk): Day {
  return earlier(day, dayIn(authorityOf(matter.facts.authority)!.zone, now));
}

/** An item each, and each fine whose day of payment has passed. */
function linesOf(standing: Standing): readonly DigestLine[] {
  const today = standing.on;
  const items = standing.items.map((item): DigestLine => ({ standing, item, today, next: standing.next }));
  const late = standing.fines.filter(
    ({ due, amount, paid, annulled }) => due !== null && due < today && !annulled && amount !== null && paid.minor < amount.minor,
  );
  return [...items, ...late.map(({ due }): DigestLine => ({ standing, item: null, today, next: { day: due!, what: "payment" } }))];
}

/** A period that ends within days, one that has ended, or a penalty that runs. A notice that has led to another matter is not to be acted on. */
function isActNow({ standing, item, today }: DigestLine): boolean {
  if (item === null) return true;
  if (item.state === "curing") return item.expiry !== null && item.expiry <= addDays(today, POLICY.actNowDays);
  if (item.state === "overdue") return standing.referredTo === null;
  return item.state === "accruing" && item.units !== null;
}

/** Drafts, sums withheld, rates unknown: what a reader must not take for nothing. */
function cannotCount(item: ItemStanding): boolean {
  return item.state === "draft" || ((item.state === "accruing" || item.state === "capped") && item.theoretical === null);
}

/** Deadlines ahead first, the nearest on top; then what ended, the latest on top. */
function byExpiry(a: DigestLine, b: DigestLine): number {
  const [one, other] = [a, b].map(({ item, next }) => item?.expiry ?? next?.day ?? "") as [string, string];
  const [oneAhead, otherAhead] = [one >= a.today, other >= b.today];
  if (oneAhead !== otherAhead) return oneAhead ? -1 : 1;
  if (one === other) return a.standing.key < b.standing.key ? -1 : 1;
  return one < other === oneAhead ? -1 : 1;
}

function upcomingLines(standing: Standing, today: Day, until: Day): readonly DigestLine[] {
  const near = standing.ahead.filter(({ day }) => day <= until);
  return near.map(({ day, what, item }) => ({
    standing,
    item: standing.items.find(({ id }) => id === item) ?? null,
    today,
    next: { day, what },
  }));
}

/** What runs, by currency: never added across two. Only sums that can be told are in it. */
function running(matters: readonly Matter[], standings: readonly Standing[]): readonly RunningTotal[] {
  const totals = new Map<string, RunningTotal>();
  for (const [index, standing] of standings.entries()) {
    const counted = standing.items.filter((item) => item.state === "accruing" && item.theoretical !== null);
    if (counted.length === 0) continue;
    const before = standingOn(matters[index]!, addDays(standing.on, -2));
    const { currency } = standing;
    let total = totals.get(currency) ?? nothing(currency);
    for (const item of counted) {
      const was = before.items.find(({ id }) => id === item.id)?.theoretical?.minor ?? 0n;
      const now = item.theoretical!.minor;
      total = {
        ...total,
        regimes: total.regimes.includes(item.regime) ? total.regimes : [...total.regimes, item.regime],
        theoretical: money(total.theoretical.minor + now, currency),
        change: money(total.change.minor + now - was, currency),
        perDay: money(total.perDay.minor + (item.oneMoreDay?.minor ?? 0n), currency),
      };
    }
    totals.set(currency, { ...total, matters: total.matters + 1 });
  }
  return [...totals.values()].sort((a, b) => (a.currency < b.currency ? -1 : 1));
}

function nothing(currency: string): RunningTotal {
  const none = money(0n, currency);
  return { currency, matters: 0, regimes: [], theoretical: none, change: none, perDay: none };
}

/** What was recorded since the digest of the day before, registrations apart. */
function changes(matter: Matter, standing: Standing, { day, zone, at, now }: DigestAsk): DigestContents["corrected"] {
  const since = momentOf(zone, addDays(day, -1), at);
  // The digest of a day that is over tells what was known at its hour.
  const until = dayIn(zone, now) > day ? momentOf(zone, day, at) : now;
  return matter.events
    .filter(({ initial, recordedAt, event }) => !initial && recordedAt > since && recordedAt <= until && event.type !== "note")
    .map((event) => ({ standing, event }));
}
