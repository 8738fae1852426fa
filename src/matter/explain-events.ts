import type { Arg, Step } from "../law/finding.ts";
import { type Money, money } from "../law/money.ts";
import type { Day } from "../time/day.ts";
import type { MatterEvent, RecordedEvent } from "./events.ts";
import { foldMatter, type MatterFold } from "./fold.ts";
import type { Matter } from "./history.ts";
import { minorOf } from "./meter.ts";

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

export function explainEvents(matter: Matter, fold: MatterFold, id: string): Happened {
  const found = { clock: [] as Step[], course: [] as Step[], announced: [] as Step[], sums: [] as Step[] };
  const faulty = new Set(fold.faults.map((fault) => fault.id));
  for (const recorded of fold.events) {
    if (faulty.has(recorded.id) || !concerns(recorded, fold, id)) continue;
    const step = stepOf(matter, fold, recorded.event, id);
    if (step === null) continue;
    const { event } = recorded;
    const source = event.source ?? event.ref;
    found[partOf(event.type)].push({ ...step, day: event.on, ...(source === undefined ? {} : { source }) });
  }
  return found;
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

function concerns({ event }: RecordedEvent, { items, fines }: MatterFold, id: string): boolean {
  if (event.item !== undefined && event.item !== id) return false;
  const named = "for" in event ? event.for : undefined;
  if (named === undefined) return event.type !== "paid" || event.item === id || items.length + fines.length === 1;
  if (named === id) return true;
  return items.find((item) => item.id === id)!.liquidations.some((one) => one.ref === named || one.id === named);
}

function stepOf(matter: Matter, { currency }: MatterFold, event: MatterEvent, id: string): Pick<Step, "code" | "args"> | null {
  const args: Record<string, Arg> = { day: event.on };
  const sum = (text: string): Money => money(minorOf(text, currency), currency);
  const of = (code: string, more: Readonly<Record<string, Arg>> = {}) => ({ code, args: { ...args, ...more } });
  switch (event.type) {
    case "extended": {
      const until = expiryOn(matter, event.on, id);
      return until === null ? of("why-extended") : of("why-extended-until", { until });
    }
    case "stayed":
      return of(event.scope === "collection" ? "why-collection-stayed" : "why-stayed");
    case "appealed":
      return of(event.suspends === "yes" ? "why-appeal-suspends" : event.suspends === "by-order" ? "why-appeal-by-order" : "why-appealed");
    case "resumed": {
      const until = expiryOn(matter, event.on, id);
      return until === null || until < event.on ? of("why-resumed") : of("why-resumed-until", { until });
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
    case "annulled":
      return of(`why-${event.type}`);
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

/** The end of the time to comply as it stood by the end of that day. */
function expiryOn(matter: Matter, on: Day, id: string): Day | null {
  const item = foldMatter(matter, on).items.find((one) => one.id === id);
  if (item === undefined || item.stay?.during === "cure") return null;
  return item.freshExpiry ?? item.expiry;
}
