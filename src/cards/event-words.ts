import { REGISTRATION } from "../matter/corrected-facts.ts";
import type { EventOf, MatterEvent } from "../matter/events.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Language } from "../time/wording.ts";
import { amountOf, changeText, type Was } from "./change-words.ts";
import { whatText } from "./findings.ts";
import { insideHidden, isInside } from "./inside.ts";
import { periodText } from "./periods.ts";
import { type Key, type SaidArg, say } from "./say.ts";

type Scene = Pick<Standing, "currency" | "items" | "fines" | "names">;

/** What happened, in one sentence without its day: what, to which item, under which number, why. `was`: what a correction's fields were before. */
export function eventText(language: Language, event: MatterEvent, scene: Scene, was?: Was): string {
  if (insideHidden() && isInside(event)) return say(language, "inside.event");
  const text = bareText(language, event, scene, was);
  const named = event.item !== undefined && scene.items.length > 1 && event.type !== "annulled";
  const parts = [named ? say(language, "event.for-item", { id: event.item, text }) : text];
  if ("counted" in event && event.counted === false) parts.push(say(language, "event.day-not-counted"));
  if (event.ref !== undefined) parts.push(event.ref);
  if (event.because !== undefined && !insideHidden()) parts.push(say(language, "event.because", { because: event.because }));
  return parts.join(" · ");
}

function bareText(language: Language, event: MatterEvent, scene: Scene, was: Was | undefined): string {
  const sum = (text: string | undefined) => amountOf(text, scene.currency);
  const of = (key: Key, args: Readonly<Record<string, SaidArg>> = {}) => say(language, key, args);
  switch (event.type) {
    case "extended":
      return of("event.extended", { until: event.until, by: event.by === undefined ? undefined : periodText(language, event.by) });
    case "stayed":
      return of(stayedKey(event, scene));
    case "rejected":
      return of(hasMeter(event, scene) ? "event.rejected" : "event.rejected-alone");
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
    case "paid":
      return of(event.how === undefined || event.how === "payment" ? "event.paid" : `event.paid-${event.how}`, {
        amount: sum(event.amount),
        for: forText(language, event.for, scene),
      });
    case "invoiced":
    case "refunded":
      return of(`event.${event.type}`, { amount: sum(event.amount), for: forText(language, event.for, scene) });
    case "reduced":
      return of("event.reduced", { for: forText(language, event.for, scene), to: sum(event.to) });
    case "appealed":
      return of(appealKey(event));
    case "annulled":
      return of("event.annulled", { what: annulledWhat(language, event) });
    case "referred":
      return of("event.referred", { to: event.to });
    case "assigned":
      return of(event.as === "owner" ? "event.assigned-owner" : "event.assigned", { to: personText(event.to, scene.names) });
    case "overridden":
      return of("event.overridden", { what: whatText(language, event.what), value: event.value });
    case "visibility":
      return of("event.visibility", { to: event.to });
    case "note":
      return of("event.note", { text: event.text });
    case "corrected":
      return of(event.event === REGISTRATION ? "event.corrected-facts" : "event.corrected", {
        event: event.event,
        change: changeText(language, event, scene.currency, was),
      });
    default:
      return of(`event.${event.type}`);
  }
}

const BESIDE_SUMS: ReadonlySet<MatterEvent["type"]> = new Set(["note", "visibility", "assigned", "intended", "invoiced", "referred"]);

/** Whether sums can be otherwise by it: who has a matter, what is announced and what is noted change none. */
export function changesSums({ type }: MatterEvent): boolean {
  return !BESIDE_SUMS.has(type);
}

/** The person as the event names them; one who is named by a platform's reference by their name, where it is known. */
function personText(to: string, names: Scene["names"]): string {
  const name = names?.get(to);
  return name === undefined ? to : `@${name.replace(/^@/, "")}`;
}

/** What a sum is for, in words: the fine, the penalty, or what an act fixed; by its id where there are several. */
function forText(language: Language, id: string | undefined, { items, fines }: Scene): string | undefined {
  if (id === undefined) return undefined;
  if (fines.some((fine) => fine.id === id)) return say(language, "event.for-fine", { id: fines.length > 1 ? id : null });
  if (items.some((item) => item.id === id)) return say(language, "event.for-penalty", { id: items.length > 1 ? id : null });
  return say(language, "event.for-fixed", { id });
}

function stayedKey(event: EventOf<"stayed">, scene: Scene): Key {
  const metered = hasMeter(event, scene);
  if (event.scope === "collection") return metered ? "event.stayed-collection" : "event.stayed-collection-alone";
  return metered ? "event.stayed" : "event.stayed-clock";
}

/** Whether a penalty belongs to what it is about: a formal notice is a clock without money. */
function hasMeter({ item }: MatterEvent, { items }: Scene): boolean {
  return items.some(({ id, rate }) => rate !== null && (item === undefined || item === id));
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
