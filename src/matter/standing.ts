import type { Finding } from "../law/finding.ts";
import { money, sumOf } from "../law/money.ts";
import { addDays, type Day } from "../time/day.ts";
import { dayOf, type Facts } from "./facts.ts";
import { foldMatter, type MatterFold } from "./fold.ts";
import type { FineFold } from "./fold-money.ts";
import type { Matter } from "./history.ts";
import { withoutSum } from "./item-assumptions.ts";
import { itemStanding } from "./item-standing.ts";
import { metersOf, openClaims } from "./joint-cap.ts";
import { minorOf, total } from "./meter.ts";
import { finePaymentFindings } from "./payment-findings.ts";
import { readingsOf } from "./readings.ts";
import { relatedDeadlines } from "./related.ts";
import type { Ahead, FineStanding, ItemStanding, RelatedDeadline, Standing, State } from "./standing-types.ts";
import { isStopped } from "./stopped.ts";

/** Where the matter stood at the end of a day, from the events that took effect by then. */
export function standingOn(matter: Matter, on: Day): Standing {
  const fold = foldMatter(matter, on);
  const { facts } = fold;
  const window = fold.notification !== null && fold.notification.from !== fold.notification.to;
  const late = window ? foldMatter(matter, on, true) : null;
  const meters = metersOf(fold, on);
  const lateMeters = late === null ? null : metersOf(late, on);
  const claims = openClaims(fold);
  const counted = late ?? fold;
  const allRefused = claims.length > 0 ? metersOf(counted, on, { refused: claims }) : meters;
  // Claims bear upon one another under a cap in common only.
  const isApart = facts.jointCap === undefined || claims.length < 2;
  const readings = readingsOf(matter, fold, on);
  const latest = late === null ? null : { matter: late, readings: readingsOf(matter, late, on, true) };
  const items = (facts.items ?? []).map((item, index) => {
    const refused = isApart ? allRefused : metersOf(counted, on, { refused: [item.id] });
    const apart = { fold: fold.items[index]!, late: late?.items[index] ?? null };
    const scene = { matter: fold, ...apart, meters, lateMeters, refused, allRefused, readings, latest };
    return itemStanding(item, scene, on);
  });
  const fines = fold.fines.map((fine) => fineStanding(fine, facts, fold.currency));
  const related = relatedDeadlines(fold, items, meters, on, on);
  const state = matterState(items, fines, fold);
  const ahead = aheadOf(items, fines, related, on);
  return {
    key: matter.key,
    facts,
    zone: fold.authority.zone,
    currency: fold.currency,
    on,
    through: on,
    state,
    items,
    fines,
    totals: totalsOf(items, fines, fold.currency),
    related,
    ahead,
    next: nextOf(ahead),
    since: [],
    assignedTo: fold.assignedTo,
    ownedBy: fold.ownedBy,
    referredTo: fold.referredTo,
    warnings: warningsOf(fold, on),
  };
}

/** Where it stands now: states and deadlines as of today, sums through yesterday, today's events apart. */
export function standingNow(matter: Matter, today: Day): Standing {
  const now = standingOn(matter, today);
  const fold = foldMatter(matter, today);
  const yesterday = standingOn(matter, addDays(today, -1));
  const since = fold.events.filter(({ event }) => event.on === today);
  const items = now.items.map((item, index) => withSums(item, yesterday.items[index]!, yesterday.on, since.length > 0));
  // What today adds is forfeited once the day is over.
  const asItRuns = fold.authority.regime === "forfeited";
  const related = asItRuns ? relatedDeadlines(fold, now.items, metersOf(fold, today), yesterday.on, today) : now.related;
  const ahead = asItRuns ? aheadOf(now.items, now.fines, related, today) : now.ahead;
  return {
    ...now,
    through: yesterday.on,
    state: matterState(items, yesterday.fines, fold),
    items,
    fines: yesterday.fines,
    totals: yesterday.totals,
    related,
    ahead,
    next: nextOf(ahead),
    since,
    warnings: now.warnings,
  };
}

/** Sums through yesterday. A cap is judged by today's events, as the expiry is, and binds once its day is over; so is what today adds. */
function withSums(now: ItemStanding, then: ItemStanding, yesterday: Day, isNews: boolean): ItemStanding {
  const { units, unitsMax, theoretical, theoreticalMax, fixed, paid, open, openMax, refundDue, ifRefused, ifAllRefused, capNear } = then;
  const capReached = now.capReached !== null && now.capReached <= yesterday ? now.capReached : null;
  const sums = { units, unitsMax, theoretical, theoreticalMax, fixed, paid, open, openMax, refundDue, capReached, capNear };
  const claimed = now.conditional ? (ifRefused ?? (units === null ? null : { units, theoretical })) : null;
  const withheld = then.warnings.some(({ code }) => code.startsWith("known-through"));
  const warnings = now.warnings.filter(({ code }) => withheld || !code.startsWith("known-through"));
  const state = now.state === "capped" && capReached === null ? "accruing" : now.state;
  const oneMoreDay = isNews ? now.oneMoreDay : then.oneMoreDay;
  const together = now.conditional ? (ifRefused === null ? theoretical : ifAllRefused) : null;
  return {
    ...now,
    ...sums,
    state,
    oneMoreDay,
    ...(isNews && isStopped(then) && !isStopped(now) ? { lacksDays: true as const } : {}),
    ifRefused: claimed,
    ifAllRefused: together,
    assumptions: assumptionsThrough(now, then),
    warnings,
  };
}

