import { type Refusal, refuse } from "../law/finding.ts";
import { money } from "../law/money.ts";
import type { Day } from "../time/day.ts";
import type { MatterEvent } from "./events.ts";
import type { ItemFold, Liquidation } from "./item-state.ts";
import { fixedOf, minorOf, total } from "./meter.ts";

export interface FineFold {
  readonly id: string;
  /** A decimal string of the matter's currency, or "unknown". */
  amount: string;
  annulled: boolean;
  reduced: boolean;
  paid: string[];
  refunded: string[];
  invoiced: string[];
  /** Given up by whoever collects it. */
  writtenOff: string[];
  /** Of what was paid and given up, what came once it was annulled: nothing was owed any more. */
  sinceAnnulled: string[];
}

export function newFineFold({ id, amount }: Pick<FineFold, "id" | "amount">): FineFold {
  return { id, amount, annulled: false, reduced: false, paid: [], refunded: [], invoiced: [], writtenOff: [], sinceAnnulled: [] };
}

/** What payments, reductions and annulments change, and the id of the event that does. */
interface Purse {
  readonly by: string;
  readonly items: readonly ItemFold[];
  readonly fines: readonly FineFold[];
  readonly state: { annulled: boolean };
  readonly currency: string;
}

type MoneyEvent = Extract<MatterEvent, { type: "invoiced" | "paid" | "refunded" | "reduced" | "annulled" }>;

export function applyMoney(event: MoneyEvent, purse: Purse): Refusal | null {
  switch (event.type) {
    case "reduced":
      return reduce(event, purse);
    case "annulled":
      return annul(event, purse);
    default:
      return pay(event, purse);
  }
}

function pay(event: Extract<MatterEvent, { type: "invoiced" | "paid" | "refunded" }>, { items, fines, currency }: Purse): Refusal | null {
  const all = [...items, ...fines];
  const id = event.for ?? event.item;
  const target = id === undefined ? (all.length === 1 ? all[0] : undefined) : all.find((one) => one.id === id);
  if (target === undefined) {
    const ids = all.map((one) => one.id);
    return id === undefined ? refuse("for-needed", { type: event.type, ids }) : refuse("target-unknown", { target: id, ids });
  }
  if (event.type === "invoiced") target.invoiced.push(event.amount);
  if (event.type === "paid") target[event.how === "write-off" ? "writtenOff" : "paid"].push(event.amount);
  if (event.type === "paid" && target.annulled) target.sinceAnnulled.push(event.amount);
  if (event.type !== "refunded") return null;
  const held = total(target.paid, currency) - total(target.refunded, currency);
  if (minorOf(event.amount, currency) > held) {
    return refuse("refund-above-paid", {
      target: target.id,
      amount: money(minorOf(event.amount, currency), currency),
      paid: money(held, currency),
    });
  }
  target.refunded.push(event.amount);
  return null;
}

/** A liquidation, and the item of which it is. */
interface Found {
  readonly owner: ItemFold;
  readonly one: Liquidation;
}

/** What one decision has fixed, by its ref: of several items, or anew after an annulment, it may be more than one sum. */
function liquidationsOf(items: readonly ItemFold[], ref: string, item: string | undefined): readonly Found[] {
  const among = item === undefined ? items : items.filter(({ id }) => id === item);
  return among.flatMap((owner) => owner.liquidations.filter((one) => one.ref === ref || one.id === ref).map((one) => ({ owner, one })));
}

function stands({ owner, one }: Found): boolean {
  return !one.annulled && !owner.annulled;
}

function reduce(event: Extract<MatterEvent, { type: "reduced" }>, { items, fines, currency, by }: Purse): Refusal | null {
  const { for: name, to, item: within } = event;
  const lower = (from: bigint | null) =>
    from !== null && minorOf(to, currency) > from ? refuse("reduced-not-lower", { to, target: name }) : null;
  const fine = fines.find(({ id }) => id === name);
  if (fine !== undefined) {
    if (fine.annulled) return refuse("reduced-annulled", { target: name });
    const fault = lower(fine.amount === "unknown" ? null : minorOf(fine.amount, currency));
    if (fault !== null) return fault;
    fine.amount = to;
    fine.reduced = true;
    return null;
  }
  const item = items.find(({ id }) => id === name);
  if (item !== undefined) {
    if (item.annulled) return refuse("reduced-annulled", { target: name });
    const fault = lower(fixedOf(item, currency));
    if (fault === null) item.reduced = { to, liquidations: item.liquidations.length };
    return fault;
  }
  const found = liquidationsOf(items, name, within);
  if (found.length === 0) return refuse("target-unknown", { target: name, ids: targetIds(items, fines) });
  const standing = found.filter(stands);
  const only = standing[0];
  if (only === undefined) return refuse("reduced-annulled", { target: name });
  // One sum for several does not say what becomes of each.
  if (standing.length > 1)
    return refuse("reduced-several", { target: name, ids: standing.map(({ owner, one }) => `${owner.id} (${one.id})`) });
  const fault = lower(minorOf(only.one.amount, currency));
  if (fault !== null) return fault;
  only.one.amount = to;
  only.one.changedBy.push(by);
  return null;
}

function targetIds(items: readonly ItemFold[], fines: readonly FineFold[]): readonly string[] {
  const liquidations = items.flatMap((item) => item.liquidations.map(({ ref, id }) => ref ?? id));
  return [...new Set([...items.map(({ id }) => id), ...fines.map(({ id }) => id), ...liquidations])];
}

function annul(event: Extract<MatterEvent, { type: "annulled" }>, { items, fines, state, by }: Purse): Refusal | null {
  // Beside a liquidation an item is whose it is: one decision may have fixed sums of several.
  const ofItem = event.liquidation === undefined ? event.item : undefined;
  const named = [ofItem, event.fine, event.liquidation, event.matter].filter((one) => one !== undefined);
  if (named.length !== 1) return refuse("annulled-one", { ids: targetIds(items, fines) });
  if (event.matter === true) {
    if (state.annulled) return refuse("annulled-already", { what: "matter" });
    state.annulled = true;
    for (const one of fines) one.annulled = true;
    for (const one of items) annulItem(one, event.on);
    return null;
  }
  if (event.liquidation !== undefined) {
    const found = liquidationsOf(items, event.liquidation, event.item);
    if (found.length === 0) return refuse("target-unknown", { target: event.liquidation, ids: targetIds(items, fines) });
    const standing = found.filter(stands);
    if (standing.length === 0) return refuse("annulled-already", { target: event.liquidation });
    for (const { one } of standing) {
      one.annulled = true;
      one.amount = "0";
      one.changedBy.push(by);
    }
    return null;
  }
  const item = items.find(({ id }) => id === event.item);
  const fine = fines.find(({ id }) => id === event.fine);
  if (item === undefined && fine === undefined)
    return refuse("target-unknown", { target: String(event.item ?? event.fine), ids: targetIds(items, fines) });
  if (item?.annulled === true || fine?.annulled === true) return refuse("annulled-already", { target: (item ?? fine)!.id });
  if (item !== undefined) annulItem(item, event.on);
  if (fine !== undefined) fine.annulled = true;
  return null;
}

function annulItem(item: ItemFold, on: Day): void {
  item.annulled = true;
  item.stop = item.stop ?? on;
}
