import { denominatorOf, exactSum, type Meter, type Run, run } from "../law/accrual.ts";
import { divideHalfEven, type Money, money } from "../law/money.ts";
import { firstThatCounts } from "../law/pauses.ts";
import { addDays, type Day, later, yearOf } from "../time/day.ts";
import { nearOf } from "./cap-near.ts";
import { dayOf, type Facts, type ItemFacts } from "./facts.ts";
import type { MatterFold } from "./fold.ts";
import { assumptionsOf } from "./item-assumptions.ts";
import { warningsOf } from "./item-findings.ts";
import { firstRateOf, rateAt, rateSinceOf } from "./item-rate.ts";
import type { ItemFold } from "./item-state.ts";
import type { Meters } from "./joint-cap.ts";
import { fixedOf, total } from "./meter.ts";
import { refundOf } from "./payment-findings.ts";
import type { Readings } from "./readings.ts";
import type { ItemStanding, State } from "./standing-types.ts";

/** An item and the meters of its matter. `late` is counted from the latest day of notification, where that is known within a window. */
export interface ItemScene {
  readonly matter: MatterFold;
  readonly fold: ItemFold;
  readonly late: ItemFold | null;
  readonly meters: Meters;
  readonly lateMeters: Meters | null;
  /** As if the item's own claim failed, and as if every claim of the matter did. */
  readonly refused: Meters;
  readonly allRefused: Meters;
  readonly readings: Readings;
  /** The matter and its readings from the latest day of notification; null where `late` is. */
  readonly latest: { readonly matter: MatterFold; readonly readings: Readings } | null;
}

