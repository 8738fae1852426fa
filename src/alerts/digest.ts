import type { Acknowledged, DigestContents, DigestForm, DigestLine, Undelivered } from "../cards/contents.ts";
import { authorityOf } from "../law/catalogue.ts";
import type { Matter } from "../matter/history.ts";
import { standingNow } from "../matter/standing.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import { addDays, addMonths, type Day, daysBetween, earlier } from "../time/day.ts";
import { dayIn, type Instant, momentOf, type Zone } from "../time/instant.ts";
import { called } from "./names.ts";
import { POLICY } from "./policy.ts";
import { runningTotals } from "./running-totals.ts";
import { standingTotals } from "./standing-totals.ts";
import { valuesBefore } from "./values-before.ts";

/** Who has taken note of a matter's deadlines in the place, and who has put it off there; names, not ids. */
export interface Heeded {
  /** By item: null where it was asked and nobody has, undefined where nothing asks for it. */
  acknowledged(item: string): Acknowledged | null | undefined;
  readonly snoozed: DigestLine["snoozed"] | undefined;
}

export interface DigestAsk {
  readonly matters: readonly Matter[];
  readonly day: Day;
  readonly form: DigestForm;
  readonly zone: Zone;
  /** The place's hour of digest, HH:mm. */
  readonly at: string;
  readonly now: Instant;
  /** What the last delivered digest of the place counted through, and when it was said. Null: as if the one before had been on time. */
  readonly before: { readonly through: Day; readonly at: Instant } | null;
  readonly unwatched: number;
  readonly undelivered: readonly Undelivered[];
  readonly head: string;
  /** The names of people who are named by reference; without them they are shown by it. */
  readonly names?: ReadonlyMap<string, string>;
  /** Left out: nothing was asked, and nothing put off. */
  heed?(stream: string): Heeded;
  readonly emptyWatches: readonly string[];
}

/** Deadlines further off than those to prepare for, shown below; and those of the week. */
const LATER_DAYS = 90;
const WEEK_DAYS = 7;

interface Look {
  readonly matter: Matter;
  readonly standing: Standing;
  readonly heeded: Heeded;
}

/** The digest of a day: states and deadlines as of that day, sums through the day before, in the order in which a reader acts. */
export function digestOf(ask: DigestAsk): DigestContents {
  const { matters, day, form, now, zone } = ask;
  const today = zoneDays(now);
  // East of an authority a place's day begins before that day has come there: nothing has ended that still has hours to run.
  const looks = matters.map((matter): Look => {
    const on = earlier(day, today(authorityOf(matter.facts.authority)!.zone));
    return { matter, standing: called(standingNow(matter, on), ask.names), heeded: ask.heed?.(matter.key) ?? UNHEEDED };
  });
  const lines = looks.flatMap(linesOf);
  const deadlines = looks.flatMap((look) => aheadLines(look, addDays(day, LATER_DAYS))).sort(byNext);
  const actNow = [...lines, ...deadlines.filter(({ due }) => due !== undefined)].filter(isActNow).sort(byExpiry);
  const shown = new Set(actNow.map(({ item, due }) => due ?? item));
  // Each deadline once: what stands above is counted here, and not said again.
  const ahead = deadlines.filter(({ item, due }) => !shown.has(due ?? item));
  const near = addDays(day, POLICY.digestDays);
  const within = (days: number) => deadlines.filter(({ next }) => next!.day <= addDays(day, days)).length;
  const past = dayIn(zone, now) > day;
  const before = beforeOf(ask, past);
  const { running, stopped } = runningTotals(looks, { through: countedThrough(before, past), at: past ? null : before.at });
  return {
    form,
    day,
    through: addDays(day, -1),
    before: before.said ? before.through : null,
    at: now,
    zone,
    watched: matters.length,
    drafts: looks.filter(({ standing: { items } }) => items.some(({ state }) => state === "draft")).length,
    unwatched: ask.unwatched,
    actNow,
    cannotCount: lines.filter(isUncounted).sort(byNearness),
    running,
    stopped,
    stands: standingTotals(looks.map(({ standing }) => standing)),
    upcoming: ahead.filter(({ next }) => next!.day <= near),
    later: ahead.filter(({ next }) => next!.day > near),
    withinWeek: within(WEEK_DAYS),
    withinMonth: within(POLICY.digestDays),
    withinQuarter: deadlines.length,
    snoozed: looks.flatMap(snoozedLine).sort(byNext),
    emptyWatches: ask.emptyWatches,
    // The digest of a day that is over tells what was known at its hour.
    corrected: changes(looks, before.at, past ? momentOf(zone, day, ask.at) : now),
    undelivered: ask.undelivered,
    head: ask.head,
  };
}

