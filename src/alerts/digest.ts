import type { DigestContents, DigestForm, Undelivered } from "../cards/contents.ts";
import { authorityOf } from "../law/catalogue.ts";
import type { Matter } from "../matter/history.ts";
import { standingNow } from "../matter/standing.ts";
import type { Standing } from "../matter/standing-types.ts";
import { addDays, type Day, earlier } from "../time/day.ts";
import { dayIn, type Instant, momentOf, type Zone } from "../time/instant.ts";
import { type DigestBefore, dayBefore } from "./digest-before.ts";
import {
  aheadLines,
  byExpiry,
  byNearness,
  byNext,
  type Heeded,
  isActNow,
  isUncounted,
  type Look,
  linesOf,
  snoozedLine,
} from "./digest-looks.ts";
import { called } from "./names.ts";
import { POLICY } from "./policy.ts";
import { runningTotals } from "./running-totals.ts";
import { standingTotals } from "./standing-totals.ts";
import { hurried, inPortions, type Portions, unhurried } from "./unhurried.ts";
import { valuesBefore } from "./values-before.ts";

export interface DigestAsk {
  readonly matters: readonly Matter[];
  readonly day: Day;
  readonly form: DigestForm;
  readonly zone: Zone;
  /** The place's hour of digest, HH:mm. */
  readonly at: string;
  readonly now: Instant;
  /** What the last delivered digest of the place counted through, and when it was said. Null: as if the one before had been on time. */
  readonly before: DigestBefore | null;
  readonly unwatched: number;
  readonly undelivered: readonly Undelivered[];
  readonly head: string;
  /** The names of people who are named by reference; without them they are shown by it. */
  readonly names?: ReadonlyMap<string, string>;
  /** Left out: nothing was asked, and nothing put off. */
  heed?(stream: string): Heeded;
  readonly emptyWatches: DigestContents["emptyWatches"];
}

/** Deadlines further off than those to prepare for, shown below; and those of the week. */
const LATER_DAYS = 90;
const WEEK_DAYS = 7;

/** The digest of a day: states and deadlines as of that day, sums through the day before, in the order in which a reader acts. */
export function digestOf(ask: DigestAsk): DigestContents {
  return hurried(reckon(ask));
}

/** The same of very many matters: whoever types a command meanwhile is answered. */
export function digestUnhurried(ask: DigestAsk): Promise<DigestContents> {
  return unhurried(reckon(ask));
}

function* reckon(ask: DigestAsk): Portions<DigestContents> {
  const { matters, day, form, now, zone } = ask;
  const today = zoneDays(now);
  // East of an authority a place's day begins before that day has come there: nothing has ended that still has hours to run.
  const looks = yield* inPortions(matters, (matter): readonly Look[] => {
    const on = earlier(day, today(authorityOf(matter.facts.authority)!.zone));
    return [{ matter, standing: called(standingNow(matter, on), ask.names), heeded: ask.heed?.(matter.key) ?? UNHEEDED }];
  });
  const lines = yield* inPortions(looks, linesOf);
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

interface Before extends DigestBefore {
  /** Whether there was one. */
  readonly said: boolean;
}

/** The digest before; one that counted as far as this one is this one, or stems from a clock that was set back. */
function beforeOf({ before, day, form, zone, at }: DigestAsk, past: boolean): Before {
  if (before !== null && !past && before.through < addDays(day, -1)) return { ...before, said: true };
  const then = dayBefore(day, form);
  return { through: addDays(then, -1), at: momentOf(zone, then, at), said: false };
}

/** Where the authority's day had not come when the digest before was said, it counted one day less. */
function countedThrough({ through, at }: Before, past: boolean): (standing: Standing) => Day {
  if (past) return () => through;
  const then = zoneDays(at);
  return ({ zone }) => earlier(through, addDays(then(zone), -1));
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
