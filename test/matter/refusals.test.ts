import { describe, expect, test } from "vitest";
import { type and, given, ORDER, orderWith, refusalOf } from "../support/given.ts";

type Events = readonly Parameters<typeof and>[1][];
const stayed = { on: "2024-03-11", type: "stayed", id: "stay" };
const resumed = { on: "2024-03-21", type: "resumed" };
const claim = { on: "2024-03-15", type: "complied", id: "claim" };
const window = { on: "2024-04-10", type: "liquidated", from: "2024-03-06", to: "2024-03-20", amount: "1500", ref: "SAN-2024-077" };
const because = "typed wrongly";
const TWO = { ...ORDER, items: [ORDER.items[0], { ...ORDER.items[0], id: "b" }], fines: [{ id: "fine", amount: "5000" }] };

/** What was recorded, the event that makes no sense after it, and the refusal. */
const CASES: readonly (readonly [string, object, Events, object, string, object?])[] = [
  ["resumed without a stay", {}, [], resumed, "no-stay"],
  ["resumed twice", {}, [stayed, resumed], { ...resumed, on: "2024-03-25" }, "no-stay"],
  ["a stay within a stay", {}, [stayed], { ...stayed, id: "other", on: "2024-03-12" }, "stay-inside-stay", { from: "2024-03-11" }],
  ["a suspending appeal within a stay", {}, [stayed], { on: "2024-03-12", type: "appealed", suspends: "yes" }, "stay-inside-stay"],
  ["a rejection without a claim", {}, [], { on: "2024-03-18", type: "rejected" }, "no-claim"],
  ["a rejection before the claim", {}, [claim], { on: "2024-03-14", type: "rejected" }, "no-claim"],
  ["an acceptance of nothing", {}, [], { on: "2024-03-18", type: "accepted" }, "no-claim-accepted"],
  ["a claim while one stands", {}, [claim], { on: "2024-03-18", type: "complied" }, "claim-stands", { on: "2024-03-15" }],
  ["a window that overlaps another by a day", {}, [window], { ...window, from: "2024-03-20", to: "2024-03-25" }, "windows-overlap"],
  ["a window that holds another", {}, [window], { ...window, to: "2024-03-25" }, "windows-overlap", { otherTo: "2024-03-20" }],
  ["a window backwards", {}, [], { ...window, from: "2024-03-20", to: "2024-03-10" }, "window-backwards"],
  ["a window that begins on the expiry", {}, [], { ...window, from: "2024-03-05" }, "window-before-expiry", { expiry: "2024-03-05" }],
  ["an announced window backwards", {}, [], { ...window, type: "intended", from: "2024-03-20", to: "2024-03-10" }, "window-backwards"],
  ["an item that is not there", {}, [], { ...claim, item: "c" }, "item-unknown", { item: "c", items: ["a"] }],
  ["no item where there are several", TWO, [], claim, "item-needed", { items: ["a", "b"] }],
  ["a claim in a matter without items", { ...ORDER, items: undefined }, [], claim, "no-items"],
  [
    "an extension to the expiry",
    {},
    [],
    { on: "2024-02-20", type: "extended", until: "2024-03-05" },
    "extension-not-later",
    { expiry: "2024-03-05" },
  ],
  ["an extension until and by", {}, [], { on: "2024-02-20", type: "extended", until: "2024-04-05", by: "P1M" }, "extended-until-or-by"],
  ["an extension of nothing", {}, [], { on: "2024-02-20", type: "extended" }, "extended-until-or-by"],
  [
    "an extension by a period of a clock that has not started",
    { notified: undefined },
    [],
    { on: "2024-02-20", type: "extended", by: "P1M" },
    "no-expiry-yet",
  ],
  ["a day in the future", {}, [], { ...claim, on: "2026-01-16" }, "day-in-future", { today: "2026-01-15" }],
  ["more decimals than the currency has", {}, [], { ...window, amount: "1500.005" }, "amount-decimals", { digits: 2 }],
  ["cents in yen", { currency: "JPY" }, [], { ...window, amount: "1500.5" }, "amount-decimals", { digits: 0 }],
  [
    "a payment of something that is not there",
    {},
    [],
    { on: "2024-05-01", type: "paid", amount: "1", for: "c" },
    "target-unknown",
    { ids: ["a"] },
  ],
  [
    "a payment that could be of several",
    TWO,
    [],
    { on: "2024-05-01", type: "paid", amount: "1" },
    "for-needed",
    { ids: ["a", "b", "fine"] },
  ],
  [
    "a reduction of something that is not there",
    {},
    [window],
    { on: "2024-05-01", type: "reduced", for: "SAN-1", to: "1" },
    "target-unknown",
    { ids: ["a", "SAN-2024-077"] },
  ],
  ["an annulment of nothing", {}, [], { on: "2024-05-01", type: "annulled" }, "annulled-one"],
  ["an annulment of two things", TWO, [], { on: "2024-05-01", type: "annulled", item: "a", fine: "fine" }, "annulled-one"],
  ["an annulment of a fine that is not there", TWO, [], { on: "2024-05-01", type: "annulled", fine: "fin" }, "target-unknown"],
  [
    "a correction of an event that is not there",
    {},
    [],
    { on: "2024-05-01", type: "corrected", event: "e9", void: true, because },
    "event-unknown",
  ],
  [
    "a correction without a reason",
    {},
    [claim],
    { on: "2024-05-01", type: "corrected", event: "claim", void: true },
    "correction-needs-reason",
  ],
  [
    "a correction that sets and voids",
    {},
    [claim],
    { on: "2024-05-01", type: "corrected", event: "claim", void: true, set: {}, because },
    "corrected-set-or-void",
  ],
  [
    "a correction that does neither",
    {},
    [claim],
    { on: "2024-05-01", type: "corrected", event: "claim", because },
    "corrected-set-or-void",
  ],
  [
    "a correction of the type",
    {},
    [claim],
    { on: "2024-05-01", type: "corrected", event: "claim", set: { type: "note" }, because },
    "correction-of-type",
  ],
  [
    "a correction to a day that is none",
    {},
    [claim],
    { on: "2024-05-01", type: "corrected", event: "claim", set: { on: "2023-02-30" }, because },
    "correction-invalid",
    { field: "on" },
  ],
  [
    "a correction of a field that is none",
    {},
    [claim],
    { on: "2024-05-01", type: "corrected", event: "claim", set: { cuonted: true }, because },
    "correction-invalid",
  ],
  [
    "a voided stay that another event ends",
    {},
    [stayed, resumed],
    { on: "2024-05-01", type: "corrected", event: "stay", void: true, because },
    "no-stay",
  ],
  [
    "an overriding without a reason",
    {},
    [],
    { on: "2024-02-01", type: "overridden", what: "expiry", value: "2024-04-01" },
    "override-needs-reason",
  ],
  [
    "an expiry overridden by a number",
    {},
    [],
    { on: "2024-02-01", type: "overridden", what: "expiry", value: 5, because },
    "override-needs-day",
  ],
  [
    "an expiry overridden to a day before the decision",
    {},
    [],
    { on: "2024-02-01", type: "overridden", what: "expiry", value: "2024-01-01", because },
    "override-before-decided",
    { day: "2024-01-01", decided: "2024-01-02" },
  ],
  [
    "a first day of delay overridden to one before the decision",
    {},
    [],
    { on: "2024-02-01", type: "overridden", what: "firstPenaltyDay", value: "2019-01-01", because },
    "override-before-decided",
  ],
  [
    "units overridden by a day",
    {},
    [],
    { on: "2024-02-01", type: "overridden", what: "units", value: "2024-04-01", because },
    "override-needs-count",
  ],
  [
    "a notification that contradicts the known one",
    {},
    [],
    { on: "2024-01-08", type: "notified" },
    "notified-otherwise",
    { known: "2024-01-05" },
  ],
  [
    "a notification outside of its window",
    { notified: { between: ["2024-01-05", "2024-01-10"] } },
    [],
    { on: "2024-01-11", type: "notified" },
    "notified-otherwise",
  ],
  ["an id that another event has", {}, [claim], { on: "2024-03-18", type: "note", text: "again", id: "claim" }, "id-twice"],
];

