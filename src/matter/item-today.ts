import { type Meter, run } from "../law/accrual.ts";
import { type Money, money } from "../law/money.ts";
import { addDays, type Day, yearOf } from "../time/day.ts";
import { nearOf } from "./cap-near.ts";
import type { ItemFacts } from "./facts.ts";
import { type ItemScene, isWithheld, sumsOf } from "./item-standing.ts";
import { metersOf } from "./joint-cap.ts";
import type { ItemStanding } from "./standing-types.ts";

/** What today adds to an item, and what had run of it by yesterday, by what is known today. */
export interface ItemToday extends Pick<ItemStanding, "oneMoreDay" | "oneMoreDayEnds" | "capNear" | "yearNear" | "nearCaps"> {
  readonly theoretical: Money | null;
  readonly theoreticalMax: Money | null;
  /** Its units were set by hand today: they are what they are by the end of it, however many there were. */
  readonly isSet: boolean;
}

const UNKNOWN: ItemToday = { oneMoreDay: null, theoretical: null, theoreticalMax: null, isSet: false, capNear: false };

/** Of an item as the events of today have left it. */
export function itemToday(item: ItemFacts, scene: ItemScene, today: Day): ItemToday {
  const { matter, fold, late, meters, lateMeters } = scene;
  const { currency, facts } = matter;
  const yesterday = addDays(today, -1);
  const meter = meters.of.get(item.id) ?? null;
  const isUnknown = fold.clock.kind === "draft" && fold.expiry === null;
  if (meter === null || isUnknown || isWithheld(facts, meter, yesterday)) return UNKNOWN;
  const first = run(meter, yesterday);
  const lateMeter = lateMeters?.of.get(item.id) ?? null;
  const counted = late === null ? first : lateMeter === null ? null : run(lateMeter, yesterday);
  const jointly = meters.joint.has(item.id) && metersOf(matter, yesterday).near;
  const priced = item.penalty?.rate !== "unknown";
  const nothing = money(0n, currency);
  const told = first.capReached !== null && lateMeter !== null ? lateMeter : meter;
  const adds = counted === null || counted.amount === null ? null : addedOn(told, today);
  return {
    oneMoreDay: fold.annulled ? nothing : adds === null ? null : money(adds, currency),
    ...(fold.annulled || adds === null || lateMeter === null ? {} : endsOf(addedOn(lateMeter, today), addedOn(meter, today), currency)),
    theoretical: fold.annulled ? nothing : sumsOf(counted, currency, priced).theoretical,
    theoreticalMax: late === null ? null : fold.annulled ? nothing : sumsOf(first, currency, priced).theoretical,
    isSet: meter.set?.on === today,
    ...nearOf({ meter, first, counted, jointly }, yesterday, yearOf(today)),
  };
}

function endsOf(latest: bigint | null, earliest: bigint | null, currency: string): Pick<ItemStanding, "oneMoreDayEnds"> {
  if (latest === null || earliest === null || latest === earliest) return {};
  return { oneMoreDayEnds: { latest: money(latest, currency), earliest: money(earliest, currency) } };
}

/** A day on which the units are set by hand is what it was set to: told is what the one after it adds. */
function addedOn(meter: Meter, today: Day): bigint | null {
  const day = meter.set?.on === today ? addDays(today, 1) : today;
  const sum = run(meter, day).amount;
  return sum === null ? null : sum - (run(meter, addDays(day, -1)).amount ?? 0n);
}
