import type { Money } from "../law/money.ts";
import { dayOf } from "../matter/facts.ts";
import { countsInOrder, sumsInOrder } from "../matter/in-order.ts";
import type { FineStanding, ItemStanding, Standing } from "../matter/standing-types.ts";
import type { Language } from "../time/wording.ts";
import { amountsHidden } from "./amounts.ts";
import { countText, itemFacts, perText, rateText, rateThen, regimeNote, regimeText } from "./penalty-words.ts";
import { capitalise, say } from "./say.ts";

/**
 * The money of one item: what runs or will, what is open, fixed, paid and to be refunded, each with its words. What will run comes "then":
 * `ahead` false leaves it out where the end of the time to comply does not stand before it.
 */
export function moneyLine(language: Language, standing: Standing, item: ItemStanding, { ahead = true } = {}): string {
  if (amountsHidden() && (item.rate !== null || item.fixed.minor !== 0n || item.paid.minor !== 0n))
    return say(language, "money.line-hidden");
  const parts = item.rate === null ? [] : meterParts(language, standing, item, ahead);
  if (item.rate === null && standing.facts.kind !== "notice" && !isOver(item)) parts.push(say(language, "money.none"));
  if (item.rate !== null || item.fixed.minor !== 0n || item.paid.minor !== 0n) {
    parts.push(say(language, "money.fixed", { sum: bareZero(item.fixed) }), say(language, "money.paid", { sum: bareZero(item.paid) }));
  }
  if (item.writtenOff.minor !== 0n) parts.push(say(language, "money.written-off", { sum: item.writtenOff }));
  if (item.refundDue.minor !== 0n) parts.push(say(language, "money.refund-due", { sum: item.refundDue }));
  return capitalise(parts.join(" · "));
}

/** Whether the penalty is ahead of the item: its time has not ended, or is not known yet. */
export function isAhead({ state }: ItemStanding): boolean {
  return state === "draft" || state === "pending" || state === "curing";
}

function meterParts(language: Language, standing: Standing, item: ItemStanding, ahead: boolean): string[] {
  const parts: string[] = [];
  const waits = isAhead(item);
  if (waits && ahead) parts.push(thenText(language, standing, item));
  if (item.state === "draft") parts.push(say(language, "money.not-counted"));
  if (item.state === "draft" || item.state === "annulled") return parts;
  if (!waits || (item.units ?? 0) > 0) parts.push(ranText(language, standing, item));
  // Where the debt arises by itself, nothing is liquidated, and "open" would read as unpaid.
  const liquidates = item.regime === "liquidated" || item.fixed.minor > 0n;
  if (liquidates && item.open !== null && (item.openMax ?? item.open).minor > 0n)
    parts.push(say(language, "money.open", { sum: rangeText(language, item.open, item.openMax) }));
  if (grows(item) && item.oneMoreDay !== null && item.oneMoreDay.minor > 0n)
    parts.push(say(language, "money.one-more", { sum: item.oneMoreDay }));
  return parts;
}

/** Whether days add to the sum that is shown: violations do not come with them, and a sum that was mended today is another one by tomorrow. */
function grows({ state, lacksDays, rate }: ItemStanding): boolean {
  return state === "accruing" && lacksDays === undefined && rate?.per !== "violation";
}

function thenText(language: Language, standing: Standing, item: ItemStanding): string {
  const penalty = itemFacts(standing, item)?.penalty ?? null;
  const { amount, per: unit } = rateThen(item)!;
  const rate = rateText(language, penalty, amount);
  const per = perText(language, penalty ?? { per: unit });
  return rate === null ? say(language, "money.then-unknown", { per }) : say(language, "money.then", { rate, per });
}

/** What has run, through which day, by the regime's word. A claim shows both sums. */
function ranText(language: Language, standing: Standing, item: ItemStanding): string {
  const { regime, ifRefused, units } = item;
  const words = { regime: regimeText(language, regime), note: regimeNote(language, regime), day: standing.through };
  if (units === null) return say(language, "money.withheld", { day: dayOf(standing.facts.knownThrough) });
  const sum = rangeText(language, item.theoretical, item.theoreticalMax);
  const count = countRange(language, item.rate!.per, units, item.unitsMax);
  if (ifRefused !== null) {
    const accepted = say(language, "money.counted", { sum, count });
    return say(language, "money.claim", { ...words, accepted, refused: refusedText(language, item, ifRefused) });
  }
  return say(language, "money.ran", { ...words, sum, count });
}

/** What it comes to if the claim is refused: counted from the latest day of a notification that is known within a window, it is the least. */
function refusedText(language: Language, item: ItemStanding, { units, theoretical }: NonNullable<ItemStanding["ifRefused"]>): string {
  if (units === null) return say(language, "money.unknown");
  const sum =
    theoretical === null || item.unitsMax === null
      ? rangeText(language, theoretical, null)
      : say(language, "money.least", { sum: theoretical });
  return say(language, "money.counted", { sum, count: countText(language, item.rate!.per, units) });
}

/** A sum, or a range where the notification is known within a window only. */
export function rangeText(
  language: Language,
  sum: Money | null,
  most: Money | null | undefined,
  form: { readonly bare?: boolean; readonly signed?: boolean } = {},
): string {
  if (sum === null) return say(language, "money.unknown");
  if (most == null || most.minor === sum.minor) return say(language, "money.plain", { sum: { ...sum, ...form } });
  const [lower, higher] = sumsInOrder(sum, most);
  return say(language, "money.between", { least: { ...lower, ...form }, most: { ...higher, ...form } });
}

/** How many units, or from how many to how many. */
export function countRange(language: Language, per: string, units: number, most: number | null | undefined): string {
  if (most == null || most === units) return countText(language, per, units);
  const [fewer, more] = countsInOrder(units, most);
  return say(language, "money.range", { least: String(fewer), most: countText(language, per, more) });
}

/** A fine, what was paid of it, and by when the rest is due; by its id where there are several. */
export function fineLine(language: Language, fine: FineStanding, named: boolean): string {
  const paid = bareZero(fine.paid);
  const id = named ? fine.id : null;
  const parts = [
    fine.annulled
      ? say(language, "money.fine-annulled", { id, paid })
      : say(language, "money.fine", { id, paid, sum: fine.amount ?? say(language, "money.unknown") }),
  ];
  if (fine.due !== null && fineOpen(fine)) parts.push(say(language, "money.fine-due", { day: fine.due }));
  if (fine.writtenOff.minor !== 0n) parts.push(say(language, "money.written-off", { sum: fine.writtenOff }));
  if (fine.refundDue.minor !== 0n) parts.push(say(language, "money.refund-due", { sum: fine.refundDue }));
  return parts.join(" · ");
}

/** Whether the fine stands and is not wholly paid; an unknown one is never known to be. */
export function fineOpen(fine: FineStanding): boolean {
  return !fine.annulled && (fine.amount === null || fine.paid.minor + fine.writtenOff.minor < fine.amount.minor);
}

/** Nothing of a currency needs no name. */
function bareZero(sum: Money): Money & { readonly bare: boolean } {
  return { ...sum, bare: sum.minor === 0n };
}

/** Whether the item's meter has ended for good. */
export function isOver(item: ItemStanding): boolean {
  return ["annulled", "withdrawn", "settled", "closed", "complied", "lapsed"].includes(item.state);
}