const UNHEEDED: Heeded = { acknowledged: () => undefined, snoozed: undefined };

/** The day in each zone at that moment, looked up once a zone. */
function zoneDays(moment: Instant): (zone: Zone) => Day {
  const known = new Map<Zone, Day>();
  return (zone) => {
    const day = known.get(zone) ?? dayIn(zone, moment);
    known.set(zone, day);
    return day;
  };
}

interface Before {
  readonly through: Day;
  readonly at: Instant;
  /** Whether there was one. */
  readonly said: boolean;
}

/** The digest before; one that counted as far as this one is this one, or stems from a clock that was set back. */
function beforeOf({ before, day, form, zone, at }: DigestAsk, past: boolean): Before {
  if (before !== null && !past && before.through < addDays(day, -1)) return { ...before, said: true };
  const then = form === "monthly" ? addMonths(day, -1) : addDays(day, form === "weekly" ? -WEEK_DAYS : -1);
  return { through: addDays(then, -1), at: momentOf(zone, then, at), said: false };
}

/** Where the authority's day had not come when the digest before was said, it counted one day less. */
function countedThrough({ through, at }: Before, past: boolean): (standing: Standing) => Day {
  if (past) return () => through;
  const then = zoneDays(at);
  return ({ zone }) => earlier(through, addDays(then(zone), -1));
}

/** Each item that is to be acted on or cannot be counted, and each fine whose day of payment has passed. */
function linesOf({ standing, heeded }: Look): readonly DigestLine[] {
  const today = standing.on;
  const items = standing.items.map(
    (item): DigestLine => ({ standing, item, today, next: standing.next, ...snoozeOf(item, today, heeded) }),
  );
  const late = standing.fines.filter(
    ({ due, amount, paid, annulled }) => due !== null && due < today && !annulled && amount !== null && paid.minor < amount.minor,
  );
  return [
    ...items.filter((line) => isActNow(line) || isUncounted(line)).map((line) => ({ ...line, ...acknowledgedOf(line.item!, heeded) })),
    ...late.map(({ id, due: day }): DigestLine => {
      const due = { day: day!, what: "payment", item: null, fine: id };
      return { standing, item: null, today, next: { day: due.day, what: due.what }, due };
    }),
  ];
}

/** A matter is put off as a whole; whether that goes past the expiry is told of each item. */
function snoozeOf(item: ItemStanding, today: Day, { snoozed }: Heeded): Pick<DigestLine, "snoozed"> {
  return snoozed === undefined ? {} : { snoozed: { ...snoozed, pastExpiry: isPastExpiry(item, today, snoozed.until) } };
}

/** Asked of what is shown alone: it costs a look at the matter. */
function acknowledgedOf({ id }: ItemStanding, heeded: Heeded): Pick<DigestLine, "acknowledged"> {
  const acknowledged = heeded.acknowledged(id);
  return acknowledged === undefined ? {} : { acknowledged };
}

const WAITING: ReadonlySet<string> = new Set(["curing", "pending", "draft"]);

function isPastExpiry({ state, expiry, earliestExpiry }: ItemStanding, today: Day, until: Day): boolean {
  const end = expiry ?? earliestExpiry;
  return WAITING.has(state) && end !== null && end >= today && until >= end;
}

