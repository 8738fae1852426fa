import { describe, expect, test } from "vitest";
import { given, ORDER, on, orderWith } from "../support/given.ts";

const clock = (kind: string, more: object = {}) => ({ id: kind, kind, from: "notified", period: "P3M", ...more });
const withClock = (kind: string, more: object = {}) => orderWith({ clocks: [clock(kind, more)] });

function waiting(facts: object, text: string, ...events: readonly object[]) {
  return on(given(facts, ...events), text).related.map(({ id, day, done }) => [id, day, done]);
}

const claim = { on: "2024-03-15", type: "complied" };
const fixed = { on: "2024-04-10", type: "liquidated", from: "2024-03-06", to: "2024-03-20", amount: "1500", ref: "L1" };

describe("a clock beside the cure period ends with what it waits for", () => {
  test.each([
    ["evidence", [claim]],
    ["evidence", [{ on: "2024-03-15", type: "accepted", from: "2024-03-01" }]],
    ["observations", [fixed]],
    ["observations", [{ on: "2024-03-15", type: "withdrawn" }]],
    ["appeal", [{ on: "2024-03-01", type: "appealed", suspends: "no" }]],
    ["objection", [{ on: "2024-03-01", type: "appealed", suspends: "no" }]],
    ["payment", [fixed, { on: "2024-04-12", type: "paid", amount: "1500" }]],
    [
      "payment",
      [fixed, { on: "2024-04-12", type: "paid", amount: "1000" }, { on: "2024-04-13", type: "paid", amount: "500", how: "write-off" }],
    ],
    ["payment", [{ on: "2024-04-12", type: "annulled", item: "a" }]],
    ["time-bar", [fixed, { on: "2024-04-12", type: "paid", amount: "1500", how: "offset" }]],
    ["discount", [{ on: "2024-04-12", type: "paid", amount: "1200" }]],
    ["notice", [{ on: "2024-04-12", type: "closed" }]],
  ])("%s", (kind, events) => {
    const last = events.at(-1)!.on;
    expect(waiting(withClock(kind), "2024-02-01", ...events)).toEqual([[kind, "2024-04-05", false]]);
    expect(waiting(withClock(kind), last, ...events)).toEqual([[kind, "2024-04-05", true]]);
    expect(on(given(withClock(kind), ...events), "2024-02-01").ahead.map(({ what }) => what)).toContain(kind);
    expect(on(given(withClock(kind), ...events), last).ahead.map(({ what }) => what)).not.toContain(kind);
  });

  test.each([
    ["evidence after the claim was rejected", "evidence", [claim, { on: "2024-03-20", type: "rejected" }]],
    ["payment of a part", "payment", [fixed, { on: "2024-04-12", type: "paid", amount: "1499.99" }]],
    ["payment under an order that was closed meanwhile", "payment", [fixed, { on: "2024-04-12", type: "closed" }]],
    ["appeal after evidence was sent", "appeal", [claim]],
  ])("and not before: %s", (_name, kind, events) => {
    expect(waiting(withClock(kind), events.at(-1)!.on, ...events)).toEqual([[kind, "2024-04-05", false]]);
  });

  test("a debt that arises as it runs is paid when what has run is paid", () => {
    const forfeited = { ...withClock("payment"), authority: "AP", currency: "EUR" };
    const paid = (amount: string) => [
      { ...claim, on: "2024-03-10" },
      { on: "2024-04-12", type: "paid", amount },
    ];
    expect(waiting(forfeited, "2024-04-12", ...paid("499"))[0]).toEqual(["payment", "2024-04-05", false]);
    expect(waiting(forfeited, "2024-04-12", ...paid("500"))[0]).toEqual(["payment", "2024-04-05", true]);
  });
});

describe("where a clock starts", () => {
  test("from the end of the time to comply as it stands", () => {
    const facts = withClock("payment", { from: "expiry", period: "P6W" });
    expect(waiting(facts, "2024-02-01")).toEqual([["payment", "2024-04-16", false]]);
    const extended = { on: "2024-02-20", type: "extended", until: "2024-03-31" };
    expect(waiting(facts, "2024-02-20", extended)).toEqual([["payment", "2024-05-12", false]]);
  });

  test("from an event, once it has happened", () => {
    const facts = withClock("payment", { from: { event: "sum" }, period: "P1M" });
    expect(waiting(facts, "2024-04-09", { ...fixed, id: "sum" })).toEqual([]);
    expect(waiting(facts, "2024-04-10", { ...fixed, id: "sum" })).toEqual([["payment", "2024-05-10", false]]);
  });

  test("in hours from the hour of the notification", () => {
    const facts = { ...withClock("evidence", { period: "PT72H" }), notified: "2024-01-05T14:05" };
    expect(on(given(facts), "2024-01-06").related).toMatchObject([{ day: "2024-01-08", time: "14:05" }]);
  });

  test("observations run from each announcement and are answered by the sum that follows", () => {
    const announced = { ...fixed, type: "intended", on: "2024-03-25", id: "first", ref: undefined };
    expect(waiting(ORDER, "2024-03-25", announced)).toEqual([["observations-first", "2024-04-09", false]]);
    expect(waiting(ORDER, "2024-04-10", announced, fixed)).toEqual([["observations-first", "2024-04-09", true]]);
    const again = { on: "2024-05-01", type: "intended", id: "second", from: "2024-03-21", to: "2024-04-20", amount: "3000" };
    expect(waiting(ORDER, "2024-05-01", announced, fixed, again)).toEqual([
      ["observations-first", "2024-04-09", true],
      ["observations-second", "2024-05-16", false],
    ]);
  });
});

describe("what is paid otherwise than with money", () => {
  const due = { ...ORDER, items: undefined, fines: [{ id: "fine", amount: "5000", due: "2024-06-01" }] };
  const paid = (amount: string, how?: string) => ({ on: "2024-05-01", type: "paid", amount, ...(how === undefined ? {} : { how }) });

  test("what was set off is paid", () => {
    expect(on(given(due, paid("5000", "offset")), "2024-05-02")).toMatchObject({ state: "closed", ahead: [] });
  });

  test("what was written off is not paid, and nobody waits for it", () => {
    const standing = on(given(due, paid("2000"), paid("3000", "write-off")), "2024-05-02");
    expect(standing).toMatchObject({ state: "closed", ahead: [], fines: [{ paid: { minor: 200_000n }, writtenOff: { minor: 300_000n } }] });
  });

  test("a part leaves the day of payment ahead", () => {
    expect(on(given(due, paid("4999", "write-off")), "2024-05-02").ahead).toMatchObject([{ day: "2024-06-01", what: "payment" }]);
  });
});
