import { calendarOf, calendarVersions } from "../law/calendar.ts";
import { type Authority, authorityOf } from "../law/catalogue.ts";
import { type Arg, isRefusal } from "../law/finding.ts";
import { parseAmount } from "../law/money.ts";
import { isOf } from "../law/rule.ts";
import { RULES, ruleOf } from "../law/rules/index.ts";
import type { Day } from "../time/day.ts";
import { checkAmount, checkJointCap, checkPenalty, isZero, type Report } from "./check-penalty.ts";
import { checkTimes } from "./check-times.ts";
import { dayOf, type FiledMatter, type ItemFacts, notificationOf } from "./facts.ts";
import { isItself } from "./key.ts";

/** Something wrong at one place of a file or form, or of a command. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly args: Readonly<Record<string, Arg>>;
}

/** What a schema cannot tell of a matter: known authorities and rules, sums in their currency, days in a possible order, ids that are one. */
export function checkMatter(matter: FiledMatter, today: Day): readonly Problem[] {
  const problems: Problem[] = [];
  const report: Report = (path, code, args = {}) => problems.push({ path, code, args });
  const authority = authorityOf(matter.authority);
  if (authority === null) {
    report(["authority"], "authority-unknown", { got: matter.authority });
    return problems;
  }
  checkDays(matter, today, report);
  if (matter.follows !== undefined && isItself(matter, matter.follows)) report(["follows"], "follows-itself", { ref: matter.ref });
  checkTimes(matter, authority.zone, report);
  checkItems(matter, authority, report);
  const currency = matter.currency ?? authority.currency;
  for (const [index, fine] of (matter.fines ?? []).entries()) {
    checkAmount(fine.amount, currency, ["fines", index, "amount"], report);
    if (isZero(fine.amount)) report(["fines", index, "amount"], "fine-zero");
    const [due, decided] = [dayOf(fine.due), dayOf(matter.decided)];
    if (due !== null && decided !== null && due < decided) report(["fines", index, "due"], "due-before-decided", { day: due, decided });
  }
  checkIds(
    [
      ...(matter.items ?? []).map(({ id }, index) => [id, ["items", index, "id"]] as const),
      ...(matter.fines ?? []).map(({ id }, index) => [id, ["fines", index, "id"]] as const),
    ],
    report,
  );
  if (matter.kind === "notice" && (matter.fines?.length ?? 0) > 0) report(["fines"], "notice-has-no-money");
  checkJointCap(matter, currency, report);
  checkEvents(matter, currency, today, report);
  return problems;
}

function checkDays(matter: FiledMatter, today: Day, report: Report): void {
  const decided = dayOf(matter.decided);
  for (const field of ["decided", "published", "knownThrough"] as const) {
    const day = dayOf(matter[field]);
    if (day !== null && day > today) report([field], "day-in-future", { day, today });
  }
  const published = dayOf(matter.published);
  if (decided !== null && published !== null && published < decided)
    report(["published"], "published-before-decided", { day: published, decided });
  const notification = notificationOf(matter as Parameters<typeof notificationOf>[0]);
  if (notification === null) return;
  if (notification.from > today) report(["notified"], "day-in-future", { day: notification.from, today });
  if (decided !== null && notification.from < decided) report(["notified"], "notified-before-decided", { day: notification.from, decided });
}

function checkItems(matter: FiledMatter, authority: Authority, report: Report): void {
  const currency = matter.currency ?? authority.currency;
  const decided = dayOf(matter.decided);
  for (const [index, item] of (matter.items ?? []).entries()) {
    const at = ["items", index];
    const { cure, penalty } = item;
    checkFollowing(item, matter.items ?? [], [...at, "cure", "from", "item"], report);
    checkIds(
      (item.clocks ?? []).map(({ id }, number) => [id, [...at, "clocks", number, "id"]] as const),
      report,
    );
    if (cure !== undefined && "rule" in cure && cure.rule !== undefined) checkRule(cure.rule, [...at, "cure", "rule"], report);
    if (cure !== undefined && "calendar" in cure)
      checkCalendar(cure.calendar, cure.rule ?? authority.orderRule, [...at, "cure", "calendar"], report);
    if (cure !== undefined && "until" in cure && decided !== null && cure.until < decided) {
      report([...at, "cure", "until"], "until-before-decided", { day: cure.until, decided });
    }
    for (const [number, clock] of (item.clocks ?? []).entries()) {
      if (clock.rule !== undefined) checkRule(clock.rule, [...at, "clocks", number, "rule"], report);
      checkCalendar(clock.calendar, clock.rule ?? null, [...at, "clocks", number, "calendar"], report);
      if (clock.until !== undefined && decided !== null && clock.until < decided)
        report([...at, "clocks", number, "until"], "until-before-decided", { day: clock.until, decided });
    }
    if (penalty === undefined) continue;
    if (penalty.from !== undefined && cure !== undefined) report([...at, "penalty", "from"], "penalty-from-and-cure");
    if (matter.kind === "notice") report([...at, "penalty"], "notice-has-no-money");
    checkPenalty(penalty, currency, decided, [...at, "penalty"], report);
  }
}

