import { isRefusal, type Refusal, refuse } from "../law/finding.ts";
import type { Pause } from "../law/pauses.ts";
import type { Rule, Terms } from "../law/time-limit.ts";
import { addDays, type Day, daysBetween, later } from "../time/day.ts";
import { periodsOf } from "./clock.ts";
import type { EventOf } from "./events.ts";
import type { ItemFold } from "./item-state.ts";

/** What moves the time to comply of an item, or sets it by hand. */

export function extend(item: ItemFold, event: EventOf<"extended">, terms: Omit<Terms, "start" | "periods">, rule: Rule): Refusal | null {
  const expiry = item.freshExpiry ?? item.expiry;
  if ((event.until === undefined) === (event.by === undefined)) return refuse("extended-until-or-by");
  let until = event.until;
  let time: string | null = null;
  if (until === undefined) {
    if (expiry === null) return refuse("no-expiry-yet", { item: item.id });
    const start = item.expiryTime === null ? { day: expiry } : { day: expiry, time: item.expiryTime };
    const limit = rule.limit({ ...terms, start, periods: periodsOf(event.by!) });
    if (isRefusal(limit)) return limit;
    until = limit.expiry;
    time = limit.time ?? null;
  }
  const laterThatDay = time !== null && item.expiryTime !== null && until === expiry && time > item.expiryTime;
  if (expiry !== null && until <= expiry && !laterThatDay) return refuse("extension-not-later", { until, expiry });
  forgetFirstDay(item);
  if (expiry !== null && event.on > expiry) item.extendedLate = { from: addDays(expiry, 1), to: until };
  item.expiryTime = time;
  if (item.freshExpiry === null) {
    item.expiry = until;
  } else if (until > item.freshExpiry) {
    item.freshExpiry = until;
    item.pauses.push({ from: addDays(expiry!, 1), to: until });
  }
  return null;
}

/** What a person had set as the first day of delay was of the old expiry. */
function forgetFirstDay(item: ItemFold): void {
  item.firstDay = null;
  item.overridden = item.overridden.filter(({ what }) => what !== "firstPenaltyDay");
}

export function stay(item: ItemFold, on: Day, hasMeter: boolean): Refusal | null {
  if (item.stay !== null) return refuse("stay-inside-stay", { from: item.stay.from });
  // Where a person has set the first day of delay to before the expiry, the penalty runs from it: no time to comply is left to stand still.
  const runs = hasMeter && item.freshExpiry === null && item.firstDay !== null && on >= item.firstDay;
  const during =
    !runs && (item.expiry === null || on <= item.expiry)
      ? "cure"
      : item.freshExpiry !== null && on <= item.freshExpiry
        ? "fresh period"
        : "delay";
  item.stay = { from: on, during };
  if (during !== "cure") item.pauses.push({ from: on, to: null });
  return null;
}

export function resume(item: ItemFold, event: EventOf<"resumed">, terms: Omit<Terms, "start" | "periods">, rule: Rule): Refusal | null {
  const { stay: stayed, collectionStayed } = item;
  if (stayed === null) {
    if (collectionStayed === null || (event.with !== undefined && event.with !== "remainder")) return refuse("no-stay");
    item.collectionStayed = null;
    return null;
  }
  const fresh = event.with !== undefined && event.with !== "remainder" ? event.with : null;
  let end: Day | null = null;
  if (fresh !== null) {
    const start = event.at === undefined ? { day: event.on } : { day: event.on, time: event.at };
    const limit = rule.limit({ ...terms, start, periods: periodsOf(fresh) });
    if (isRefusal(limit)) return limit;
    end = limit.expiry;
    item.expiryTime = limit.time ?? null;
  }
  item.stay = null;
  if (stayed.during === "cure") {
    // Beyond the expiry should that be set by hand to before them.
    item.pauses.push({ from: stayed.from, to: addDays(event.on, -1) });
    if (item.expiry !== null && item.clock.kind === "running") {
      const stoodStill = Math.max(0, daysBetween(later(stayed.from, addDays(item.clock.start, 1)), event.on));
      item.expiry = end ?? addDays(item.expiry, stoodStill);
      forgetFirstDay(item);
    }
    return null;
  }
  if (stayed.during === "fresh period") end ??= addDays(item.freshExpiry!, daysBetween(stayed.from, event.on));
  item.freshExpiry = end ?? item.freshExpiry;
  item.pauses = [...pausedBefore(item, stayed.from), { from: stayed.from, to: end ?? addDays(event.on, -1) }];
  return null;
}

/** What did not count before that day; a fresh period that reached beyond it has been replaced. */
function pausedBefore({ pauses }: ItemFold, day: Day): Pause[] {
  const last = addDays(day, -1);
  return pauses.flatMap(({ from, to }) => (to === null || from > last ? [] : [{ from, to: to > last ? last : to }]));
}

/** The end of the period that runs: what ran before a fresh one is kept. */
function setExpiry(item: ItemFold, value: Day): void {
  item.expiryTime = null;
  if (item.freshExpiry === null) {
    item.expiry = value;
    return;
  }
  const after = addDays(item.freshExpiry, 1);
  item.pauses = value < item.freshExpiry ? pausedBefore(item, addDays(value, 1)) : [...item.pauses, { from: after, to: value }];
  item.freshExpiry = value;
}

/** A person may set what the text of a decision says, not a day before there was one: sums would run from it. */
export function override(item: ItemFold, event: EventOf<"overridden">, decided: Day | null): Refusal | null {
  const { what, value } = event;
  const because = event.because ?? "";
  if (because === "") return refuse("override-needs-reason");
  if (typeof value === "number") {
    if (what !== "units") return refuse("override-needs-day", { what });
    item.setUnits = { on: event.on, value, because };
    return null;
  }
  if (what === "units") return refuse("override-needs-count");
  if (decided !== null && value < decided) return refuse("override-before-decided", { day: value, decided });
  const computed =
    what === "expiry" ? (item.freshExpiry ?? item.expiry) : (item.firstDay ?? (item.expiry === null ? null : addDays(item.expiry, 1)));
  item.overridden.push({ what, computed: computed ?? "", value, because });
  if (what === "expiry") setExpiry(item, value);
  else item.firstDay = value;
  return null;
}
