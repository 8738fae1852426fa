import { isRefusal } from "../law/finding.ts";
import { type Money, money, parseAmount } from "../law/money.ts";
import type { MatterEvent } from "../matter/events.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Language } from "../time/wording.ts";
import type { Utterance } from "./contents.ts";
import { changesSums } from "./event-words.ts";
import { fineLine, moneyLine } from "./money-line.ts";
import { say } from "./say.ts";

/** Whether it tells of an event of today, which the sums through yesterday beside it do not hold yet. */
export function isToday({ event, standing }: Utterance): boolean {
  return event !== null && changesSums(event.event) && standing.since.some(({ id }) => id === event.id);
}

/** Whether the sums that it shows stop before an event of today, its own or another. */
export function isBehind(utterance: Utterance): boolean {
  const { item, standing } = utterance;
  const showsSums = item !== null && (item.rate !== null || item.fixed.minor !== 0n || item.paid.minor !== 0n);
  return (isToday(utterance) && hasSums(standing)) || (showsSums && standing.since.some(({ event }) => changesSums(event)));
}

/** Whether anything of the matter is a sum: a formal notice is a clock without money. */
export function hasSums({ items, fines }: Pick<Standing, "items" | "fines">): boolean {
  return fines.length > 0 || items.some(({ rate, fixed, paid }) => rate !== null || fixed.minor !== 0n || paid.minor !== 0n);
}

/** The sums that a payment, a reduction or an annulment is about and that the announcement's own item does not show, and a refund that it makes due. */
export function eventSums(language: Language, utterance: Utterance): readonly string[] {
  const { event: recorded, standing, item: shown } = utterance;
  const name = recorded === null ? null : targetOf(recorded.event);
  if (recorded === null || name === null) return [];
  const fines = standing.fines.filter(({ id }) => id === name || name === WHOLE);
  const named = standing.items.filter(({ id }) => id === name || name === WHOLE);
  // What an act has fixed bears the act's number: it is one of the items of which something is fixed.
  const items = fines.length + named.length > 0 ? named : standing.items.filter(({ fixed }) => fixed.minor !== 0n);
  const several = standing.items.length > 1;
  const lines = items
    .filter(({ id }) => id !== shown?.id)
    .map((item) => {
      const text = moneyLine(language, standing, item);
      return several ? say(language, "event.for-item", { id: item.id, text }) : text;
    });
  const refund = isToday(utterance) ? refundBy(recorded.event, [...fines, ...named], standing.currency) : null;
  return [
    ...fines.map((fine) => fineLine(language, fine, standing.fines.length > 1)),
    ...lines,
    ...(refund === null ? [] : [say(language, "act.refund", { sum: refund })]),
  ];
}

/** Every fine and every item; no id has a space. */
const WHOLE = "the whole";

/** Whose money the event is about, by its id; where it need not say, there is but one. Null where it is about none. */
function targetOf(event: MatterEvent): string | null {
  switch (event.type) {
    case "paid":
    case "refunded":
    case "invoiced":
      return event.for ?? event.item ?? WHOLE;
    case "reduced":
      return event.for;
    case "annulled":
      return event.fine ?? event.liquidation ?? event.item ?? WHOLE;
    default:
      return null;
  }
}

/** What a reduction or an annulment of today gives back of what was paid; the sums through yesterday do not show it yet. */
function refundBy(event: MatterEvent, of: readonly { readonly paid: Money }[], currency: string): Money | null {
  if (event.type !== "reduced" && event.type !== "annulled") return null;
  const left = event.type === "reduced" ? parseAmount(event.to, currency) : 0n;
  const paid = of.reduce((sum, one) => sum + one.paid.minor, 0n);
  return isRefusal(left) || paid <= left ? null : money(paid - left, currency);
}
