import type { Meter } from "../law/accrual.ts";
import type { Finding } from "../law/finding.ts";
import { money } from "../law/money.ts";
import type { Day } from "../time/day.ts";
import type { ItemFacts } from "./facts.ts";
import type { MatterFold } from "./fold.ts";
import type { FineFold } from "./fold-money.ts";
import { owedBy } from "./forfeited.ts";
import type { ItemFold } from "./item-state.ts";
import { fixedOf, minorOf, total } from "./meter.ts";

/**
 * What was paid or given up of an item beyond what is owed: what was fixed, and where the debt arises as it runs what has run, too, by the meter
 * that has most of it. What was lowered since is to be refunded, and said so; where it cannot be told what is owed, nothing is said.
 */
export function paymentFindings(
  item: ItemFacts,
  { authority, currency }: MatterFold,
  fold: ItemFold,
  meter: Meter | "unknown" | null,
  on: Day,
): readonly Finding[] {
  if (fold.annulled) return sinceAnnulled(fold, currency);
  if (isLowered(fold)) return [];
  const fixed = fixedOf(fold, currency);
  if (!isOwedAsItRuns(item, authority)) return beyond(fold, fixed, currency, "fixed");
  const isDraft = fold.clock.kind === "draft" && fold.expiry === null;
  if (meter === "unknown" || (meter === null && isDraft)) return [];
  const owed = meter === null ? fixed : owedBy(meter, fold, currency, on);
  return owed === null ? [] : beyond(fold, owed, currency, "owed");
}

/**
 * What was paid of an item beyond what is owed of it, once something of it was lowered or annulled. Where the debt arises as it runs, a decision only
 * enforces it: beside the sums fixed as they stand, what has run outside their windows is owed (`open`; null where it cannot be told: then nothing is).
 */
export function refundOf(item: ItemFacts, { authority, currency }: MatterFold, fold: ItemFold, open: () => bigint | null): bigint {
  if (!fold.annulled && !isLowered(fold)) return 0n;
  const paid = total(fold.paid, currency) - total(fold.refunded, currency);
  const ranBeside = !fold.annulled && isOwedAsItRuns(item, authority) ? open() : 0n;
  if (ranBeside === null) return 0n;
  const owed = fold.annulled ? 0n : fixedOf(fold, currency) + ranBeside;
  return paid > owed ? paid - owed : 0n;
}

function isLowered({ reduced, liquidations }: ItemFold): boolean {
  return reduced !== null || liquidations.some(({ annulled, amount, fixed }) => annulled || amount !== fixed);
}

/** By law from day to day, or by the order itself. */
function isOwedAsItRuns({ penalty }: ItemFacts, { regime }: MatterFold["authority"]): boolean {
  return penalty !== undefined && (regime === "forfeited" || regime === "imposed");
}

/** The same of a fine, whose amount is what is owed. */
export function finePaymentFindings(fine: FineFold, currency: string): readonly Finding[] {
  const of = (found: readonly Finding[]) => found.map(({ code, args }) => ({ code: `fine-${code}`, args: { fine: fine.id, ...args } }));
  if (fine.annulled) return of(sinceAnnulled(fine, currency));
  if (fine.reduced || fine.amount === "unknown") return [];
  return of(beyond(fine, minorOf(fine.amount, currency), currency, "owed"));
}

type Paid = Pick<ItemFold, "paid" | "refunded" | "writtenOff" | "sinceAnnulled">;

function sinceAnnulled({ sinceAnnulled: late }: Paid, currency: string): readonly Finding[] {
  return late.length === 0 ? [] : [{ code: "paid-since-annulled", args: { sum: money(total(late, currency), currency) } }];
}

function beyond({ paid: all, refunded, writtenOff }: Paid, owed: bigint, currency: string, as: "fixed" | "owed"): readonly Finding[] {
  const paid = total(all, currency) - total(refunded, currency);
  const given = total(writtenOff, currency);
  const args = { sum: money(paid, currency), [as]: money(owed, currency) };
  if (paid > owed)
    return as === "fixed" && owed === 0n
      ? [{ code: "paid-nothing-fixed", args: { sum: args.sum! } }]
      : [{ code: `paid-above-${as}`, args }];
  if (given === 0n || paid + given <= owed) return [];
  return [{ code: "given-up-above", args: { sum: money(given, currency), left: money(owed - paid, currency) } }];
}
