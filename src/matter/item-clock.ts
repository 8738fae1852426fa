import { momentAt } from "../law/clock-change.ts";
import { type Finding, isRefusal, type Refusal, refuse, type Step } from "../law/finding.ts";
import type { Pause } from "../law/pauses.ts";
import type { Rule, Start, Terms } from "../law/time-limit.ts";
import { addDays, type Day } from "../time/day.ts";
import type { Zone } from "../time/instant.ts";
import { type Count, countOf, goingOn, periodsOf } from "./clock.ts";
import { projectionOf } from "./clock-told.ts";
import type { EventOf, MatterEvent } from "./events.ts";
import type { ItemFold } from "./item-state.ts";
import { endAfterStay, stillFrom } from "./remainder.ts";

/** What moves the time to comply of an item, or sets it by hand. */

/** An event under its id. */
interface Recorded<Type extends MatterEvent["type"]> {
  readonly id: string;
  readonly event: EventOf<Type>;
}

export function extend(
  item: ItemFold,
  { id, event }: Recorded<"extended">,
  terms: Omit<Terms, "start" | "periods">,
  rule: Rule,
  isRead: boolean,
): Refusal | null {
  const expiry = item.freshExpiry ?? item.expiry;
  if ((event.until === undefined) === (event.by === undefined)) return refuse("extended-until-or-by");
  let until = event.until;
  let end: Start | null = null;
  let projected: Finding | null = null;
  let count: Count | null = null;
  let steps: readonly Step[] = [];
  if (until === undefined) {
    if (expiry === null) return refuse("no-expiry-yet", { item: item.id });
    const start = goingOn(rule, endOf(item, expiry));
    const whole = { ...terms, start, periods: periodsOf(event.by!) };
    const limit = rule.limit(whole);
    if (isRefusal(limit)) return limit;
    count = countOf(rule, whole, limit);
    steps = limit.steps;
    until = limit.expiry;
    end = {
      day: until,
      ...(limit.time === undefined ? {} : { time: limit.time }),
      ...(limit.which === undefined ? {} : { which: limit.which }),
    };
    projected = projectionOf(limit)[0] ?? item.projected;
  }
  const laterThatDay = until === expiry && isLater(end, endOf(item, until), terms.zone);
  // The day that was set stands, whatever another reading makes of the end before it.
  const isSet = isRead && event.until !== undefined;
  if (expiry !== null && until <= expiry && !laterThatDay && !isSet) return refuse("extension-not-later", { until, expiry });
  forgetFirstDay(item);
  if (count !== null) item.counts.push(count);
  if (expiry !== null && event.on > expiry) item.extendedLate = { from: addDays(expiry, 1), to: until };
  setExpiry(item, until);
  setTime(item, end);
  item.projected = projected;
  recordMove(item, id, steps);
  return null;
}

/** The end to which that event has moved the time to comply, as it stands. */
function recordMove(item: ItemFold, id: string, steps: readonly Step[]): void {
  const { freshExpiry, expiry, expiryTime: time, stay: stayed } = item;
  const stands = stayed === null || stayed.during === "delay";
  item.moved.set(id, { steps, end: stands ? (freshExpiry ?? expiry) : null, time: stands ? time : null, isFresh: freshExpiry !== null });
}

/** The end as a start: what is counted from it begins at the time of day at which it ends, where it has one. */
export function endOf({ expiryTime, expiryWhich }: Pick<ItemFold, "expiryTime" | "expiryWhich">, day: Day): Start {
  return { day, ...(expiryTime === null ? {} : { time: expiryTime }), ...(expiryWhich === null ? {} : { which: expiryWhich }) };
}

function setTime(item: ItemFold, end: Pick<Start, "time" | "which"> | null): void {
  item.expiryTime = end?.time ?? null;
  item.expiryWhich = end?.which ?? null;
}

