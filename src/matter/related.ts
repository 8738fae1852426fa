import { isRefusal } from "../law/finding.ts";
import { cure as standing } from "../law/rules/cure.ts";
import { ruleOf } from "../law/rules/index.ts";
import { periodsOf, placeOf, startOf } from "./clock.ts";
import type { MatterFold } from "./fold.ts";
import type { ItemFold } from "./item-state.ts";
import type { ItemStanding, RelatedDeadline } from "./standing-types.ts";

/** A matter's other clocks: those of its file, and observations after an announced liquidation. Without a rule they speak of the earlier day. */
export function relatedDeadlines(fold: MatterFold, standings: readonly ItemStanding[]): readonly RelatedDeadline[] {
  return [...ofFile(fold, standings), ...observations(fold, standings)];
}

function ofFile(fold: MatterFold, standings: readonly ItemStanding[]): readonly RelatedDeadline[] {
  const found: RelatedDeadline[] = [];
  for (const [index, item] of (fold.facts.items ?? []).entries()) {
    for (const { id, kind, from, period, rule: named } of item.clocks ?? []) {
      const rule = named === undefined ? standing : ruleOf(named);
      const start = rule === null ? null : startOf(fold, from, rule, item.id);
      if (rule === null || start === null || isRefusal(start)) continue;
      const limit = rule.limit({ start, periods: periodsOf(period), ...placeOf(fold.authority) });
      if (isRefusal(limit)) continue;
      const done = isDone(kind, fold.items[index]!, standings[index]!);
      found.push({ id, item: item.id, kind, day: limit.expiry, time: limit.time ?? null, done, steps: limit.steps });
    }
  }
  return found;
}

function observations({ authority, items }: MatterFold, standings: readonly ItemStanding[]): readonly RelatedDeadline[] {
  const { observations: period } = authority;
  if (period === undefined) return [];
  return items.flatMap((item, index) =>
    item.observations.flatMap(({ id, from, answered }): readonly RelatedDeadline[] => {
      const limit = standing.limit({ start: { day: from }, periods: periodsOf(period), ...placeOf(authority), citation: authority.source });
      if (isRefusal(limit)) return [];
      const done = answered || isOver(standings[index]!);
      const shared = { kind: "observations", day: limit.expiry, time: limit.time ?? null, steps: limit.steps };
      return [{ id: `observations-${id}`, item: item.id, done, ...shared }];
    }),
  );
}

const OVER: ReadonlySet<string> = new Set(["annulled", "withdrawn", "settled", "closed", "complied", "lapsed"]);

function isOver({ state }: ItemStanding): boolean {
  return OVER.has(state);
}

/**
 * Whether what a clock waits for was done. A duty to act ends with its order; a duty to pay goes on until it is paid, given up or annulled, or, under
 * an order that has ended, until nothing is to be paid.
 */
function isDone(kind: string, fold: ItemFold, item: ItemStanding): boolean {
  if (item.state === "annulled") return true;
  switch (kind) {
    case "payment":
    case "time-bar":
      return isPaid(item);
    case "discount":
      return item.paid.minor > 0n || isPaid(item);
    case "evidence":
      return fold.claim !== null || isOver(item);
    case "observations":
      return fold.liquidations.length > 0 || isOver(item);
    case "appeal":
    case "objection":
      return fold.appealed || isOver(item);
    default:
      return isOver(item);
  }
}

/** What is owed is what was fixed, or what has run where the debt arises as it runs. */
function isPaid(item: ItemStanding): boolean {
  const { fixed, paid, writtenOff, theoretical, regime } = item;
  const asItRuns = regime === "forfeited" || regime === "imposed";
  const owed = fixed.minor > 0n ? fixed : asItRuns ? theoretical : null;
  if (owed !== null && owed.minor > 0n) return paid.minor + writtenOff.minor >= owed.minor;
  return isOver(item) && !(asItRuns && theoretical === null);
}
