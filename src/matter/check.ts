import { type Authority, authorityOf } from "../law/catalogue.ts";
import { type Arg, isRefusal } from "../law/finding.ts";
import { parseAmount, parseDecimal } from "../law/money.ts";
import { RULES, ruleOf } from "../law/rules/index.ts";
import { parseUnit } from "../law/unit.ts";
import type { Day } from "../time/day.ts";
import { dayOf, type FiledMatter, notificationOf, type PenaltyFacts } from "./facts.ts";

/** Something wrong at one place of a file or form, or of a command. */
export interface Problem {
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly args: Readonly<Record<string, Arg>>;
}

type Report = (path: readonly (string | number)[], code: string, args?: Readonly<Record<string, Arg>>) => void;

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
  checkItems(matter, authority, report);
  const currency = matter.currency ?? authority.currency;
  for (const [index, fine] of (matter.fines ?? []).entries()) checkAmount(fine.amount, currency, ["fines", index, "amount"], report);
  checkIds(
    [
      ...(matter.items ?? []).map(({ id }, index) => [id, ["items", index, "id"]] as const),
      ...(matter.fines ?? []).map(({ id }, index) => [id, ["fines", index, "id"]] as const),
    ],
    report,
  );
  if (matter.kind === "notice" && (matter.fines?.length ?? 0) > 0) report(["fines"], "notice-has-no-money");
  if (matter.jointCap !== undefined) report(["jointCap"], "joint-cap-not-counted");
  checkEvents(matter, currency, today, report);
  return problems;
}

function checkDays(matter: FiledMatter, today: Day, report: Report): void {
  const decided = dayOf(matter.decided);
  for (const field of ["decided", "published", "knownThrough"] as const) {
    const day = dayOf(matter[field]);
    if (day !== null && day > today) report([field], "day-in-future", { day, today });
  }
  const notification = notificationOf(matter as Parameters<typeof notificationOf>[0]);
  if (notification === null) return;
  if (notification.from > today) report(["notified"], "day-in-future", { day: notification.from, today });
  if (decided !== null && notification.to < decided) report(["notified"], "notified-before-decided", { day: notification.to, decided });
}

function checkItems(matter: FiledMatter, authority: Authority, report: Report): void {
  const currency = matter.currency ?? authority.currency;
  const decided = dayOf(matter.decided);
  for (const [index, item] of (matter.items ?? []).entries()) {
    const at = ["items", index];
    const { cure, penalty } = item;
    if (cure !== undefined && "rule" in cure && cure.rule !== undefined) checkRule(cure.rule, [...at, "cure", "rule"], report);
    if (cure !== undefined && "until" in cure && decided !== null && cure.until < decided) {
      report([...at, "cure", "until"], "until-before-decided", { day: cure.until, decided });
    }
    for (const [number, clock] of (item.clocks ?? []).entries()) {
      if (clock.rule !== undefined) checkRule(clock.rule, [...at, "clocks", number, "rule"], report);
    }
    if (penalty === undefined) continue;
    if (matter.kind === "notice") report([...at, "penalty"], "notice-has-no-money");
    checkPenalty(penalty, currency, decided, [...at, "penalty"], report);
  }
}

function checkRule(id: string, path: readonly (string | number)[], report: Report): void {
  if (ruleOf(id) === null) report(path, "rule-unknown", { got: id, rules: RULES.map((rule) => rule.id) });
}

function checkPenalty(
  penalty: PenaltyFacts,
  currency: string,
  decided: Day | null,
  at: readonly (string | number)[],
  report: Report,
): void {
  const { rate, per, turnover, units, counting, cap, steps } = penalty;
  if (per === "turnover-day") {
    if (rate !== undefined) report([...at, "rate"], "rate-and-turnover");
    if (turnover === undefined) report([...at, "turnover"], "turnover-needed");
    else {
      checkAmount(turnover.annual, currency, [...at, "turnover", "annual"], report);
      const percent = parseDecimal(turnover.percent);
      if (percent !== null && percent.over > 100n * percent.under)
        report([...at, "turnover", "percent"], "percent-over-100", { got: turnover.percent });
    }
  } else if (rate === undefined) report([...at, "rate"], "rate-needed");
  else checkAmount(rate, currency, [...at, "rate"], report);
  if (per === "unit-day" && units === undefined) report([...at, "units"], "units-needed");
  if (per !== "unit-day" && units !== undefined) report([...at, "units"], "units-only-unit-day");
  const period = parseUnit(per)?.kind === "period";
  if (counting !== undefined && counting !== "inclusive" && period !== (counting === "completed" || counting === "started")) {
    report([...at, "counting"], period ? "counting-for-periods" : "counting-for-days", { got: counting });
  }
  if (per === "violation" && counting !== undefined && counting !== "inclusive")
    report([...at, "counting"], "counting-for-days", { got: counting });
  for (const key of ["amount", "perYear"] as const)
    if (cap?.[key] !== undefined) checkAmount(cap[key], currency, [...at, "cap", key], report);
  for (const key of ["amount", "gain"] as const)
    if (cap?.higherOf !== undefined) checkAmount(cap.higherOf[key], currency, [...at, "cap", "higherOf", key], report);
  for (const [index, step] of (steps ?? []).entries()) {
    checkAmount(step.rate, currency, [...at, "steps", index, "rate"], report);
    if (decided !== null && step.from < decided) report([...at, "steps", index, "from"], "step-before-order", { day: step.from, decided });
    if (index > 0 && step.from <= steps![index - 1]!.from)
      report([...at, "steps", index, "from"], "steps-out-of-order", { day: step.from });
  }
}

function checkAmount(text: string, currency: string, path: readonly (string | number)[], report: Report): void {
  if (text === "unknown") return;
  const minor = parseAmount(text, currency);
  if (isRefusal(minor)) report(path, minor.refused, minor.args);
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

/** The sums of an event that its currency cannot hold. */
export function amountProblems(event: { readonly [field: string]: unknown; readonly type: string }, currency: string): readonly Problem[] {
  const problems: Problem[] = [];
  const fields = event.type === "reduced" ? ["to"] : ["amount", "rate"];
  for (const field of fields) {
    const value = event[field];
    if (typeof value !== "string") continue;
    const minor = parseAmount(value, currency);
    if (isRefusal(minor)) problems.push({ path: [field], code: minor.refused, args: minor.args });
  }
  return problems;
}