/** Of one day: a time of day that comes twice may be the later one though its text is the same, or lower. */
function isLater(one: Start | null, other: Start, zone: Zone): boolean {
  if (one?.time === undefined || other.time === undefined) return false;
  return momentAt(zone, one.day, one.time, one.which) > momentAt(zone, other.day, other.time, other.which);
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

export function resume(
  item: ItemFold,
  { id, event }: Recorded<"resumed">,
  terms: Omit<Terms, "start" | "periods">,
  rule: Rule,
): Refusal | null {
  const { stay: stayed, collectionStayed } = item;
  if (stayed === null) {
    if (collectionStayed === null || (event.with !== undefined && event.with !== "remainder")) return refuse("no-stay");
    item.collectionStayed = null;
    return null;
  }
  const fresh = event.with !== undefined && event.with !== "remainder" ? event.with : null;
  let end: Day | null = null;
  let steps: readonly Step[] = [];
  const through = addDays(event.on, -1);
  if (fresh !== null) {
    const start = event.at === undefined ? { day: event.on } : { day: event.on, time: event.at };
    const whole = { ...terms, start, periods: periodsOf(fresh) };
    const limit = rule.limit(whole);
    if (isRefusal(limit)) return limit;
    end = limit.expiry;
    item.counted = countOf(rule, whole, limit);
    item.counts.push(item.counted);
    steps = limit.steps;
    item.unrolled = { of: end, day: item.counted.unrolled };
    item.otherwise = null;
    setTime(item, limit);
    item.projected = projectionOf(limit)[0] ?? null;
  } else if (stayed.during === "fresh period") {
    const moved = endAfterStay(item, item.freshExpiry!, { from: stayed.from, through });
    if (isRefusal(moved)) return moved;
    ({ end, steps } = moved);
  } else if (stayed.during === "cure" && item.expiry !== null && item.clock.kind === "running") {
    const moved = endAfterStay(item, item.expiry, { from: stillFrom(item, stayed.from), through });
    if (isRefusal(moved)) return moved;
    ({ end, steps } = moved);
  }
  item.stay = null;
  // Extended since beyond the day on which it is resumed, the time to comply runs: a fresh period takes its place.
  const replaced = stayed.during !== "cure" && fresh !== null && item.freshExpiry === null && item.expiry !== null && item.expiry > through;
  if (stayed.during === "cure" || replaced) {
    // Beyond the expiry should that be set by hand to before them.
    const before = stayed.during === "cure" ? item.pauses : pausedBefore(item, stayed.from);
    item.pauses = [...before, { from: stayed.from, to: through }];
    if (item.expiry !== null && (replaced || item.clock.kind === "running")) {
      item.expiry = end!;
      forgetFirstDay(item);
    }
  } else {
    item.freshExpiry = end ?? item.freshExpiry;
    item.pauses = [...pausedBefore(item, stayed.from), { from: stayed.from, to: end ?? through }];
  }
  if (end !== null) recordMove(item, id, steps);
  return null;
}

/** What did not count before that day; a fresh period that reached beyond it has been replaced. */
function pausedBefore({ pauses }: ItemFold, day: Day): Pause[] {
  const last = addDays(day, -1);
  return pauses.flatMap(({ from, to }) => (to === null || from > last ? [] : [{ from, to: to > last ? last : to }]));
}

/** The end of the period that runs: what ran before a fresh one is kept. */
export function setExpiry(item: ItemFold, value: Day): void {
  setTime(item, null);
  item.projected = null;
  if (item.freshExpiry === null) {
    item.expiry = value;
    return;
  }
  if (value < item.freshExpiry) item.pauses = pausedBefore(item, addDays(value, 1));
  if (value > item.freshExpiry) item.pauses = [...item.pauses, { from: addDays(item.freshExpiry, 1), to: value }];
  item.freshExpiry = value;
}

/** Units are of a penalty that runs: none can be set before its first day of delay. */
function unitsFault(item: ItemFold, on: Day): Refusal | null {
  const { clock, stay: stayed } = item;
  const last = lastDayToComply(item);
  if (last === null)
    return clock.kind === "pending" || (clock.kind === "draft" && clock.earliest !== null && on <= clock.earliest) ? tooEarly(on) : null;
  if (stayed?.during === "cure") return tooEarly(on);
  return on <= last ? tooEarly(on, last) : null;
}

function tooEarly(on: Day, expiry?: Day): Refusal {
  return refuse("units-before-delay", { on, ...(expiry === undefined ? {} : { expiry }) });
}

/** The day before the first day of delay, which a person may have set. */
export function lastDayToComply({ firstDay, expiry }: ItemFold): Day | null {
  return firstDay === null ? expiry : addDays(firstDay, -1);
}

/** A person may set what the text of a decision says, not a day before there was one: sums would run from it. */
export function override(item: ItemFold, event: EventOf<"overridden">, decided: Day | null): Refusal | null {
  const { what, value } = event;
  const because = event.because ?? "";
  if (because === "") return refuse("override-needs-reason");
  if (typeof value === "number") {
    if (what !== "units") return refuse("override-needs-day", { what });
    const fault = unitsFault(item, event.on);
    if (fault !== null) return fault;
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
