import type { Finding } from "../law/finding.ts";
import { type Money, money, sumOf } from "../law/money.ts";
import { addDays, type Day } from "../time/day.ts";
import { dayOf, type Facts, type ItemFacts } from "./facts.ts";
import { foldMatter, type MatterFold } from "./fold.ts";
import type { FineFold } from "./fold-money.ts";
import type { Matter } from "./history.ts";
import { withoutSum } from "./item-assumptions.ts";
import { type ItemScene, itemStanding } from "./item-standing.ts";
import { type ItemToday, itemToday } from "./item-today.ts";
import { type Meters, metersOf, openClaims } from "./joint-cap.ts";
import { minorOf, total } from "./meter.ts";
import { finePaymentFindings } from "./payment-findings.ts";
import { readingsOf } from "./readings.ts";
import { relatedDeadlines } from "./related.ts";
import type { Ahead, FineStanding, ItemStanding, RelatedDeadline, Standing, State } from "./standing-types.ts";

/** Where the matter stood at the end of a day, from the events that took effect by then. */
export function standingOn(matter: Matter, on: Day): Standing {
  return standingFrom(matter, sceneOn(matter, on), on);
}

/** A matter as its events have left it by the end of a day, with the meters of its items. */
interface MatterScene {
  readonly fold: MatterFold;
  readonly meters: Meters;
  readonly items: readonly { readonly facts: ItemFacts; readonly scene: ItemScene }[];
}

function sceneOn(matter: Matter, on: Day): MatterScene {
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
    return { facts: item, scene };
  });
  return { fold, meters, items };
}

function standingFrom(matter: Matter, { fold, meters, items: scenes }: MatterScene, on: Day, looksAhead = true): Standing {
  const { facts } = fold;
  const items = scenes.map((item) => itemStanding(item.facts, item.scene, on, looksAhead));
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
  const scene = sceneOn(matter, today);
  const { fold } = scene;
  const now = standingFrom(matter, scene, today, false);
  const before = addDays(today, -1);
  const yesterday = standingFrom(matter, sceneOn(matter, before), before, false);
  const since = fold.events.filter(({ event }) => event.on === today);
  const added = scene.items.map((item) => itemToday(item.facts, item.scene, today));
  const items = now.items.map((item, index) => withSums(item, yesterday.items[index]!, yesterday.on, added[index]!, since.length > 0));
  // What today adds is forfeited once the day is over.
  const asItRuns = fold.authority.regime === "forfeited";
  const related = asItRuns ? relatedDeadlines(fold, now.items, scene.meters, yesterday.on, today) : now.related;
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

/**
 * Sums through yesterday. A cap is judged by today's events, as the expiry is, and binds once its day is over; so is what today adds. That a cap is
 * near is told of sums that are shown.
 */
function withSums(now: ItemStanding, then: ItemStanding, yesterday: Day, added: ItemToday, isNews: boolean): ItemStanding {
  const { units, unitsMax, theoretical, theoreticalMax, fixed, paid, open, openMax, refundDue, ifRefused, ifAllRefused } = then;
  const capReached = now.capReached !== null && now.capReached <= yesterday ? now.capReached : null;
  const sums = { units, unitsMax, theoretical, theoreticalMax, fixed, paid, open, openMax, refundDue, capReached };
  const { runsAgain, yearNear: _ofToday, nearCaps: _nearToday, ...judged } = now;
  const lacksDays = isNews && isBehind(then, added);
  const claimed = now.conditional ? (ifRefused ?? (units === null ? null : { units, theoretical })) : null;
  const withheld = then.warnings.some(({ code }) => code.startsWith("known-through"));
  const warnings = now.warnings.filter(({ code }) => withheld || !code.startsWith("known-through"));
  const state = now.state === "capped" && capReached === null ? "accruing" : now.state;
  const together = now.conditional ? (ifRefused === null ? theoretical : ifAllRefused) : null;
  return {
    ...judged,
    ...sums,
    ...(capReached === null || runsAgain === undefined ? {} : { runsAgain }),
    state,
    oneMoreDay: added.oneMoreDay,
    ...(added.oneMoreDayEnds === undefined ? {} : { oneMoreDayEnds: added.oneMoreDayEnds }),
    capNear: added.capNear && !lacksDays,
    ...(added.yearNear === undefined || lacksDays ? {} : { yearNear: added.yearNear }),
    ...(added.nearCaps === undefined ? {} : { nearCaps: added.nearCaps }),
    ...(lacksDays ? { lacksDays } : {}),
    ifRefused: claimed,
    ifAllRefused: together,
    assumptions: assumptionsThrough(now, then),
    warnings,
  };
}

/** Whether what had run by yesterday is another sum by what is known today. */
function isBehind(then: ItemStanding, added: ItemToday): boolean {
  const differs = (one: Money | null, other: Money | null) => one !== null && other !== null && one.minor !== other.minor;
  return added.isSet || differs(then.theoretical, added.theoretical) || differs(then.theoreticalMax, added.theoreticalMax);
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
  for (const { day, kind, item, done, ofSums } of related)
    if (!done) ahead.push({ day, what: kind, item, fine: null, ...(ofSums === true ? { ofSums } : {}) });
  return ahead.filter(({ day }) => day >= on).sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

function warningsOf(fold: MatterFold, on: Day): readonly Finding[] {
  const found: Finding[] = fold.faults.map(({ id, refusal }) => ({ code: refusal.refused, args: { ...refusal.args, event: id } }));
  const decided = dayOf(fold.facts.decided);
  if (decided !== null && on < decided) found.push({ code: "not-yet-decided", args: { day: decided } });
  for (const fine of fold.fines) found.push(...finePaymentFindings(fine, fold.currency));
  return found;
}
