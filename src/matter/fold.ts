import type { Authority } from "../law/catalogue.ts";
import { authorityOf } from "../law/catalogue.ts";
import { type Refusal, refuse } from "../law/finding.ts";
import { cure as standing } from "../law/rules/cure.ts";
import { ruleOf } from "../law/rules/index.ts";
import type { Day } from "../time/day.ts";
import { cureClock, placeOf } from "./clock.ts";
import { asOf, mendFacts, REGISTRATION } from "./corrected-facts.ts";
import type { MatterEvent, RecordedEvent } from "./events.ts";
import { type Facts, type Notification, notificationOf } from "./facts.ts";
import { heldOn, type Matter, mend } from "./history.ts";
import { applyToItem, type ItemFold, type Liquidation, newItemFold } from "./item-fold.ts";

export interface FineFold {
  readonly id: string;
  /** A decimal string of the matter's currency, or "unknown". */
  amount: string;
  annulled: boolean;
  reduced: boolean;
  paid: string[];
  refunded: string[];
}

/** What facts and events have made of a matter by the end of a day. */
export interface MatterFold {
  /** The facts as corrections have left them. */
  readonly facts: Facts;
  readonly authority: Authority;
  readonly currency: string;
  readonly notification: Notification | null;
  readonly items: readonly ItemFold[];
  readonly fines: readonly FineFold[];
  /** The events that hold, in order. */
  readonly events: readonly RecordedEvent[];
  readonly faults: readonly { readonly id: string; readonly refusal: Refusal }[];
  readonly assignedTo: string | null;
  readonly referredTo: string | null;
  readonly closed: boolean;
  readonly annulled: boolean;
  /** How a matter without items was ended by an event of its own. */
  readonly ended: "settled" | "withdrawn" | "lapsed" | null;
}

/** Events that change one item; where a matter has several they must name it. The rest of the item events then go to all. */
export const NAMES_ONE_ITEM: ReadonlySet<string> = new Set([
  "extended",
  "rate-changed",
  "violation",
  "complied",
  "rejected",
  "accepted",
  "partly-complied",
  "intended",
  "liquidated",
  "overridden",
]);

/** Folds the events that hold on the day. With `latest`, a notification known within a window counts from its last day. */
export function foldMatter(matter: Matter, on: Day, latest = false): MatterFold {
  const { facts } = asOf(matter, on);
  const authority = authorityOf(facts.authority)!;
  const events = heldOn(matter.events, on);
  const notification = notificationBy(facts, events, latest);
  const items = (facts.items ?? []).map((item) => newItemFold(item.id, cureClock(facts, item, authority, notification, on)));
  const fines = (facts.fines ?? []).map(
    ({ id, amount }): FineFold => ({ id, amount, annulled: false, reduced: false, paid: [], refunded: [] }),
  );
  const faults: { id: string; refusal: Refusal }[] = [];
  const state = { assignedTo: null, referredTo: null, closed: false, annulled: false, ended: null } as Mutable;
  for (const recorded of events) {
    const refusal = apply(recorded, { facts, authority, items, fines, state, events: matter.events });
    if (refusal !== null) faults.push({ id: recorded.id, refusal });
  }
  return { facts, authority, currency: facts.currency ?? authority.currency, notification, items, fines, events, faults, ...state };
}

type Mutable = { -readonly [Field in "assignedTo" | "referredTo" | "closed" | "annulled" | "ended"]: MatterFold[Field] };

interface Scene {
  readonly facts: Facts;
  readonly authority: Authority;
  readonly items: readonly ItemFold[];
  readonly fines: readonly FineFold[];
  readonly state: Mutable;
  readonly events: readonly RecordedEvent[];
}

function notificationBy(facts: Facts, events: readonly RecordedEvent[], latest: boolean): Notification | null {
  const event = events.findLast((recorded) => recorded.event.type === "notified")?.event;
  if (event?.type === "notified") return { from: event.on, to: event.on, ...(event.at === undefined ? {} : { time: event.at }) };
  const known = notificationOf(facts);
  return known !== null && latest ? { ...known, from: known.to } : known;
}

function apply(recorded: RecordedEvent, scene: Scene): Refusal | null {
  const { event } = recorded;
  switch (event.type) {
    case "notified":
      return notifiedFault(event.on, scene.facts);
    case "note":
      return null;
    case "assigned":
      scene.state.assignedTo = event.to;
      return null;
    case "referred":
      scene.state.referredTo = event.to;
      return null;
    case "corrected":
      return correctionFault(event, scene);
    case "invoiced":
    case "paid":
    case "refunded":
      return pay(event, scene);
    case "reduced":
      return reduce(event.for, event.to, scene);
    case "annulled":
      return annul(event, scene);
    default:
      return toItems(recorded, scene);
  }
}

function notifiedFault(on: Day, facts: Facts): Refusal | null {
  const known = notificationOf(facts);
  if (known === null || (known.from <= on && on <= known.to)) return null;
  return refuse("notified-otherwise", { known: known.from });
}

