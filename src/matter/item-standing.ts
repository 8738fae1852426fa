import { type Meter, type Run, rateOn, run } from "../law/accrual.ts";
import { type Money, money } from "../law/money.ts";
import { addDays, type Day, daysBetween } from "../time/day.ts";
import { dayOf, type Facts, type ItemFacts } from "./facts.ts";
import type { MatterFold } from "./fold.ts";
import { assumptionsOf, warningsOf } from "./item-findings.ts";
import type { ItemFold } from "./item-state.ts";
import { fixedOf, meterOf, minorOf, total } from "./meter.ts";
import type { ItemStanding, State } from "./standing-types.ts";

/** Where an item stands at the end of a day. `late` is the same item counted from the latest day of notification. */
export function itemStanding(
  facts: Facts,
  item: ItemFacts,
  matter: MatterFold,
  fold: ItemFold,
  late: ItemFold | null,
  on: Day,
): ItemStanding {
  const { currency, authority } = matter;
  const meter = item.penalty === undefined ? null : meterOf(item.penalty, fold, currency);
  const first = meter === null ? null : run(meter, on);
  const lateMeter = item.penalty === undefined || late === null ? null : meterOf(item.penalty, late, currency);
  // A notification that may yet be to come has started no clock: the least is nothing.
  const counted = late === null ? first : lateMeter === null ? null : run(lateMeter, on);
  const state = stateOf(item, fold, first, on);
  const unknown = fold.clock.kind === "draft" && fold.expiry === null;
  const withheld = meter !== null && isWithheld(facts, meter, on);
  const sums = unknown || withheld ? null : sumsOf(counted, currency);
  const most = unknown || withheld ? null : sumsOf(first, currency);
  const fixed = fold.annulled ? 0n : fixedOf(fold, currency);
  const paid = total(fold.paid, currency) - total(fold.refunded, currency);
  const nothing = money(0n, currency);
  const annulled = fold.annulled;
  const lowered = annulled || fold.reduced !== null || fold.liquidations.some((one) => one.annulled || one.amount !== one.fixed);
  const claimed = state === "claimed" && item.penalty !== undefined && !unknown;
  const stays = fold.stay?.during === "cure" || fold.stay?.during === "fresh period";
  const expiry = stays || unknown ? null : (fold.freshExpiry ?? fold.expiry);
  const clock = fold.clock;
  return {
    id: item.id,
    order: item.order ?? null,
    state,
    expiry,
    expiryTime: clock.kind === "running" && expiry === clock.expiry ? (clock.time ?? null) : null,
    earliestExpiry: clock.kind === "draft" && fold.expiry === null ? clock.earliest : null,
    missing: clock.kind === "draft" && fold.expiry === null ? clock.missing : [],
    firstPenaltyDay: item.penalty === undefined || expiry === null ? null : (fold.firstDay ?? addDays(expiry, 1)),
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
        : lateMeter === null && late !== null
          ? nothing
          : openOf(lateMeter ?? meter, fold, sums.theoretical, on),
    refundDue: money(lowered && paid > fixed ? paid - fixed : 0n, currency),
    regime: authority.regime,
    conditional: state === "claimed",
    ifRefused: claimed ? ifRefused(facts, item, late ?? fold, currency, on) : null,
    capReached: withheld ? null : (first?.capReached ?? null),
    capNear: meter !== null && first !== null && !withheld && isCapNear(meter, first, on),
    rate: item.penalty === undefined ? null : { amount: rateNow(meter, item, on, currency), per: item.penalty.per },
    oneMoreDay: meter === null || withheld || unknown ? null : oneMoreDay(meter, counted, on, currency, annulled),
    claimedOn: fold.claim?.on ?? null,
    assumptions: assumptionsOf(item, matter, fold, withheld ? null : meter, on),
    warnings: warningsOf(facts, item, matter, fold, meter, withheld),
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
function isWithheld(facts: Facts, meter: Meter, on: Day): boolean {
  const known = dayOf(facts.knownThrough);
  if (known === null || on <= known) return false;
  return run(meter, on).units !== run(meter, known).units;
}

function sumsOf(ran: Run | null, currency: string): { units: number; theoretical: Money | null } {
  if (ran === null) return { units: 0, theoretical: money(0n, currency) };
  return { units: ran.units, theoretical: ran.amount === null ? null : money(ran.amount, currency) };
}

/** The theoretical sum less what ran inside liquidated windows. */
function openOf(meter: Meter, fold: ItemFold, theoretical: Money | null, on: Day): Money | null {
  if (theoretical === null) return null;
  let open = theoretical.minor;
  for (const { from, to, annulled } of fold.liquidations) {
    if (annulled || from > on) continue;
    const inside = (run(meter, to < on ? to : on).amount ?? 0n) - (run(meter, addDays(from, -1)).amount ?? 0n);
    open -= inside;
  }
  return money(open < 0n ? 0n : open, theoretical.currency);
}

function ifRefused(facts: Facts, item: ItemFacts, fold: ItemFold, currency: string, on: Day): ItemStanding["ifRefused"] {
  const meter = meterOf(item.penalty!, fold, currency, true);
  // Where a notification may yet be to come, nothing has started.
  if (meter === null) return sumsOf(null, currency);
  return isWithheld(facts, meter, on) ? { units: null, theoretical: null } : sumsOf(run(meter, on), currency);
}

function isCapNear({ caps, expiry }: Meter, ran: Run, on: Day): boolean {
  if (ran.capReached !== null || on <= expiry) return false;
  const amount = caps.amount !== null && ran.amount !== null && ran.amount * 10n >= caps.amount * 9n;
  const units = caps.units !== null && ran.units * 10 >= caps.units * 9;
  const until = caps.until !== null && daysBetween(expiry, on) * 10 >= daysBetween(expiry, caps.until) * 9;
  return amount || units || until;
}

function rateNow(meter: Meter | null, item: ItemFacts, on: Day, currency: string): Money | null {
  const rate = meter === null ? null : rateOn(meter, on);
  if (rate !== null) return money(rate, currency);
  const stated = item.penalty?.rate;
  return stated === undefined || stated === "unknown" ? null : money(minorOf(stated, currency), currency);
}

function oneMoreDay(meter: Meter, ran: Run | null, on: Day, currency: string, annulled: boolean): Money | null {
  if (annulled) return money(0n, currency);
  const next = run(meter, addDays(on, 1)).amount;
  return next === null || ran === null || ran.amount === null ? null : money(next - (run(meter, on).amount ?? 0n), currency);
}
