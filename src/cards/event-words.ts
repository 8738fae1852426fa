import { isRefusal } from "../law/finding.ts";
import { money, parseAmount } from "../law/money.ts";
import type { EventOf, MatterEvent } from "../matter/events.ts";
import type { Standing } from "../matter/standing-types.ts";
import { parseDay } from "../time/day.ts";
import { type Language, wordDay } from "../time/wording.ts";
import { whatText } from "./findings.ts";
import { periodText } from "./periods.ts";
import { type Key, type SaidArg, say } from "./say.ts";

type Scene = Pick<Standing, "currency"> & { readonly items: readonly { readonly regime: string }[] };

/** What happened, in one sentence without its day: what, to which item, under which number, why. */
export function eventText(language: Language, event: MatterEvent, scene: Scene): string {
  const text = bareText(language, event, scene);
  const named = event.item !== undefined && scene.items.length > 1 && event.type !== "annulled";
  const parts = [named ? say(language, "event.for-item", { id: event.item, text }) : text];
  if ("counted" in event && event.counted === false) parts.push(say(language, "event.day-not-counted"));
  if (event.ref !== undefined) parts.push(event.ref);
  if (event.because !== undefined) parts.push(say(language, "event.because", { because: event.because }));
  return parts.join(" · ");
}

function bareText(language: Language, event: MatterEvent, scene: Scene): string {
  const sum = (text: string | undefined) => amountOf(text, scene.currency);
  const of = (key: Key, args: Readonly<Record<string, SaidArg>> = {}) => say(language, key, args);
  switch (event.type) {
    case "extended":
      return of("event.extended", { until: event.until, by: event.by === undefined ? undefined : periodText(language, event.by) });
    case "stayed":
      return of(event.scope === "collection" ? "event.stayed-collection" : "event.stayed");
    case "resumed":
      return of("event.resumed", {
        with: event.with === undefined || event.with === "remainder" ? undefined : periodText(language, event.with),
      });
    case "rate-changed":
    case "partly-complied":
      return of(`event.${event.type}`, { rate: sum(event.rate) });
    case "violation":
      return of("event.violation", { count: event.count });
    case "accepted":
      return of("event.accepted", { from: event.from });
    case "intended":
      return of("event.intended", { amount: sum(event.amount), from: event.from, to: event.to });
    case "liquidated": {
      const forfeited = scene.items.some(({ regime }) => regime === "forfeited");
      return of(forfeited ? "event.liquidated-forfeited" : "event.liquidated", {
        amount: sum(event.amount),
        from: event.from,
        to: event.to,
      });
    }
    case "invoiced":
    case "paid":
    case "refunded":
      return of(`event.${event.type}`, { amount: sum(event.amount), for: event.for });
    case "reduced":
      return of("event.reduced", { for: event.for, to: sum(event.to) });
    case "appealed":
      return of(appealKey(event));
    case "annulled":
      return of("event.annulled", { what: annulledWhat(language, event) });
    case "referred":
    case "assigned":
      return of(`event.${event.type}`, { to: event.to });
    case "overridden":
      return of("event.overridden", { what: whatText(language, event.what), value: event.value });
    case "note":
      return of("event.note", { text: event.text });
    case "corrected":
      return of("event.corrected", { event: event.event, change: changeText(language, event, scene.currency) });
    default:
      return of(`event.${event.type}`);
  }
}

function appealKey({ suspends }: EventOf<"appealed">): Key {
  if (suspends === undefined) return "event.appealed-assumed";
  return suspends === "no" ? "event.appealed" : `event.appealed-${suspends}`;
}

function annulledWhat(language: Language, event: EventOf<"annulled">): string {
  if (event.fine !== undefined) return say(language, "event.fine", { id: event.fine });
  if (event.liquidation !== undefined) return say(language, "event.liquidation", { id: event.liquidation });
  return event.item === undefined ? say(language, "event.matter") : say(language, "event.item", { id: event.item });
}

/** What a correction sets, field by field; fields bear the names that the reader types. */
export function changeText(language: Language, correction: EventOf<"corrected">, currency: string): string {
  if (correction.void === true) return say(language, "event.void");
  const changes = Object.entries(correction.set ?? {}).map(([field, value]) =>
    value === null
      ? say(language, "event.removed", { field })
      : say(language, "event.set-field", { field, value: valueText(language, field, value, currency) }),
  );
  return changes.join(", ");
}

const SUMS: ReadonlySet<string> = new Set(["amount", "rate"]);

function valueText(language: Language, field: string, value: unknown, currency: string): SaidArg {
  if (typeof value !== "string") return JSON.stringify(value);
  const day = parseDay(value);
  if (day !== null) return wordDay(language, day);
  return SUMS.has(field) ? amountOf(value, currency) : value;
}

/** The sum that an event states; one that its currency cannot hold is shown as it was typed. */
function amountOf(text: string | undefined, currency: string): SaidArg {
  if (text === undefined) return undefined;
  const minor = parseAmount(text, currency);
  return isRefusal(minor) ? text : money(minor, currency);
}
