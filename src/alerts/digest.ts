import type { DigestContents, DigestForm, DigestLine, Undelivered } from "../cards/contents.ts";
import { authorityOf } from "../law/catalogue.ts";
import type { Matter } from "../matter/history.ts";
import { standingNow } from "../matter/standing.ts";
import type { Standing } from "../matter/standing-types.ts";
import { addDays, type Day, earlier } from "../time/day.ts";
import { dayIn, type Instant, momentOf, type Zone } from "../time/instant.ts";
import { fittingInPortions, hurried, inPortions, type Portions, sortedInPortions } from "../time/unhurried.ts";
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
import { runningSums } from "./running-totals.ts";
import { standingSums } from "./standing-totals.ts";
import { valuesBefore } from "./values-before.ts";

/** What a digest is made of, its matters apart. */
export interface DigestFrame {
  readonly day: Day;
  readonly form: DigestForm;
  readonly zone: Zone;
  /** The place's hour of digest, HH:mm. */
  readonly at: string;
  readonly now: Instant;
  /** What the last delivered digest of the place counted through, and when it was said. Null: as if the one before had been on time. */
  readonly before: DigestBefore | null;
  /** It is told where the desk's matters may not be. */
  readonly publicOnly?: boolean;
}

/** Matters that a digest tells of: there may be too many to be looked at together. */
export interface DigestPart {
  readonly matters: readonly Matter[];
  /** The names of people who are named by reference; without them they are shown by it. */
  readonly names?: ReadonlyMap<string, string>;
  /** Left out: nothing was asked, and nothing put off. */
  heed?(stream: string): Heeded;
}

/** What is known besides, once all matters were looked at. */
export interface DigestRest {
  readonly unwatched: number;
  readonly undelivered: readonly Undelivered[];
  readonly head: string;
  readonly emptyWatches: DigestContents["emptyWatches"];
}

export type DigestAsk = DigestFrame & DigestPart & DigestRest;

/** A digest that is made of one part after the other. */
export interface DigestMaking {
  add(part: DigestPart): Portions<void>;
  contents(rest: DigestRest): Portions<DigestContents>;
}

/** Deadlines further off than those to prepare for, shown below; and those of the week. */
const LATER_DAYS = 90;
const WEEK_DAYS = 7;

/** The digest of a day of matters that are there all at once. */
export function digestOf(ask: DigestAsk): DigestContents {
  const making = digestMaking(ask);
  hurried(making.add(ask));
  return hurried(making.contents(ask));
}

/**
 * The digest of a day: states and deadlines as of that day, sums through the day before, both by the authority's own day, in the order in which a
 * reader acts.
 */
export function digestMaking(frame: DigestFrame): DigestMaking {
  const { day, form, now, zone } = frame;
  const today = zoneDays(now);
  const past = dayIn(zone, now) > day;
  const before = beforeOf(frame, past);
  // The digest of a day that is over tells what was known at its hour.
  const until = past ? momentOf(zone, day, frame.at) : now;
  const running = runningSums({ through: countedThrough(before, past), at: past ? null : before.at });
  const stands = standingSums();
  const [lines, deadlines, snoozed]: [DigestLine[], DigestLine[], DigestLine[]] = [[], [], []];
  const corrected: DigestContents["corrected"][number][] = [];
  let [watched, drafts] = [0, 0];

  function* add({ matters, names, heed }: DigestPart): Portions<void> {
    // East of an authority a place's day begins before that day has come there: nothing has ended that still has hours to run.
    const looks = yield* inPortions(matters, (matter): readonly Look[] => {
      const on = earlier(day, today(authorityOf(matter.facts.authority)!.zone));
      return [{ matter, standing: called(standingNow(matter, on), names), heeded: heed?.(matter.key) ?? UNHEEDED }];
    });
    for (const line of yield* inPortions(looks, linesOf)) lines.push(line);
    yield* inPortions(looks, (look) => {
      deadlines.push(...aheadLines(look, addDays(day, LATER_DAYS)));
      snoozed.push(...snoozedLine(look));
      corrected.push(...changesOf(look, before.at, until));
      running.add(look);
      stands.add(look.standing);
      if (look.standing.items.some(({ state }) => state === "draft")) drafts += 1;
      return [];
    });
    watched += matters.length;
  }

  function* contents(rest: DigestRest): Portions<DigestContents> {
    const coming = yield* sortedInPortions(deadlines, byNext);
    const urgent = yield* fittingInPortions([...lines, ...coming.filter(({ due }) => due !== undefined)], isActNow);
    const actNow = yield* sortedInPortions(urgent, byExpiry);
    const shown = new Set(actNow.map(({ item, due }) => due ?? item));
    // Each deadline once: what stands above is counted here, and not said again.
    const ahead = yield* fittingInPortions(coming, ({ item, due }) => !shown.has(due ?? item));
    const uncounted = yield* fittingInPortions(lines, isUncounted);
    const cannotCount = yield* sortedInPortions(uncounted, byNearness);
    const putOff = yield* sortedInPortions(snoozed, byNext);
    const by = (last: Day) => (line: DigestLine) => line.next!.day <= last;
    const [week, near] = [addDays(day, WEEK_DAYS), addDays(day, POLICY.digestDays)];
    const upcoming = yield* fittingInPortions(ahead, by(near));
    const totals = { ...running.totals(), stands: stands.totals() };
    return {
      form,
      day,
      through: [...totals.running, ...totals.stands].map(({ through }) => through.first).reduce(earlier, addDays(day, -1)),
      before: before.said ? before.through : null,
      at: now,
      until,
      zone,
      watched,
      ...(frame.publicOnly === true ? { publicOnly: true } : {}),
      drafts,
      unwatched: rest.unwatched,
      actNow,
      cannotCount,
      ...totals,
      upcoming,
      // In the order of their days.
      later: ahead.slice(upcoming.length),
      withinWeek: coming.filter(by(week)).length,
      withinMonth: coming.filter(by(near)).length,
      withinQuarter: deadlines.length,
      snoozed: putOff,
      emptyWatches: rest.emptyWatches,
      corrected,
      undelivered: rest.undelivered,
      head: rest.head,
    };
  }

  return { add, contents };
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
function beforeOf({ before, day, form, zone, at }: DigestFrame, past: boolean): Before {
  if (before !== null && !past && before.through < addDays(day, -1)) return { ...before, said: true };
  const then = dayBefore(day, form);
  return { through: addDays(then, -1), at: momentOf(zone, then, at), said: false };
}

/** Where the authority's day had not come when the digest before was said, it counted one day less. */
function countedThrough({ through, at, made = at }: Before, past: boolean): (standing: Standing) => Day {
  if (past) return () => through;
  const then = zoneDays(made);
  return ({ zone }) => earlier(through, addDays(then(zone), -1));
}

/** What was recorded after the one moment and by the other, registrations and notes apart. */
function changesOf({ matter, standing }: Look, after: Instant, by: Instant): DigestContents["corrected"] {
  return matter.events
    .filter(({ initial, recordedAt, event }) => !initial && recordedAt > after && recordedAt <= by && event.type !== "note")
    .map((event) => {
      const was = valuesBefore(matter, event);
      return { standing, event, ...(was === undefined ? {} : { was }) };
    });
}