/** Where an item stands at the end of a day. `looksAhead` false leaves out what the day after adds, and whether a cap is near: itemToday tells them. */
export function itemStanding(item: ItemFacts, scene: ItemScene, on: Day, looksAhead = true): ItemStanding {
  const { matter, fold, late, meters } = scene;
  const { currency, authority, facts } = matter;
  const meter = meters.of.get(item.id) ?? null;
  const first = meter === null ? null : run(meter, on);
  const lateMeter = scene.lateMeters?.of.get(item.id) ?? null;
  // A notification that may yet be to come has started no clock: the least is nothing.
  const counted = late === null ? first : lateMeter === null ? null : run(lateMeter, on);
  // Of a range what is certain: capped is what is so from the latest day of notification, too.
  const state = stateOf(item, fold, counted, on);
  const certain = late === null ? meter : lateMeter;
  // An order that was limited to a day within its time to comply never ran: nothing was capped.
  const idle = counted?.cap === "until" && counted.capReached !== null && certain !== null && counted.capReached <= certain.expiry;
  const unknown = fold.clock.kind === "draft" && fold.expiry === null;
  const withheld = meter !== null && isWithheld(facts, meter, on);
  const priced = item.penalty?.rate !== "unknown";
  const sums = unknown || withheld ? null : sumsOf(counted, currency, priced);
  const most = unknown || withheld ? null : sumsOf(first, currency, priced);
  const fixed = fold.annulled ? 0n : fixedOf(fold, currency);
  const paid = total(fold.paid, currency) - total(fold.refunded, currency);
  const nothing = money(0n, currency);
  const annulled = fold.annulled;
  const claimed = state === "claimed" && item.penalty !== undefined && !unknown;
  const stays = fold.stay?.during === "cure" || fold.stay?.during === "fresh period";
  const expiry = stays || unknown ? null : (fold.freshExpiry ?? fold.expiry);
  const clock = fold.clock;
  return {
    id: item.id,
    order: item.order ?? null,
    state,
    expiry,
    expiryTime: expiry === null ? null : fold.expiryTime,
    earliestExpiry: clock.kind === "draft" && fold.expiry === null ? clock.earliest : null,
    missing: clock.kind === "draft" && fold.expiry === null ? clock.missing : [],
    firstPenaltyDay: meter === null || unknown || fold.stay?.during === "cure" ? null : firstThatCounts(meter.expiry, meter.pauses),
    runsFrom:
      meter === null || expiry === null
        ? null
        : fold.freshExpiry === null
          ? firstThatCounts(meter.expiry, meter.pauses)
          : firstThatCounts(later(expiry, meter.expiry), meter.pauses),
    units: sums?.units ?? null,
    unitsMax: late === null || meter === null ? null : (most?.units ?? null),
    theoretical: annulled ? nothing : (sums?.theoretical ?? null),
    theoreticalMax: late === null || meter === null ? null : annulled ? nothing : (most?.theoretical ?? null),
    fixed: money(fixed, currency),
    paid: money(paid, currency),
    open: annulled
      ? nothing
      : sums === null || meter === null
        ? (sums?.theoretical ?? null)
        : lateMeter === null && late !== null && sums.theoretical !== null
          ? nothing
          : openOf(lateMeter ?? meter, fold, sums.theoretical, on),
    openMax: late === null || meter === null ? null : annulled ? nothing : openOf(meter, fold, most?.theoretical ?? null, on),
    refundDue: money(
      refundOf(item, matter, fold, () => mostOpen(unknown || withheld, fold, [meter, scene.refused.of.get(item.id)], currency, on)),
      currency,
    ),
    invoiced: money(total(fold.invoiced, currency), currency),
    writtenOff: money(total(fold.writtenOff, currency), currency),
    regime: authority.regime,
    conditional: state === "claimed",
    ifRefused: claimed ? ifRefused(facts, scene.refused.of.get(item.id) ?? null, currency, on, priced) : null,
    ifAllRefused: claimed ? ifRefused(facts, scene.allRefused.of.get(item.id) ?? null, currency, on, priced).theoretical : null,
    capReached: withheld || idle ? null : (counted?.capReached ?? null),
    ...(withheld || idle ? {} : runsAgain(state, counted, certain, on)),
    capNear: false,
    ...(meter === null || first === null || withheld || !looksAhead
      ? {}
      : nearOf({ meter, first, counted, jointly: meters.near && meters.joint.has(item.id) }, on, yearOf(on))),
    rate: rateAt(item, meter, on, currency),
    firstRate: state === "curing" || state === "pending" ? firstRateOf(item, fold, meter, on, currency) : null,
    rateSince:
      withheld || unknown || annulled ? null : sinceOf(state, meter, first, late === null ? null : { meter: lateMeter, ran: counted }, on),
    oneMoreDay:
      meter === null || withheld || unknown || !looksAhead
        ? null
        : oneMoreDay(first !== null && isPast(first) && lateMeter !== null ? lateMeter : meter, counted, on, currency, annulled),
    claimedOn: fold.claim?.on ?? null,
    assumptions: assumptionsOf(item, scene, withheld ? null : meter, on),
    warnings: warningsOf(item, scene, meter, withheld, on),
    steps: clock.kind === "draft" ? [] : clock.steps,
  };
}

/** The first that fits (docs/contract.md). */
function stateOf(item: ItemFacts, fold: ItemFold, ran: Run | null, on: Day): State {
  if (fold.annulled) return "annulled";
  if (fold.ended === "withdrawn") return "withdrawn";
  if (fold.ended === "settled") return "settled";
  if (fold.closed) return "closed";
  if (fold.ended === "complied") return "complied";
  if (fold.claim !== null) return "claimed";
  if (fold.stay !== null || fold.ended === "remitted") return "stayed";
  const until = item.penalty?.cap?.until;
  if (fold.ended === "lapsed" || (until !== undefined && until < on)) return "lapsed";
  const starts = fold.firstDay ?? (fold.expiry === null ? null : addDays(fold.expiry, 1));
  if (ran?.capReached !== null && ran?.capReached !== undefined && starts !== null && on >= starts) return "capped";
  if (starts !== null && on >= starts)
    return fold.freshExpiry !== null && on <= fold.freshExpiry ? "curing" : item.penalty === undefined ? "overdue" : "accruing";
  if (fold.clock.kind === "pending" && (fold.expiry === null || fold.expiry === fold.clock.expiry)) return "pending";
  if (fold.expiry !== null) return "curing";
  return fold.clock.kind === "pending" ? "pending" : "draft";
}

