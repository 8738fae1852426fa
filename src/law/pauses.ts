import { addDays, type Day, daysBetween } from "../time/day.ts";

/** Days that do not count, both ends included; an open end lasts until further notice. */
export interface Pause {
  readonly from: Day;
  readonly to: Day | null;
}

/** How many days after `expiry`, up to and including `day`, count. Pauses are in order, apart from one another and after the expiry. */
export function countedDays(expiry: Day, day: Day, pauses: readonly Pause[]): number {
  let count = Math.max(0, daysBetween(expiry, day));
  for (const { from, to } of pauses) {
    if (from > day) break;
    count -= daysBetween(from, to === null || to > day ? day : to) + 1;
  }
  return Math.max(0, count);
}

export function isPaused(day: Day, pauses: readonly Pause[]): boolean {
  return pauses.some(({ from, to }) => from <= day && (to === null || day <= to));
}

/** The first day after `expiry` that counts: those that a stay or a fresh period took before it do not. Of a stay that still lasts nothing is known yet. */
export function firstThatCounts(expiry: Day, pauses: readonly Pause[]): Day {
  const first = addDays(expiry, 1);
  const over = pauses.find(({ from, to }) => from <= first && (to === null || first <= to))?.to;
  return over == null ? first : addDays(over, 1);
}

/** The pauses after the expiry in order, those that touch or overlap made one. */
export function orderPauses(expiry: Day, pauses: readonly Pause[]): readonly Pause[] {
  const ordered: Pause[] = [];
  const starting = pauses.map(({ from, to }) => ({ from: from <= expiry ? addDays(expiry, 1) : from, to }));
  for (const pause of starting.filter(({ from, to }) => to === null || to >= from).sort((a, b) => (a.from < b.from ? -1 : 1))) {
    const last = ordered.at(-1);
    if (last === undefined || (last.to !== null && addDays(last.to, 1) < pause.from)) ordered.push(pause);
    else if (last.to !== null && (pause.to === null || pause.to > last.to)) ordered[ordered.length - 1] = { from: last.from, to: pause.to };
  }
  return ordered;
}
