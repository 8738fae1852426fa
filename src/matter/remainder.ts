import { momentAt } from "../law/clock-change.ts";
import { type Finding, isRefusal, type Refusal, type Step } from "../law/finding.ts";
import { beforeRoll, type Start, type Terms } from "../law/time-limit.ts";
import { addDays, type Day, daysBetween, later } from "../time/day.ts";
import { millisecondsOf } from "../time/instant.ts";
import { countOf } from "./clock.ts";
import { projectionOf } from "./clock-told.ts";
import type { ItemFold } from "./item-state.ts";

/**
 * The end of a period that stood still from one day through another, by what was left of it: it moves by the days of the stay from where it stood,
 * as the period counts its days (business days as such), and a rule that rolls rolls the new end. Where the end that stood had moved on to a working
 * day itself, counting from the day before that can give an earlier end: that one is kept beside it. The rest of the item is left as it is.
 */
export function endAfterStay(
  item: ItemFold,
  end: Day,
  { from, through }: { from: Day; through: Day },
): { end: Day; steps: readonly Step[] } | Refusal {
  if (through < from) return { end, steps: [] };
  const { counted } = item;
  if (counted === null) return { end: addDays(end, daysBetween(from, through) + 1), steps: [] };
  const { rule, terms } = counted;
  const inHours = terms.periods.at(-1)!.hours > 0;
  const at = (day: Day): Start => (inHours ? { day, time: item.expiryTime ?? "24:00" } : { day });
  const stoodFrom = (day: Day): Terms => ({ ...terms, stood: { end: at(day), from, through } });
  const limit = rule.limit(stoodFrom(end));
  if (isRefusal(limit)) return limit;
  if (!inHours) item.expiryTime = limit.time ?? null;
  // On another day the time comes once, or is the first.
  item.expiryWhich = null;
  item.projected = projectionOf(limit)[0] ?? item.projected;
  item.counts.push(countOf(rule, stoodFrom(end), limit));
  const unrolled = item.unrolled?.of === end ? item.unrolled.day : end;
  const other = unrolled === end ? limit : rule.limit(stoodFrom(unrolled));
  item.unrolled = { of: limit.expiry, day: isRefusal(other) ? limit.expiry : beforeRoll(other) };
  item.otherwise = isRefusal(other) || other.expiry === limit.expiry ? null : { of: limit.expiry, day: other.expiry };
  return { end: limit.expiry, steps: limit.steps };
}

/** The first day of a stay that can take a day of the time to comply: those before it begins take none. */
export function stillFrom({ clock, counted }: ItemFold, stayed: Day): Day {
  const start = clock.kind === "running" ? clock.start : clock.kind === "pending" ? clock.starts : null;
  if (start === null) return stayed;
  // Of a period in hours the day on which it starts is none of those that count whole.
  const isFirst = counted?.rule.firstDayCounts === true && counted.terms.periods[0]!.hours === 0;
  return later(stayed, isFirst ? start : addDays(start, 1));
}

/** What is left of a time to comply that stands still, in what its rule counts: as much as a resumption would leave it. */
export function leftOf(item: ItemFold, stayed: Day, expiry: Day): Finding["args"] {
  const { counted, expiryTime, expiryWhich } = item;
  const from = stillFrom(item, stayed);
  const days = { unit: "days", left: Math.max(0, daysBetween(from, expiry) + 1) };
  if (counted === null || from > expiry) return days;
  const { rule, terms } = counted;
  if (terms.periods.at(-1)!.hours > 0) {
    if (expiryTime === null) return days;
    const end = momentAt(terms.zone, expiry, expiryTime, expiryWhich ?? undefined);
    const minutes = (millisecondsOf(end) - millisecondsOf(momentAt(terms.zone, from, "00:00"))) / 60_000;
    return { unit: "hours", left: Math.floor(minutes / 60), minutes: minutes % 60 };
  }
  const whole = rule.limit({ ...terms, stood: { end: { day: expiry }, from, through: expiry } });
  // Without a table that reaches so far it is not known how many of them are business days.
  if (isRefusal(whole)) return {};
  const business = whole.steps.find(({ code }) => code === "stood-still-business");
  return business === undefined ? days : { unit: "business", left: business.args.days! };
}