describe("what makes no sense is refused, in words that say why", () => {
  test.each(CASES.map(([name, ...rest]) => [name, rest] as const))("%s", (_name, [facts, events, event, refused, args = {}]) => {
    expect(refusalOf(given(facts, ...events), event)).toEqual({ refused, args: expect.objectContaining(args) });
  });
});

/** What was recorded, and an event that goes well after it. */
const SOUND: readonly (readonly [string, object, Events, object])[] = [
  ["a window next to another", {}, [window], { ...window, ref: "SAN-2024-078", from: "2024-03-21", to: "2024-03-25" }],
  [
    "a window where an annulled one was",
    {},
    [window, { on: "2024-05-01", type: "annulled", liquidation: "SAN-2024-077" }],
    { ...window, on: "2024-06-01", ref: "SAN-2024-090" },
  ],
  ["a claim after a rejected one", {}, [claim, { on: "2024-03-18", type: "rejected" }], { on: "2024-03-18", type: "complied" }],
  ["an extension after the expiry", {}, [], { on: "2024-03-20", type: "extended", until: "2024-03-06" }],
  [
    "an extension of a day set by hand",
    orderWith({ cure: { until: "2024-02-18", because } }),
    [],
    { on: "2024-02-01", type: "extended", by: "P1M" },
  ],
  ["the notification that is known", {}, [], { on: "2024-01-05", type: "notified" }],
  ["a closure of a matter with several items", TWO, [], { on: "2024-06-01", type: "closed" }],
  ["an event of today", {}, [], { ...claim, on: "2026-01-15" }],
];

describe("what makes sense is not", () => {
  test.each(SOUND)("%s", (_name, facts, events, event) => {
    expect(refusalOf(given(facts, ...events), event)).toBeNull();
  });
});
