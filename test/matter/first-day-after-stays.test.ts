import { describe, expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { matterCard } from "../../src/cards/matter-card.ts";
import { standingOn } from "../../src/matter/standing.ts";
import { explainItem } from "../../src/matter/why.ts";
import { day } from "../../src/time/day.ts";
import { given, orderWith } from "../support/given.ts";

/** A time to comply that ends on Tuesday 30 January 2024, and then EUR 100 a day. */
const ORDER = orderWith({ cure: { until: "2024-01-30", because: "set" }, penalty: { rate: "100", per: "day" } });
const stayed = (on: string) => ({ on, type: "stayed", item: "a" });
const resumed = (on: string, fresh?: string) => ({ on, type: "resumed", item: "a", ...(fresh === undefined ? {} : { with: fresh }) });

describe("where a stay took the first days of delay", () => {
  const matter = given(ORDER, stayed("2024-01-31"), resumed("2024-02-15"));
  const standing = standingOn(matter, day("2024-02-20"));

  test("the first day of delay is the same on the card, in JSON and in what explains it", () => {
    expect(standing.items[0]).toMatchObject({ firstPenaltyDay: "2024-02-15", runsFrom: "2024-02-15", units: 6 });
    expect(plainLines(matterCard("en", standing, day("2024-02-20"))).join("\n")).toContain("since Thu 15 Feb 2024");
  });

  test("units that a person set before anything ran are explained", () => {
    const set = { on: "2024-02-01", type: "overridden", item: "a", what: "units", value: 5, because: "the decision says so" };
    const by = given(ORDER, stayed("2024-01-31"), set, resumed("2024-02-15", "P1M"));
    expect(standingOn(by, day("2024-02-20")).items[0]!.units).toBe(5);
    const codes = explainItem(by, standingOn(by, day("2024-02-20")), "a").steps.map(({ code }) => code);
    expect(codes).toContain("units-set");
    expect(codes).toContain("sum-through");
  });
});

test("a fresh period takes the place of an end that was set by hand and extended while it was stayed, though it was never notified", () => {
  const { notified: _none, ...draft } = ORDER as { notified?: string };
  const cure = { period: "P2M", from: "notified", rule: "cure" };
  const facts = { ...draft, notified: undefined, items: [{ id: "a", cure, penalty: { rate: "100", per: "day" } }] };
  const set = { on: "2024-01-20", type: "overridden", item: "a", what: "expiry", value: "2024-01-31", because: "the decision says so" };
  const extended = { on: "2024-02-20", type: "extended", item: "a", until: "2024-06-20", because: "as it was found" };
  const matter = given(facts, set, stayed("2024-02-10"), extended, resumed("2024-03-15", "P4M"));
  expect(standingOn(matter, day("2024-03-20")).items[0]).toMatchObject({ state: "curing", expiry: "2024-07-15" });
});
