import type { Arg, Step } from "../law/finding.ts";
import { type Money, money } from "../law/money.ts";
import type { MatterEvent, RecordedEvent } from "./events.ts";
import type { MatterFold } from "./fold.ts";
import type { ItemFold, Liquidation, Move } from "./item-state.ts";
import { minorOf } from "./meter.ts";
import { unmetered } from "./unmetered.ts";

/** What happened to an item, as steps. */
export interface Happened {
  /** What moved its time to comply. */
  readonly clock: readonly Step[];
  /** What changed its meter or ended it. */
  readonly course: readonly Step[];
  readonly announced: readonly Step[];
  /** What became of the sums that were fixed. */
  readonly sums: readonly Step[];
}

export function explainEvents(fold: MatterFold, id: string): Happened {
  const found = { clock: [] as Step[], course: [] as Step[], announced: [] as Step[], sums: [] as Step[] };
  const faulty = new Set(fold.faults.map((fault) => fault.id));
  for (const recorded of fold.events) {
    if (faulty.has(recorded.id) || !concerns(recorded, fold, id)) continue;
    const { event } = recorded;
    const source = event.source ?? event.ref;
    for (const step of stepsOf(fold, recorded, id))
      found[partOf(event.type)].push({ ...step, day: event.on, ...(source === undefined ? {} : { source }) });
    if (event.type === "resumed" || event.type === "extended") found.clock.push(...movedBy(fold, recorded, id));
  }
  return found;
}

/** How the end of the time to comply came to be to which an event moved it: an extension starts no clock, it goes on from the end before it. */
function movedBy(fold: MatterFold, { id: by, event }: RecordedEvent, id: string): readonly Step[] {
  const steps = moveOf(fold, by, id)?.steps ?? [];
  return event.type === "extended" ? steps.map((step) => (isStart(step) ? { ...step, code: `${step.code}-extension` } : step)) : steps;
}

function isStart({ code }: Step): boolean {
  return code === "start" || code.startsWith("start-");
}

function moveOf({ items }: MatterFold, by: string, id: string): Move | undefined {
  return items.find((item) => item.id === id)?.moved.get(by);
}

function partOf(type: MatterEvent["type"]): keyof Happened {
  switch (type) {
    case "extended":
    case "stayed":
    case "resumed":
    case "appealed":
    case "overridden":
      return "clock";
    case "intended":
      return "announced";
    case "invoiced":
    case "paid":
    case "refunded":
    case "reduced":
    case "annulled":
    case "closed":
      return "sums";
    default:
      return "course";
  }
}

function concerns({ id: by, event }: RecordedEvent, { items, fines }: MatterFold, id: string): boolean {
  if (event.item !== undefined && event.item !== id) return false;
  if (event.type === "annulled")
    return event.fine === undefined && (event.liquidation === undefined || changedBy(by, items, id).length > 0);
  const named = "for" in event ? event.for : undefined;
  if (named === undefined) return event.type !== "paid" || event.item === id || items.length + fines.length === 1;
  return named === id || changedBy(by, items, id).length > 0;
}

/** The liquidations of the item that the event has lowered or annulled. */
function changedBy(event: string, items: readonly ItemFold[], id: string): readonly Liquidation[] {
  return items.find((item) => item.id === id)!.liquidations.filter((one) => one.changedBy.includes(event));
}

type Said = Pick<Step, "code" | "args">;

/** An annulment says of each window that it takes away which one that is. */
function stepsOf(fold: MatterFold, recorded: RecordedEvent, id: string): readonly Said[] {
  const { event } = recorded;
  if (event.type !== "annulled" || event.liquidation === undefined) return [stepOf(fold, recorded, id) ?? []].flat();
  return changedBy(recorded.id, fold.items, id).map(({ id: own, ref, from, to, fixed }) => {
    const amount = money(minorOf(fixed, fold.currency), fold.currency);
    return { code: "why-annulled-liquidation", args: { day: event.on, liquidation: ref ?? own, from, to, amount } };
  });
}

function stepOf(fold: MatterFold, { id: by, event }: RecordedEvent, id: string): Said | null {
  const { currency } = fold;
  const args: Record<string, Arg> = { day: event.on, ...unmetered(fold.facts.items?.find((item) => item.id === id)) };
  const sum = (text: string): Money => money(minorOf(text, currency), currency);
  const of = (code: string, more: Readonly<Record<string, Arg>> = {}) => ({ code, args: { ...args, ...more } });
  switch (event.type) {
    case "extended": {
      const until = untilOf(moveOf(fold, by, id));
      return until === null ? of("why-extended") : of("why-extended-until", until);
    }
    case "stayed":
      return of(event.scope === "collection" ? "why-collection-stayed" : "why-stayed");
    case "appealed":
      return of(event.suspends === "yes" ? "why-appeal-suspends" : event.suspends === "by-order" ? "why-appeal-by-order" : "why-appealed");
    case "resumed": {
      const move = moveOf(fold, by, id);
      const until = untilOf(move);
      if (until === null) return of("why-resumed");
      return of(move?.isFresh ? "why-resumed-fresh" : "why-resumed-until", until);
    }
    case "complied":
      return of(event.counted === false ? "why-claimed-not-counted" : "why-claimed");
    case "rejected":
      return of("why-rejected");
    case "accepted":
      return event.from === undefined ? of("why-accepted") : of("why-accepted-from", { from: event.from });
    case "rate-changed":
      return of("why-rate", { rate: sum(event.rate) });
    case "partly-complied":
      return event.rate === undefined ? of("why-part") : of("why-part-rate", { rate: sum(event.rate) });
    case "remitted":
    case "settled":
    case "withdrawn":
    case "lapsed":
    case "closed":
      return of(`why-${event.type}`);
    case "annulled":
      return event.matter === true ? of("why-annulled-matter") : of("why-annulled-item", { item: id });
    case "intended":
      return of("why-intended", { amount: sum(event.amount), from: event.from, to: event.to });
    case "invoiced":
    case "refunded":
      return of(`why-${event.type}`, { amount: sum(event.amount) });
    case "paid":
      return of(`why-paid-${event.how ?? "payment"}`, { amount: sum(event.amount) });
    case "reduced":
      return of("why-reduced", { target: event.for, amount: sum(event.to) });
    case "overridden":
      return of("why-overridden", { what: event.what, value: event.value, because: event.because ?? "" });
    default:
      return null;
  }
}

/** The end that an event gave, with its time of day where it ends at one; null where it gave none. */
function untilOf(move: Move | undefined): Readonly<Record<string, Arg>> | null {
  if (move === undefined || move.end === null) return null;
  return move.time === null ? { until: move.end } : { until: move.end, time: move.time };
}
