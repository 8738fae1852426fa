import { authorityOf } from "../../src/law/catalogue.ts";
import type { Finding, Refusal } from "../../src/law/finding.ts";
import { type Money, writeAmount } from "../../src/law/money.ts";
import { checkMatter } from "../../src/matter/check.ts";
import { decideEvent } from "../../src/matter/decide.ts";
import { EVENTS, type MatterEvent, type RecordedEvent } from "../../src/matter/events.ts";
import { matterSchema } from "../../src/matter/facts.ts";
import type { Matter } from "../../src/matter/history.ts";
import { matterKey } from "../../src/matter/key.ts";
import { factsOf } from "../../src/matter/merge.ts";
import { standingOn } from "../../src/matter/standing.ts";
import type { ItemStanding, Standing } from "../../src/matter/standing-types.ts";
import { day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";

/** The day on which the scenarios are told: nothing in them is later. */
export const TODAY = day("2026-01-15");

/** A decision with one order: notified on Friday 5 January 2024, two months, then EUR 100 a day from 6 March. */
export const ORDER = {
  ref: "SAN-2024-001",
  authority: "CNIL",
  respondent: "Exemple SA",
  kind: "sanction",
  decided: "2024-01-02",
  notified: "2024-01-05",
  items: [{ id: "a", cure: { period: "P2M", from: "notified", rule: "cure" }, penalty: { rate: "100", per: "day" } }],
} as const;

/** The same with other terms of its one item. */
export function orderWith(item: object, facts: object = {}): object {
  return { ...ORDER, items: [{ ...ORDER.items[0], ...item }], ...facts };
}

/** A matter of those facts and events, recorded in the order in which they stand, each on its own day at noon. */
export function given(facts: object, ...events: readonly object[]): Matter {
  const filed = matterSchema.parse({ ...ORDER, ...facts });
  const problems = checkMatter(filed, TODAY);
  if (problems.length > 0) throw new Error(problems.map(({ path, code }) => `${path.join(".")}: ${code}`).join("\n"));
  const checked = factsOf(filed, authorityOf(filed.authority)!);
  const registeredAt = "2024-01-02T12:00:00.000Z" as Instant;
  const matter: Matter = {
    key: matterKey(checked.authority, checked.ref, checked.addressee),
    facts: checked,
    filled: [{ recordedAt: registeredAt, facts: checked }],
    events: [],
    version: 1,
    registeredAt,
    registration: "c0",
  };
  return events.reduce(and, matter);
}

/** The matter with one event more; an event that the register refuses throws. `recordedAt` may be told apart from its day. */
export function and(matter: Matter, event: object): Matter {
  const { recordedAt, ...fields } = event as { recordedAt?: string; type: keyof typeof EVENTS };
  const parsed = EVENTS[fields.type].parse(fields) as MatterEvent;
  const refusal = decideEvent(matter, parsed, TODAY);
  if (refusal !== null) throw new Error(`${parsed.type} on ${parsed.on} was refused: ${refusal.refused}`);
  const order = matter.events.length + 1;
  const recorded: RecordedEvent = {
    id: parsed.id ?? `e${order}`,
    event: parsed,
    order,
    recordedAt: recordedAt ?? `${parsed.on}T12:00:00.000Z`,
    by: "p1",
    via: "command",
    initial: false,
  };
  return { ...matter, events: [...matter.events, recorded], version: matter.version + 1 };
}

/** Why an event is refused; null where it may be recorded. */
export function refusalOf(matter: Matter, event: object): Refusal | null {
  return decideEvent(matter, EVENTS[(event as MatterEvent).type].parse(event) as MatterEvent, TODAY);
}

export function on(matter: Matter, text: string): Standing {
  return standingOn(matter, day(text));
}

/** The one item, or the named one, in the words of `show --json`. */
export function itemOn(matter: Matter, text: string, id?: string) {
  const { items } = on(matter, text);
  return written(id === undefined ? items[0]! : items.find((item) => item.id === id)!);
}

export function written(item: ItemStanding) {
  const { state, expiry, firstPenaltyDay, units, capReached, conditional } = item;
  return {
    state,
    expiry,
    firstPenaltyDay,
    units,
    theoretical: sum(item.theoretical),
    fixed: sum(item.fixed),
    paid: sum(item.paid),
    open: sum(item.open),
    refundDue: sum(item.refundDue),
    capReached,
    conditional,
    ifRefused: item.ifRefused === null ? null : { units: item.ifRefused.units, theoretical: sum(item.ifRefused.theoretical) },
    assumptions: item.assumptions.map(codeOf),
    warnings: item.warnings.map(codeOf),
  };
}

export function sum(money: Money | null): string | null {
  return money === null ? null : writeAmount(money);
}

function codeOf({ code }: Finding): string {
  return code;
}
