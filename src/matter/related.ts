import { isRefusal } from "../law/finding.ts";
import type { Period } from "../law/period.ts";
import { ruleOf } from "../law/rules/index.ts";
import type { Day } from "../time/day.ts";
import { periodsOf, placeOf, startOf } from "./clock.ts";
import { type Told, tellClock } from "./clock-told.ts";
import type { ClockFacts } from "./facts.ts";
import type { MatterFold } from "./fold.ts";
import { forfeitedClocks } from "./forfeited.ts";
import type { ItemFold } from "./item-state.ts";
import type { Meters } from "./joint-cap.ts";
import type { ItemStanding, RelatedDeadline } from "./standing-types.ts";

/**
 * A matter's other clocks: those of its file, observations after an announced liquidation, and those of sums forfeited by law through a day, as of today. Without
 * a rule they speak of the earliest day, and say so.
 */
export function relatedDeadlines(
  fold: MatterFold,
  standings: readonly ItemStanding[],
  meters: Meters,
  through: Day,
  today: Day,
): readonly RelatedDeadline[] {
  return [...ofFile(fold, standings), ...observations(fold, standings), ...forfeitedClocks(fold, meters, through, today)];
}

function ofFile(fold: MatterFold, standings: readonly ItemStanding[]): readonly RelatedDeadline[] {
  const found: RelatedDeadline[] = [];
  for (const [index, item] of (fold.facts.items ?? []).entries()) {
    for (const clock of item.clocks ?? []) {
      const { id, kind } = clock;
      const told = setByHand(clock, counted(clock, fold, item.id));
      if (told === null) continue;
      const done = isDone(kind, fold.items[index]!, standings[index]!);
      const { expiry: day, time = null, steps } = told.limit;
      found.push({ id, item: item.id, kind, day, time, done, steps, notes: told.notes });
    }
  }
  return found;
}

/** The end that its period gives; null where it has none, or has not started. */
function counted({ kind, from, period, rule: named, calendar }: ClockFacts, fold: MatterFold, item: string): Told | null {
  if (from === undefined || period === undefined) return null;
  const rule = named === undefined ? null : ruleOf(named);
  const start = startOf(fold, from, rule, item);
  if (isRefusal(start)) return null;
  const terms = { start, periods: periodsOf(period), ...placeOf(fold.authority, calendar) };
  const told = tellClock(kind, rule, terms, fold.authority);
  if (told === null || rule?.fromPublication === undefined || from !== "published" || isOfDays(terms.periods[0]!, rule.fromPublication))
    return told;
  return { ...told, notes: [...told.notes, { code: "publication-days", args: { days: rule.fromPublication } }] };
}

function isOfDays({ months, days, hours, businessDays }: Period, wanted: number): boolean {
  return days === wanted && months === 0 && hours === 0 && businessDays === 0;
}

/** A day that a person has set goes before what is counted, which is told beside it. */
function setByHand({ kind, until, because = "" }: ClockFacts, told: Told | null): Told | null {
  if (until === undefined) return told;
  const steps = [{ code: "until", args: { day: until, because }, day: until }];
  const computed = told?.limit.expiry ?? "";
  const notes = computed === until ? [] : [{ code: "overridden", args: { what: kind, computed, value: until, because } }];
  return { limit: { expiry: until, steps }, notes: told === null ? [] : notes };
}

function observations({ authority, items }: MatterFold, standings: readonly ItemStanding[]): readonly RelatedDeadline[] {
  const { observations: period, observationsRule } = authority;
  if (period === undefined) return [];
  const rule = observationsRule === null ? null : ruleOf(observationsRule);
  return items.flatMap((item, index) =>
    item.observations.flatMap(({ id, from, answered }): readonly RelatedDeadline[] => {
      const terms = { start: { day: from }, periods: periodsOf(period), ...placeOf(authority), citation: authority.source };
      const told = tellClock("observations", rule, terms, authority);
      if (told === null) return [];
      const done = answered || isOver(standings[index]!);
      const { expiry: day, time = null, steps } = told.limit;
      return [{ id: `observations-${id}`, item: item.id, kind: "observations", day, time, done, steps, notes: told.notes }];
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
