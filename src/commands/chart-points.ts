import type { Money } from "../law/money.ts";
import { foldMatter } from "../matter/fold.ts";
import type { Matter } from "../matter/history.ts";
import { MOVES } from "../matter/item-fold.ts";
import { standingOn } from "../matter/standing.ts";
import { addDays, type Day, dayOfSerial, daysBetween, serialOf } from "../time/day.ts";

/** What has run of an item by the end of a day. */
export interface ChartPoint {
  readonly day: Day;
  readonly theoretical: Money;
  /** With a notification known within a window: counted from its earliest day. */
  readonly theoreticalMax: Money | null;
}

/** What a drawing holds (ports/card.ts). */
const MOST = 60;

/**
 * The sum of an item over time, through a day: from the expiry, when nothing has run. Every day where they fit; of more, the first day of
 * penalty, the days on which its rate, its clock or its meter changed, the day of a cap and the last day are among those that are chosen. Each
 * value is what show --on says of that day. Empty where nothing has run, or where its sums cannot be told.
 */
export function chartPoints(matter: Matter, id: string, through: Day): readonly ChartPoint[] {
  const item = standingOn(matter, through).items.find((one) => one.id === id);
  if (item === undefined || item.rate === null || item.theoretical === null || (item.unitsMax ?? item.units ?? 0) === 0) return [];
  const first = firstDay(matter, id, through);
  if (first === null) return [];
  const begin = addDays(first, -1);
  const marked = [begin, first, ...changes(matter, id), ...(item.capReached === null ? [] : [item.capReached]), through];
  return chosenDays(begin, through, marked).flatMap((day): readonly ChartPoint[] => {
    const { theoretical = null, theoreticalMax = null } = standingOn(matter, day).items.find((one) => one.id === id) ?? {};
    return theoretical === null ? [] : [{ day, theoretical, theoreticalMax }];
  });
}

/** The first day of penalty as it was before an extension took it away, or as it stands. */
function firstDay(matter: Matter, id: string, through: Day): Day | null {
  const moved = new Set(matter.events.flatMap(({ event: { on } }) => [addDays(on, -1), on]));
  const days = [through, ...[...moved].filter((on) => on <= through)];
  const firsts = days.flatMap((on) => {
    const item = standingOn(matter, on).items.find((one) => one.id === id);
    return item?.firstPenaltyDay == null || item.firstPenaltyDay > on ? [] : [item.firstPenaltyDay];
  });
  return firsts.sort()[0] ?? null;
}

const BENDS: ReadonlySet<string> = new Set([
  ...MOVES,
  "overridden",
  "annulled",
  "appealed",
  "remitted",
  "settled",
  "withdrawn",
  "lapsed",
  "closed",
  "corrected",
]);

/** The days on which the line bends, and the days before them, where it has run straight until then. */
function changes(matter: Matter, id: string): readonly Day[] {
  const { facts, events } = foldMatter(
    matter,
    matter.events
      .map(({ event }) => event.on)
      .sort()
      .at(-1) ?? ("1900-01-01" as Day),
  );
  const penalty = facts.items?.find((one) => one.id === id)?.penalty;
  const steps = (penalty?.steps ?? []).map(({ from }) => from);
  // What was corrected since bent it on the day on which it was taken to have happened, until then.
  const moved = [...matter.events, ...events]
    .filter(({ event }) => BENDS.has(event.type) && (event.item ?? id) === id)
    .map(({ event }) => event.on);
  return [...steps, ...moved].flatMap((day) => [addDays(day, -1), day]);
}

/** Every day between both ends where they fit; else the marked ones, thinned where they are too many, and others at even distances. */
function chosenDays(begin: Day, end: Day, marked: readonly Day[]): readonly Day[] {
  const length = daysBetween(begin, end) + 1;
  if (length <= MOST) return Array.from({ length }, (_, index) => addDays(begin, index));
  const inside = [...new Set(marked)].filter((day) => day >= begin && day <= end).sort();
  const kept = new Set(inside.length <= MOST ? inside : evenly(inside.length, MOST).map((index) => inside[index]!));
  const even = evenly(length, MOST - kept.size).map((index) => dayOfSerial(serialOf(begin) + index));
  return [...new Set([...kept, ...even])].sort();
}

/** That many whole numbers from 0, both ends among them. */
function evenly(length: number, count: number): readonly number[] {
  if (count < 2) return [];
  return Array.from({ length: count }, (_, index) => Math.round((index * (length - 1)) / (count - 1)));
}
