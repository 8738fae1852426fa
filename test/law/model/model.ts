import type { FiledMatter } from "../../../src/matter/facts.ts";
import { numberOf, textOf } from "./almanac.ts";
import type { ItemState } from "./item-state.ts";
import { ranAll } from "./joint.ts";
import { knownOn } from "./known.ts";
import { counts, outside, type Ran } from "./meter.ts";
import { type FineState, fixedOf } from "./money.ts";
import { rounded } from "./sums.ts";
import { walk } from "./walk.ts";

/** Where an item stands, in words and minor units as the product is asked for. */
export interface ModelItem {
  readonly id: string;
  readonly state: string;
  readonly expiry: string | null;
  readonly expiryTime: string | null;
  readonly firstPenaltyDay: string | null;
  readonly units: number | null;
  readonly unitsMax: number | null;
  readonly theoretical: bigint | null;
  readonly theoreticalMax: bigint | null;
  readonly fixed: bigint;
  readonly paid: bigint;
  readonly open: bigint | null;
  readonly refundDue: bigint;
  readonly conditional: boolean;
  readonly ifRefused: { readonly units: number | null; readonly theoretical: bigint | null } | null;
  readonly capReached: string | null;
}

export interface ModelFine {
  readonly id: string;
  readonly amount: bigint | null;
  readonly paid: bigint;
  readonly refundDue: bigint;
}

export interface Answer {
  readonly items: readonly ModelItem[];
  readonly fines: readonly ModelFine[];
}

/**
 * Where a matter of the CNIL stands at the end of a day, reckoned from one day to the next as CONTRACT.md and DOMAIN.md say it in words. It is
 * slow on purpose and shares nothing with src but types: no closed form, no calendar, no arithmetic of days.
 */
export function modelOn(matter: FiledMatter, on: string): Answer {
  const known = knownOn(matter, on);
  const currency = known.facts.currency ?? "EUR";
  const day = numberOf(on);
  const early = walk(known, currency, day, "earliest").items;
  const late = walk(known, currency, day, "latest");
  const isWide = isWindow(known.facts) && !known.events.some(({ type }) => type === "notified");
  const ran = { early: ranAll(known.facts, early, currency, day), late: ranAll(known.facts, late.items, currency, day) };
  return {
    items: early.map((item, index) => {
      const refused = () => ranAll(known.facts, late.items, currency, day, index)[index] ?? null;
      return itemOn(item, late.items[index]!, { early: ran.early[index]!, run: ran.late[index]!, refused, isWide }, day);
    }),
    fines: late.fines.map(fineOn),
  };
}

interface Runs {
  readonly early: Ran | null;
  readonly run: Ran | null;
  /** What has run if the claim fails. */
  refused(): Ran | null;
  /** Whether the day of notification is known within a window only. */
  readonly isWide: boolean;
}

function isWindow({ notified }: FiledMatter): boolean {
  return typeof notified === "object" && "between" in notified && notified.between[0] !== notified.between[1];
}

function fineOn(fine: FineState): ModelFine {
  const amount = fine.annulled ? 0n : fine.amount;
  const paid = fine.paid - fine.refunded;
  const over = (fine.annulled || fine.lowered) && amount !== null && paid > amount;
  return { id: fine.id, amount, paid, refundDue: over ? paid - amount : 0n };
}

function itemOn(item: ItemState, late: ItemState, { early, run, refused: ifRefused, isWide }: Runs, day: number): ModelItem {
  const { facts, annulled, knownFrom } = item;
  const isRange = isWide && early !== null && (knownFrom === null || day >= knownFrom);
  const fixed = fixedOf(item);
  const paid = item.paid - item.refunded;
  // Capped is what is so from the latest day of notification, too.
  const state = stateOf(item, run, day);
  const hasNone = facts.penalty === undefined && item.expiry !== null;
  const isNothing = hasNone || annulled;
  const refused = run !== null && state === "claimed" ? ifRefused() : null;
  const standing = late.liquidations.filter((one) => !one.annulled);
  return {
    id: facts.id,
    state,
    ...expiryOf(item, day),
    units: hasNone ? 0 : (run?.units ?? null),
    unitsMax: isRange ? early.units : null,
    theoretical: isNothing ? 0n : sumOf(run),
    theoreticalMax: !isRange ? null : isNothing ? 0n : sumOf(early),
    fixed,
    paid,
    open: isNothing ? 0n : sumOf(run, standing),
    refundDue: item.everLowered && paid > fixed ? paid - fixed : 0n,
    conditional: state === "claimed",
    ifRefused: refused === null ? null : { units: refused.units, theoretical: sumOf(refused) },
    // What has started no clock is under no cap yet.
    capReached: run === null || run.capReached === null || isToStart(late, day) ? null : textOf(run.capReached),
  };
}

/** The day of notification or publication from which it is counted is yet to come. */
function isToStart({ knownFrom }: ItemState, day: number): boolean {
  return knownFrom !== null && day < knownFrom;
}

/** Neither is told of a draft, nor before the day from which they are counted is known. */
function expiryOf(item: ItemState, day: number): Pick<ModelItem, "expiry" | "expiryTime" | "firstPenaltyDay"> {
  const { facts, expiry, expiryTime, stay, fresh } = item;
  if (expiry === null || isToStart(item, day)) return { expiry: null, expiryTime: null, firstPenaltyDay: null };
  const first = facts.penalty === undefined ? null : textOf(firstOf(item, day));
  // While a fresh period stands still it has no end by now; what ran before it has run all the same.
  if (stay?.curing === true) return { expiry: null, expiryTime: null, firstPenaltyDay: fresh.length === 0 ? null : first };
  return { expiry: textOf(expiry), expiryTime, firstPenaltyDay: first };
}

/** The first day that counts; while a stay lasts that may yet take more of them, the one behind the end of the time to comply. */
function firstOf(item: ItemState, day: number): number {
  const begins = item.firstByHand ?? item.base! + 1;
  let first = begins;
  while (!counts(item, first)) first++;
  return item.stay !== null && first > day ? begins : first;
}

function sumOf(run: Ran | null, windows: Parameters<typeof outside>[1] = []): bigint | null {
  return run === null || !run.known ? null : rounded(outside(run, windows));
}

/** The states of CONTRACT.md, the first that fits. */
function stateOf(item: ItemState, run: Ran | null, day: number): string {
  const until = item.facts.penalty?.cap?.until;
  if (item.annulled) return "annulled";
  if (item.endings.has("withdrawn")) return "withdrawn";
  if (item.endings.has("settled")) return "settled";
  if (item.closed) return "closed";
  if (item.accepted) return "complied";
  if (item.claim !== null) return "claimed";
  if (item.stay !== null || item.endings.has("remitted")) return "stayed";
  if (item.endings.has("lapsed") || (until !== undefined && numberOf(until) < day)) return "lapsed";
  const isToRun = item.expiry === null || day < (item.firstByHand ?? item.expiry + 1) || (item.fresh.length > 0 && day <= item.expiry);
  // A cap binds what has begun to run.
  if (run?.capped && (!isToRun || item.fresh.length > 0)) return "capped";
  if (item.expiry === null) return "draft";
  if (item.start !== null && day < item.start) return "pending";
  if (isToRun) return "curing";
  return item.facts.penalty === undefined ? "overdue" : "accruing";
}