/** What is known of the matter ends before the day, and the meter could have moved since. */
export function isWithheld(facts: Facts, meter: Meter, on: Day): boolean {
  const known = dayOf(facts.knownThrough);
  if (known === null || on <= known) return false;
  return run(meter, on).units !== run(meter, known).units;
}

/** Where nothing has started, nothing has run; of what, is not known where the rate is not. */
export function sumsOf(ran: Run | null, currency: string, priced: boolean): { units: number; theoretical: Money | null } {
  if (ran === null) return { units: 0, theoretical: priced ? money(0n, currency) : null };
  return { units: ran.units, theoretical: ran.amount === null ? null : money(ran.amount, currency) };
}

/** The theoretical sum less what ran inside liquidated windows. */
function openOf(meter: Meter, fold: ItemFold, theoretical: Money | null, on: Day): Money | null {
  if (theoretical === null) return null;
  let open = exactSum(meter, on) ?? 0n;
  for (const { from, to, annulled } of fold.liquidations) {
    if (annulled || from > on) continue;
    open -= (exactSum(meter, to < on ? to : on) ?? 0n) - (exactSum(meter, addDays(from, -1)) ?? 0n);
  }
  return money(open < 0n ? 0n : divideHalfEven(open, denominatorOf(meter)), theoretical.currency);
}

/** The most that may have run outside liquidated windows: while a claim stands, as if it failed. Null where it cannot be told. */
function mostOpen(
  isUnknown: boolean,
  fold: ItemFold,
  meters: readonly (Meter | null | undefined)[],
  currency: string,
  on: Day,
): bigint | null {
  if (isUnknown) return null;
  let most = 0n;
  for (const meter of meters) {
    if (meter === null || meter === undefined) continue;
    const { amount } = run(meter, on);
    const open = amount === null ? null : openOf(meter, fold, money(amount, currency), on);
    if (open === null) return null;
    if (open.minor > most) most = open.minor;
  }
  return most;
}

function ifRefused(facts: Facts, meter: Meter | null, currency: string, on: Day, priced: boolean): NonNullable<ItemStanding["ifRefused"]> {
  // Where a notification may yet be to come, nothing has started.
  if (meter === null) return sumsOf(null, currency, priced);
  return isWithheld(facts, meter, on) ? { units: null, theoretical: null } : sumsOf(run(meter, on), currency, priced);
}

function isPast(ran: Run | null): boolean {
  return ran !== null && ran.capReached !== null;
}

/** What a calendar year's cap has stopped begins again with the next year, unless the order has ended or nothing is left to run. */
function runsAgain(state: State, ran: Run | null, meter: Meter | null, on: Day): Pick<ItemStanding, "runsAgain"> {
  if (state !== "capped" || ran?.cap !== "per-year" || meter === null || meter.stop !== null || meter.per.kind === "once") return {};
  const year = yearOf(on) + 1;
  const day = `${year}-01-01` as Day;
  if (meter.caps.until !== null && meter.caps.until < day) return {};
  // Violations to come are not known.
  return meter.per.kind === "violation" || adds(meter, on, `${year}-12-31` as Day) ? { runsAgain: day } : {};
}

function adds(meter: Meter, after: Day, through: Day): boolean {
  const [sum, before] = [run(meter, through).amount, run(meter, after).amount];
  return sum !== null && before !== null && sum > before;
}

/** Where a notification is known within a window, what is so from its earliest day and from its latest. */
function sinceOf(
  state: State,
  meter: Meter | null,
  ran: Run | null,
  late: { readonly meter: Meter | null; readonly ran: Run | null } | null,
  on: Day,
): Day | null {
  if ((state !== "accruing" && state !== "capped") || meter === null || ran === null) return null;
  const since = rateSinceOf(meter, ran, on);
  if (late === null) return since;
  const other = late.meter === null || late.ran === null ? null : rateSinceOf(late.meter, late.ran, on);
  return since === other ? since : null;
}

function oneMoreDay(meter: Meter, ran: Run | null, on: Day, currency: string, annulled: boolean): Money | null {
  if (annulled) return money(0n, currency);
  const next = run(meter, addDays(on, 1)).amount;
  return next === null || ran === null || ran.amount === null ? null : money(next - (run(meter, on).amount ?? 0n), currency);
}
