import { findingText } from "../cards/findings.ts";
import type { Arg, Finding, Step } from "../law/finding.ts";
import { type Money, writeAmount, writeMoney } from "../law/money.ts";
import type { RecordedEvent } from "../matter/events.ts";
import type { FineStanding, ItemStanding, Standing } from "../matter/standing-types.ts";
import type { Language } from "../time/wording.ts";

/** What `--json` prints of a matter (docs/contract.md). Money is text, never a number. */
export function standingJson(standing: Standing, language: Language, names: ReadonlyMap<string, string> = new Map()) {
  const { facts, on, through, state, totals, next } = standing;
  return {
    ref: facts.ref,
    authority: facts.authority,
    ...(facts.addressee === undefined ? {} : { addressee: facts.addressee }),
    respondent: facts.respondent,
    kind: facts.kind,
    on,
    through,
    state,
    items: standing.items.map((item) => itemJson(item, language)),
    fines: standing.fines.map(fineJson),
    totals: [
      {
        currency: totals.currency,
        theoretical: amount(totals.theoretical),
        fixed: amount(totals.fixed),
        paid: amount(totals.paid),
        fines: amount(totals.fines),
      },
    ],
    next,
    clocks: standing.related.map(({ id, item, kind, day, time, done, notes }) => ({
      id,
      item,
      kind,
      day,
      ...(time === null ? {} : { time }),
      done,
      ...(notes.length === 0 ? {} : { notes: notes.map((one) => findingJson(one, language)) }),
    })),
    assignedTo: standing.assignedTo,
    ownedBy: standing.ownedBy,
    since: standing.since.map((recorded) => eventJson(recorded, names)),
    warnings: standing.warnings.map((warning) => findingJson(warning, language)),
  };
}

function itemJson(item: ItemStanding, language: Language) {
  return {
    id: item.id,
    ...(item.order === null ? {} : { order: item.order }),
    state: item.state,
    expiry: item.expiry,
    ...(item.expiryTime === null ? {} : { expiryTime: item.expiryTime }),
    ...(item.state === "draft" ? { earliestExpiry: item.earliestExpiry, missing: item.missing } : {}),
    firstPenaltyDay: item.firstPenaltyDay,
    units: item.units,
    theoretical: moneyJson(item.theoretical),
    ...(item.unitsMax === null ? {} : { unitsMax: item.unitsMax, theoreticalMax: moneyJson(item.theoreticalMax) }),
    fixed: moneyJson(item.fixed),
    paid: moneyJson(item.paid),
    open: moneyJson(item.open),
    ...(item.openMax === null ? {} : { openMax: moneyJson(item.openMax) }),
    refundDue: moneyJson(item.refundDue),
    invoiced: moneyJson(item.invoiced),
    writtenOff: moneyJson(item.writtenOff),
    regime: item.regime,
    conditional: item.conditional,
    ifRefused: item.ifRefused === null ? null : { units: item.ifRefused.units, theoretical: moneyJson(item.ifRefused.theoretical) },
    capReached: item.capReached,
    assumptions: item.assumptions.map((assumption) => findingJson(assumption, language)),
    warnings: item.warnings.map((warning) => findingJson(warning, language)),
  };
}

function fineJson({ id, amount: sum, paid, writtenOff, refundDue, due }: FineStanding) {
  return {
    id,
    amount: moneyJson(sum),
    paid: moneyJson(paid),
    writtenOff: moneyJson(writtenOff),
    refundDue: moneyJson(refundDue),
    ...(due === null ? {} : { due }),
  };
}

export function moneyJson(sum: Money | null) {
  return sum === null ? null : writeMoney(sum);
}

function amount(sum: Money | null): string | null {
  return sum === null ? null : writeAmount(sum);
}

export function findingJson(finding: Finding, language: Language) {
  const args = Object.fromEntries(Object.entries(finding.args).map(([name, value]) => [name, argJson(value)]));
  return { ...args, code: finding.code, text: findingText(language, finding) };
}

function argJson(value: Arg) {
  return typeof value === "object" && "minor" in value ? writeMoney(value) : value;
}

export function stepJson(step: Step, language: Language) {
  return {
    ...(step.day === undefined ? {} : { day: step.day }),
    what: findingText(language, step),
    ...(step.source === undefined ? {} : { source: step.source }),
  };
}

/** An event as a file would hold it, with its id, when it was recorded and by whom. */
export function eventJson(recorded: RecordedEvent, names: ReadonlyMap<string, string> = new Map()) {
  const { id, event, recordedAt } = recorded;
  const by = names.get(recorded.by) ?? recorded.by;
  const { id: _id, on, type, ...fields } = event;
  return { id, on, recordedAt, by, byId: recorded.by, type, ...fields };
}