/** An assumption's other sum counts through the same day as the sum that it stands beside. */
function assumptionsThrough(now: ItemStanding, then: ItemStanding): readonly Finding[] {
  const isSame = (one: Finding, other: Finding) => withoutSum(one).code === withoutSum(other).code;
  const before = now.expiry === then.expiry ? then.assumptions.filter((found) => now.assumptions.some((one) => isSame(one, found))) : [];
  return [...before, ...now.assumptions.filter((found) => found.args.sum === undefined && !before.some((one) => isSame(one, found)))];
}

const URGENCY: readonly State[] = ["accruing", "capped", "overdue", "curing", "stayed", "claimed", "pending", "draft"];

function matterState(items: readonly ItemStanding[], fines: readonly FineStanding[], fold: MatterFold): State {
  if (items.length > 0) {
    const urgent = URGENCY.find((state) => items.some((item) => item.state === state));
    return urgent ?? items[0]!.state;
  }
  if (fold.annulled || (fines.length > 0 && fines.every(({ annulled }) => annulled))) return "annulled";
  if (fold.ended !== null) return fold.ended;
  if (fold.closed) return "closed";
  return fines.length > 0 && fines.every(isSettled) ? "closed" : "pending";
}

function fineStanding(fine: FineFold, facts: Facts, currency: string): FineStanding {
  const paid = total(fine.paid, currency) - total(fine.refunded, currency);
  const amount = fine.annulled ? 0n : fine.amount === "unknown" ? null : minorOf(fine.amount, currency);
  const lowered = fine.annulled || fine.reduced;
  return {
    id: fine.id,
    amount: amount === null ? null : money(amount, currency),
    paid: money(paid, currency),
    writtenOff: money(total(fine.writtenOff, currency), currency),
    refundDue: money(lowered && amount !== null && paid > amount ? paid - amount : 0n, currency),
    due: dayOf(facts.fines?.find(({ id }) => id === fine.id)?.due),
    annulled: fine.annulled,
  };
}

/** One currency a matter. A sum with an unknown or withheld part is null: a part is not the whole. */
function totalsOf(items: readonly ItemStanding[], fines: readonly FineStanding[], currency: string): Standing["totals"] {
  return {
    currency,
    theoretical: sumOf(
      items.map(({ theoretical }) => theoretical),
      currency,
    ),
    fixed: money(
      items.reduce((sum, { fixed }) => sum + fixed.minor, 0n),
      currency,
    ),
    paid: money(
      items.reduce((sum, { paid }) => sum + paid.minor, 0n),
      currency,
    ),
    fines: sumOf(
      fines.map(({ amount }) => amount),
      currency,
    ),
  };
}

/** Whether nothing of the fine is left to be paid: it was annulled, paid, or given up. An unknown one is never known to be. */
function isSettled({ amount, paid, writtenOff, annulled }: FineStanding): boolean {
  return annulled || (amount !== null && paid.minor + writtenOff.minor >= amount.minor);
}

function nextOf([first]: readonly Ahead[]): Standing["next"] {
  return first === undefined ? null : { day: first.day, what: first.what };
}

function aheadOf(
  items: readonly ItemStanding[],
  fines: readonly FineStanding[],
  related: readonly RelatedDeadline[],
  on: Day,
): readonly Ahead[] {
  const ahead: Ahead[] = [];
  for (const { id: item, state: at, expiry, earliestExpiry } of items) {
    if ((at === "curing" || at === "pending") && expiry !== null) ahead.push({ day: expiry, what: "expiry", item, fine: null });
    if (at === "draft" && earliestExpiry !== null) ahead.push({ day: earliestExpiry, what: "earliest-expiry", item, fine: null });
  }
  for (const fine of fines) {
    if (fine.due !== null && fine.amount !== null && !isSettled(fine))
      ahead.push({ day: fine.due, what: "payment", item: null, fine: fine.id });
  }
  for (const { day, kind, item, done } of related) if (!done) ahead.push({ day, what: kind, item, fine: null });
  return ahead.filter(({ day }) => day >= on).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

function warningsOf(fold: MatterFold, on: Day): readonly Finding[] {
  const found: Finding[] = fold.faults.map(({ id, refusal }) => ({ code: refusal.refused, args: { ...refusal.args, event: id } }));
  const decided = dayOf(fold.facts.decided);
  if (decided !== null && on < decided) found.push({ code: "not-yet-decided", args: { day: decided } });
  for (const fine of fold.fines) found.push(...finePaymentFindings(fine, fold.currency));
  return found;
}
