import { expect, test } from "vitest";
import { decideEvent } from "../../src/matter/decide.ts";
import { compareWith } from "../../src/matter/difference.ts";
import { eases } from "../../src/matter/easing.ts";
import { EVENT_TYPES, EVENTS, type EventType, type MatterEvent } from "../../src/matter/events.ts";
import { addsUp } from "../../src/matter/same.ts";
import { and, given, TODAY } from "../support/given.ts";

const ON = "2025-06-02";
const REF = "SAN-2025-009";
const WINDOW = { from: "2024-03-06", to: "2024-03-10" };
const CLAIMED = { type: "complied", on: "2025-05-01" };
const LIQUIDATED = { type: "liquidated", on: "2025-05-01", ...WINDOW, amount: "500", ref: REF };
const STAYED = { type: "stayed", on: "2025-05-01" };

/** One event of each kind, and what has to come before it. */
const EACH: Readonly<Record<EventType, readonly [object, ...object[]]>> = {
  notified: [{}],
  extended: [{ by: "P1M" }],
  stayed: [{}],
  resumed: [{}, STAYED],
  "rate-changed": [{ rate: "300" }],
  violation: [{ count: 2 }],
  complied: [{}],
  rejected: [{}, CLAIMED],
  accepted: [{}, CLAIMED],
  "partly-complied": [{ rate: "75" }],
  intended: [{ ...WINDOW, amount: "500" }],
  liquidated: [{ ...WINDOW, amount: "500" }],
  invoiced: [{ amount: "100", for: "a" }, LIQUIDATED],
  paid: [{ amount: "100", for: "a" }, LIQUIDATED],
  refunded: [{ amount: "100", for: "a" }, LIQUIDATED, { type: "paid", on: "2025-05-02", amount: "500", for: "a" }],
  reduced: [{ for: REF, to: "400" }, LIQUIDATED],
  appealed: [{ suspends: "no" }],
  annulled: [{ liquidation: REF }, LIQUIDATED],
  remitted: [{}],
  settled: [{}],
  withdrawn: [{}],
  lapsed: [{}],
  closed: [{}],
  referred: [{ to: "SAN-2025-010" }],
  overridden: [{ what: "expiry", value: "2024-04-05", because: "agreed" }],
  assigned: [{ to: "@ana" }],
  note: [{ text: "rang them" }],
  visibility: [{ to: "public" }],
  corrected: [{ event: "registered", set: { title: "Another" }, because: "typed" }],
};

/** The order of the other tests, by violation where they are counted; notified by an event where that is what is asked about. */
function matterFor(type: EventType, before: readonly object[]) {
  const penalty = { rate: "100", per: type === "violation" ? "violation" : "day" };
  const items = [{ id: "a", cure: { period: "P2M", from: "notified", rule: "cure" }, penalty }];
  return given({ items, ...(type === "notified" ? { notified: undefined } : {}) }, ...before);
}

test.each(EVENT_TYPES)("%s recorded twice counts twice only where it is known to", (type) => {
  const [fields, ...before] = EACH[type];
  const event = EVENTS[type].parse({ type, on: ON, ...fields }) as MatterEvent;
  const once = and(matterFor(type, before), event);
  const isRefused = decideEvent(once, event, TODAY) !== null;
  const isAsked = !isRefused && eases(once, event, TODAY);
  const counts = !isRefused && !isAsked && compareWith(once, event, TODAY).differences.length > 0;
  expect(addsUp(type)).toBe(counts);
});