/** The item after whose time another's runs: it is one of the matter's, and no circle leads back. */
function checkFollowing(item: ItemFacts, items: readonly ItemFacts[], path: readonly (string | number)[], report: Report): void {
  const first = followed(item);
  if (first === null) return;
  const ids = items.map(({ id }) => id);
  if (!ids.includes(first)) report(path, "item-unknown", { item: first, items: ids });
  const seen = new Set([item.id]);
  for (let next: string | null = first; next !== null; ) {
    if (seen.has(next)) {
      report(path, "items-in-circle", { item: item.id, after: first });
      return;
    }
    seen.add(next);
    const other = items.find(({ id }) => id === next);
    next = other === undefined ? null : followed(other);
  }
}

function followed({ cure }: ItemFacts): string | null {
  return cure !== undefined && "period" in cure && typeof cure.from === "object" && "item" in cure.from ? cure.from.item : null;
}

function checkRule(id: string, path: readonly (string | number)[], report: Report): void {
  if (ruleOf(id) === null) report(path, "rule-unknown", { got: id, rules: RULES.map((rule) => rule.id) });
}

/** A table that is known, and of the place whose law the rule is: elsewhere it would be passed over. */
function checkCalendar(named: string | undefined, rule: string | null, path: readonly (string | number)[], report: Report): void {
  if (named === undefined) return;
  if (calendarOf(named) === null) report(path, "calendar-unknown", { got: named, calendars: calendarVersions().map(([id]) => id) });
  const place = rule === null ? undefined : ruleOf(rule)?.place;
  if (calendarOf(named) !== null && place !== undefined && !isOf(place, named))
    report(path, "calendar-elsewhere", { rule: rule!, calendar: calendarOf(place.calendar)!.name });
}

function checkIds(ids: readonly (readonly [string, readonly (string | number)[]])[], report: Report): void {
  const seen = new Set<string>();
  for (const [id, path] of ids) {
    if (seen.has(id)) report(path, "id-twice", { id });
    seen.add(id);
  }
}

function checkEvents(matter: FiledMatter, currency: string, today: Day, report: Report): void {
  const events = matter.events ?? [];
  checkIds(
    events.flatMap(({ id }, index) => (id === undefined ? [] : [[id, ["events", index, "id"]] as const])),
    report,
  );
  for (const [index, event] of events.entries()) {
    const at = ["events", index];
    if (event.on > today) report([...at, "on"], "day-in-future", { day: event.on, today });
    const before = events[index - 1]?.on;
    if (before !== undefined && event.on < before) report([...at, "on"], "events-out-of-order", { day: event.on, before });
    for (const problem of amountProblems(event, currency)) report([...at, ...problem.path], problem.code, problem.args);
  }
}

/** A liquidation of nothing waives what has run, a rate of nothing ends it; nothing paid is no payment. */
const PAYMENTS: ReadonlySet<string> = new Set(["invoiced", "paid", "refunded"]);

/** The sums of an event that its currency cannot hold. */
export function amountProblems(event: { readonly [field: string]: unknown; readonly type: string }, currency: string): readonly Problem[] {
  const problems: Problem[] = [];
  const fields = event.type === "reduced" ? ["to"] : ["amount", "rate"];
  for (const field of fields) {
    const value = event[field];
    if (typeof value !== "string") continue;
    const minor = parseAmount(value, currency);
    if (minor === 0n && PAYMENTS.has(event.type)) problems.push({ path: [field], code: "payment-zero", args: {} });
    if (isRefusal(minor)) problems.push({ path: [field], code: minor.refused, args: minor.args });
  }
  return problems;
}
