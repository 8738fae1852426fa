import { isRefusal, type Refusal } from "../law/finding.ts";
import { beforeRoll, type Limit, type Start } from "../law/time-limit.ts";
import { addDays, type Day, daysBetween } from "../time/day.ts";
import { projectionOf } from "./clock-told.ts";
import type { ItemFold } from "./item-state.ts";

/**
 * The end of a period that stood still from one day through another, by what was left of it: it moves by the days of the stay from where it stood,
 * as the period counts its days (business days as such), and a rule that rolls rolls the new end. Where the end that stood had moved on to a working
 * day itself, counting from the day before that can give an earlier end: that one is kept beside it. The rest of the item is left as it is.
 */
export function endAfterStay(item: ItemFold, end: Day, { on, from, through }: { on: Day; from: Day; through: Day }): Day | Refusal {
  if (through < from) return end;
  const { counted } = item;
  if (counted === null) return addDays(end, daysBetween(from, through) + 1);
  const { rule, terms } = counted;
  const inHours = terms.periods.at(-1)!.hours > 0;
  const at = (day: Day): Start => (inHours ? { day, time: item.expiryTime ?? "24:00" } : { day });
  const movedFrom = (day: Day): Limit | Refusal => rule.limit({ ...terms, stood: { end: at(day), from, through } });
  const limit = movedFrom(end);
  if (isRefusal(limit)) return limit;
  if (!inHours) item.expiryTime = limit.time ?? null;
  // On another day the time comes once, or is the first.
  item.expiryWhich = null;
  item.projected = projectionOf(limit)[0] ?? item.projected;
  item.moved.push({ on, steps: limit.steps });
  const unrolled = item.unrolled?.of === end ? item.unrolled.day : end;
  const other = unrolled === end ? limit : movedFrom(unrolled);
  item.unrolled = { of: limit.expiry, day: isRefusal(other) ? limit.expiry : beforeRoll(other) };
  item.otherwise = isRefusal(other) || other.expiry === limit.expiry ? null : { of: limit.expiry, day: other.expiry };
  return limit.expiry;
}
