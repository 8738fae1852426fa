import { parseUnit } from "../law/unit.ts";
import type { Matter } from "../matter/history.ts";
import { standingOn } from "../matter/standing.ts";
import type { ItemStanding, Standing } from "../matter/standing-types.ts";
import { addDays, type Day } from "../time/day.ts";

/** Whether the item's penalty is for periods longer than a day: what a day adds says nothing of it. */
export function isByPeriods({ rate }: ItemStanding): boolean {
  return rate !== null && parseUnit(rate.per)?.kind === "period";
}

/** No month has more days. */
const MONTH_DAYS = 31;

/**
 * The next day at whose end a period counts, and what that adds in minor units. Null where none does any more (a cap, a meter that ends) and where
 * the sum cannot be told. From what is recorded now: a stay to come is not known yet.
 */
export function nextCompletion(
  matter: Matter,
  { through }: Standing,
  item: ItemStanding,
): { readonly day: Day; readonly minor: bigint } | null {
  const unit = parseUnit(item.rate?.per ?? "");
  if (unit?.kind !== "period" || item.units === null) return null;
  const on = (day: Day) => standingOn(matter, day).items.find(({ id }) => id === item.id);
  const then = item.units;
  // Sums that are withheld from a day on are: something would have counted there.
  const counts = (day: Day) => (on(day)?.units ?? then + 1) > then;
  let [before, within] = [0, unit.months * MONTH_DAYS + unit.days + 1];
  if (!counts(addDays(through, within))) return null;
  while (within - before > 1) {
    const middle = Math.floor((before + within) / 2);
    if (counts(addDays(through, middle))) within = middle;
    else before = middle;
  }
  const day = addDays(through, within);
  const sum = on(day)?.theoretical?.minor;
  const was = on(addDays(day, -1))?.theoretical?.minor;
  return sum === undefined || was === undefined || sum <= was ? null : { day, minor: sum - was };
}