function correctionFault(event: Extract<MatterEvent, { type: "corrected" }>, { events, facts }: Scene): Refusal | null {
  const target = events.find(({ id }) => id === event.event);
  if (target === undefined && event.event !== REGISTRATION) return refuse("event-unknown", { event: event.event });
  if ((event.set === undefined) === (event.void === undefined)) return refuse("corrected-set-or-void");
  if (event.because === undefined) return refuse("correction-needs-reason");
  const mended = target === undefined ? mendFacts(facts, event) : mend(target.event, event);
  return "refused" in mended ? mended : null;
}

function targets(event: MatterEvent, { items }: Scene): readonly ItemFold[] | Refusal {
  if (event.item !== undefined) {
    const named = items.find(({ id }) => id === event.item);
    return named === undefined ? refuse("item-unknown", { item: event.item, items: items.map(({ id }) => id) }) : [named];
  }
  if (!NAMES_ONE_ITEM.has(event.type)) return items;
  if (items.length === 0) return refuse("no-items", { type: event.type });
  return items.length === 1 ? items : refuse("item-needed", { type: event.type, items: items.map(({ id }) => id) });
}

function toItems(recorded: RecordedEvent, scene: Scene): Refusal | null {
  const { event } = recorded;
  const items = targets(event, scene);
  if ("refused" in items) return items;
  if (event.type === "closed" && event.item === undefined) scene.state.closed = true;
  if (event.item === undefined && (event.type === "settled" || event.type === "withdrawn" || event.type === "lapsed"))
    scene.state.ended = event.type;
  for (const item of items) {
    const cure = scene.facts.items?.find(({ id }) => id === item.id)?.cure;
    const named = cure !== undefined && "rule" in cure && cure.rule !== undefined ? cure.rule : scene.authority.orderRule;
    const refusal = applyToItem(item, recorded, placeOf(scene.authority), (named === null ? null : ruleOf(named)) ?? standing);
    if (refusal !== null) return refusal;
  }
  return null;
}

function pay(event: Extract<MatterEvent, { type: "invoiced" | "paid" | "refunded" }>, { items, fines }: Scene): Refusal | null {
  const all = [...items, ...fines];
  const id = event.for ?? event.item;
  const target = id === undefined ? (all.length === 1 ? all[0] : undefined) : all.find((one) => one.id === id);
  if (target === undefined) {
    const ids = all.map((one) => one.id);
    return id === undefined ? refuse("for-needed", { type: event.type, ids }) : refuse("target-unknown", { target: id, ids });
  }
  if (event.type === "paid") target.paid.push(event.amount);
  if (event.type === "refunded") target.refunded.push(event.amount);
  return null;
}

function liquidationsOf(items: readonly ItemFold[], ref: string): readonly Liquidation[] {
  return items.flatMap(({ liquidations }) => liquidations.filter((one) => one.ref === ref || one.id === ref));
}

function reduce(name: string, to: string, { items, fines }: Scene): Refusal | null {
  const fine = fines.find(({ id }) => id === name);
  if (fine !== undefined) {
    fine.amount = to;
    fine.reduced = true;
    return null;
  }
  const item = items.find(({ id }) => id === name);
  if (item !== undefined) {
    item.reducedTo = to;
    return null;
  }
  const found = liquidationsOf(items, name);
  const only = found.length === 1 ? found[0] : undefined;
  if (only === undefined) return refuse("target-unknown", { target: name, ids: targetIds(items, fines) });
  only.amount = to;
  return null;
}

function targetIds(items: readonly ItemFold[], fines: readonly FineFold[]): readonly string[] {
  const liquidations = items.flatMap((item) => item.liquidations.map(({ ref, id }) => ref ?? id));
  return [...items.map(({ id }) => id), ...fines.map(({ id }) => id), ...liquidations];
}

function annul(event: Extract<MatterEvent, { type: "annulled" }>, { items, fines, state }: Scene): Refusal | null {
  const named = [event.item, event.fine, event.liquidation, event.matter].filter((one) => one !== undefined);
  if (named.length !== 1) return refuse("annulled-one", { ids: targetIds(items, fines) });
  if (event.matter === true) {
    state.annulled = true;
    for (const one of fines) one.annulled = true;
    for (const one of items) annulItem(one, event.on);
    return null;
  }
  if (event.liquidation !== undefined) {
    const [only, second] = liquidationsOf(items, event.liquidation);
    if (only === undefined || second !== undefined)
      return refuse("target-unknown", { target: event.liquidation, ids: targetIds(items, fines) });
    only.annulled = true;
    only.amount = "0";
    return null;
  }
  const item = items.find(({ id }) => id === event.item);
  const fine = fines.find(({ id }) => id === event.fine);
  if (item === undefined && fine === undefined)
    return refuse("target-unknown", { target: String(event.item ?? event.fine), ids: targetIds(items, fines) });
  if (item !== undefined) annulItem(item, event.on);
  if (fine !== undefined) fine.annulled = true;
  return null;
}

function annulItem(item: ItemFold, on: Day): void {
  item.annulled = true;
  item.stop = item.stop ?? on;
}
