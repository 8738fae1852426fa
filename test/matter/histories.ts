import type { Matter } from "../../src/matter/history.ts";
import { addDays, day } from "../../src/time/day.ts";
import { and, given, ORDER, refusalOf } from "../support/given.ts";
import { fc } from "../support/seeded.ts";

const START = day("2024-01-05");
const because = "as it was found";

export const on = fc.integer({ min: 0, max: 150 }).map((days) => addDays(START, days));
const amount = fc.integer({ min: 0, max: 9_000 }).map(String);
const target = fc.constantFrom("e1", "e2", "e3", "e4");

/** Events of one order and one fine, whether or not they make sense. */
const event: fc.Arbitrary<object> = fc.oneof(
  fc.record({ on, type: fc.constantFrom("stayed", "resumed", "rejected", "accepted", "closed", "partly-complied", "appealed") }),
  fc.record({ on, type: fc.constantFrom("complied", "remitted", "settled", "withdrawn", "lapsed"), counted: fc.boolean() }),
  fc.record({ on, type: fc.constant("accepted"), from: on }),
  fc.record({ on, type: fc.constant("resumed"), with: fc.constantFrom("remainder", "P1M", "P10D") }),
  fc.record({ on, type: fc.constant("appealed"), suspends: fc.constantFrom("yes", "no", "by-order") }),
  fc.record({ on, type: fc.constant("extended"), until: on }),
  fc.record({ on, type: fc.constant("extended"), by: fc.constantFrom("P1M", "P5B") }),
  fc.record({ on, type: fc.constant("rate-changed"), rate: amount }),
  fc.record({ on, type: fc.constantFrom("liquidated", "intended"), from: on, to: on, amount }),
  fc.record({ on, type: fc.constantFrom("paid", "refunded", "invoiced"), amount, for: fc.constantFrom("a", "fine") }),
  fc.record({ on, type: fc.constant("reduced"), for: fc.constantFrom("a", "fine", "e1", "e2"), to: amount }),
  fc.record({ on, type: fc.constant("annulled"), item: fc.constant("a") }),
  fc.record({ on, type: fc.constant("annulled"), liquidation: target }),
  fc.record({
    on,
    type: fc.constant("overridden"),
    what: fc.constantFrom("expiry", "firstPenaltyDay"),
    value: on,
    because: fc.constant(because),
  }),
  fc.record({
    on,
    type: fc.constant("overridden"),
    what: fc.constant("units"),
    value: fc.integer({ min: 1, max: 90 }),
    because: fc.constant(because),
  }),
  fc.record({ on, type: fc.constant("corrected"), event: target, void: fc.constant(true), because: fc.constant(because) }),
  fc.record({ on, type: fc.constant("corrected"), event: target, set: fc.record({ on }), because: fc.constant(because) }),
);

export const facts = fc.constantFrom<object>(
  { fines: [{ id: "fine", amount: "5000" }] },
  { notified: { between: ["2024-01-05", "2024-01-15"] } },
  { notified: undefined },
  { knownThrough: "2024-04-10" },
  { items: [{ ...ORDER.items[0], penalty: { rate: "100", per: "week", cap: { amount: "900" } } }] },
  { items: [{ ...ORDER.items[0], penalty: undefined }] },
  { items: [{ ...ORDER.items[0], penalty: { rate: "100", per: "day", counting: "exclusive-last", cap: { until: "2024-04-20" } } }] },
);

/** A history in which every event made sense when it was recorded, a day after the one before. */
export const historyOf = (terms: fc.Arbitrary<object>) =>
  fc.tuple(terms, fc.array(event, { maxLength: 7 })).map(([chosen, events]) =>
    events.reduce<Matter>((matter, one) => {
      const recordedAt = `2025-01-0${matter.events.length + 1}T12:00:00.000Z`;
      return refusalOf(matter, one) === null ? and(matter, { ...one, recordedAt }) : matter;
    }, given(chosen)),
  );

export const history = historyOf(facts);
