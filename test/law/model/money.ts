import type { MatterEvent } from "../../../src/matter/events.ts";
import type { FiledMatter } from "../../../src/matter/facts.ts";
import { numberOf } from "./almanac.ts";
import type { ItemState } from "./item-state.ts";
import { minorOf } from "./sums.ts";

export interface FineState {
  readonly id: string;
  /** Null where it is not known. */
  amount: bigint | null;
  annulled: boolean;
  lowered: boolean;
  paid: bigint;
  refunded: bigint;
}

export function freshFine({ id, amount }: NonNullable<FiledMatter["fines"]>[number], currency: string): FineState {
  const minor = amount === "unknown" ? null : minorOf(amount, currency);
  return { id, amount: minor, annulled: false, lowered: false, paid: 0n, refunded: 0n };
}

/** What an event does to sums that were fixed or paid. `mine` are the items that it goes to. */
export function takeMoney(
  event: MatterEvent,
  currency: string,
  items: readonly ItemState[],
  mine: readonly ItemState[],
  fines: readonly FineState[],
): void {
  switch (event.type) {
    case "liquidated":
      for (const item of mine) {
        const [from, to] = [numberOf(event.from), numberOf(event.to)];
        item.liquidations.push({ ref: event.ref ?? null, from, to, amount: minorOf(event.amount, currency), annulled: false });
      }
      return;
    case "paid":
    case "refunded": {
      const of = [...items.map((item) => ({ id: item.facts.id, item })), ...fines.map((item) => ({ id: item.id, item }))];
      const target = event.for === undefined ? of[0] : of.find(({ id }) => id === event.for);
      target!.item[event.type] += minorOf(event.amount, currency);
      return;
    }
    case "reduced":
      reduce(event.for, minorOf(event.to, currency), items, fines);
      return;
    case "annulled":
      annul(event, items, fines);
      return;
    default:
  }
}

function reduce(of: string, to: bigint, items: readonly ItemState[], fines: readonly FineState[]): void {
  for (const fine of fines) if (fine.id === of) [fine.amount, fine.lowered] = [to, true];
  for (const item of items) {
    if (item.facts.id === of) [item.lowered, item.everLowered] = [{ to, of: item.liquidations.length }, true];
    for (const liquidation of item.liquidations) if (liquidation.ref === of) [liquidation.amount, item.everLowered] = [to, true];
  }
}

function annul(event: Extract<MatterEvent, { type: "annulled" }>, items: readonly ItemState[], fines: readonly FineState[]): void {
  for (const fine of fines) if (event.matter || event.fine === fine.id) fine.annulled = true;
  for (const item of items) {
    if (event.matter || (event.item === item.facts.id && event.liquidation === undefined)) [item.annulled, item.everLowered] = [true, true];
    for (const liquidation of item.liquidations)
      if (event.liquidation !== undefined && liquidation.ref === event.liquidation && (event.item ?? item.facts.id) === item.facts.id)
        [liquidation.annulled, item.everLowered] = [true, true];
  }
}

/** What is fixed of an item. A sum that a court left of it stands for the liquidations that there were; later ones add to it. */
export function fixedOf({ annulled, liquidations, lowered }: ItemState): bigint {
  if (annulled) return 0n;
  const since = liquidations.slice(lowered?.of ?? 0);
  return since.reduce((total, { amount, annulled: gone }) => (gone ? total : total + amount), lowered?.to ?? 0n);
}