/**
 * A period, a related clock or a fine's day that ends within days; a period or a fine's day that has ended, a penalty that runs, a cap that was
 * reached (the duty goes on), or what was put off past its end.
 */
function isActNow({ standing, item, today, snoozed, due }: DigestLine): boolean {
  if (due !== undefined) return due.day <= addDays(today, POLICY.actNowDays);
  if (item === null || snoozed?.pastExpiry === true) return true;
  if (item.state === "curing") return item.expiry !== null && item.expiry <= addDays(today, POLICY.actNowDays);
  // A notice that has led to another matter is not to be acted on.
  if (item.state === "overdue") return standing.referredTo === null;
  if (item.state === "capped") return standing.referredTo === null;
  return item.state === "accruing" && item.units !== null;
}

const METERED: ReadonlySet<string> = new Set(["accruing", "capped", "claimed", "stayed"]);

/** Drafts, sums withheld, rates unknown: what a reader must not take for nothing. */
function isUncounted({ item, standing, due }: DigestLine): boolean {
  if (item === null || due !== undefined || standing.referredTo !== null) return false;
  return item.state === "draft" || (METERED.has(item.state) && item.rate !== null && item.theoretical === null);
}

/** Deadlines ahead first, the nearest on top; then what ended, the latest on top. */
function byExpiry(a: DigestLine, b: DigestLine): number {
  const [one, other] = [a, b].map(({ item, next, due }) => due?.day ?? item?.expiry ?? item?.earliestExpiry ?? next?.day ?? "") as [
    string,
    string,
  ];
  const [oneAhead, otherAhead] = [one >= a.today, other >= b.today];
  if (oneAhead !== otherAhead) return oneAhead ? -1 : 1;
  if (one === other) return a.standing.key < b.standing.key ? -1 : 1;
  return one < other === oneAhead ? -1 : 1;
}

/** What can end about now on top, ahead or behind; what can never end last. */
function byNearness(a: DigestLine, b: DigestLine): number {
  const [one, other] = [a, b].map(({ item, today }) => {
    const end = item?.earliestExpiry ?? item?.expiry ?? null;
    return end === null ? Number.MAX_SAFE_INTEGER : Math.abs(daysBetween(today, end));
  }) as [number, number];
  return one - other;
}

function byNext(a: DigestLine, b: DigestLine): number {
  const [one, other] = [a.next?.day ?? "9", b.next?.day ?? "9"];
  return one < other ? -1 : one > other ? 1 : 0;
}

function aheadLines({ standing, heeded }: Look, until: Day): readonly DigestLine[] {
  return standing.ahead
    .filter(({ day }) => day <= until)
    .map((due) => {
      const { day, what, item: id } = due;
      const item = standing.items.find((one) => one.id === id) ?? null;
      const asked = item !== null && (what === "expiry" || what === "earliest-expiry");
      return {
        standing,
        item,
        today: standing.on,
        next: { day, what },
        ...(asked ? { ...snoozeOf(item, standing.on, heeded), ...acknowledgedOf(item, heeded) } : { due }),
      };
    });
}

function snoozedLine({ standing, heeded: { snoozed } }: Look): readonly DigestLine[] {
  if (snoozed === undefined) return [];
  const pastExpiry = standing.items.some((item) => isPastExpiry(item, standing.on, snoozed.until));
  return [{ standing, item: null, today: standing.on, next: standing.next, snoozed: { ...snoozed, pastExpiry } }];
}

/** What was recorded after the one moment and by the other, registrations and notes apart. */
function changes(looks: readonly Look[], after: Instant, by: Instant): DigestContents["corrected"] {
  return looks.flatMap(({ matter, standing }) =>
    matter.events
      .filter(({ initial, recordedAt, event }) => !initial && recordedAt > after && recordedAt <= by && event.type !== "note")
      .map((event) => {
        const was = valuesBefore(matter, event);
        return { standing, event, ...(was === undefined ? {} : { was }) };
      }),
  );
}
