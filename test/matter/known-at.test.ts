import { describe, expect, test } from "vitest";
import { heldOn, knownAt, type Matter } from "../../src/matter/history.ts";
import { day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { given, itemOn, ORDER, on } from "../support/given.ts";

const WINDOW = { on: "2024-04-10", type: "liquidated", id: "first", from: "2024-03-06", to: "2024-03-20", amount: "1400" };
const because = "typed wrongly";

function known(matter: Matter, instant: string): Matter {
  return knownAt(matter, instant as Instant)!;
}

describe("two questions: where did it stand on that day, and what was believed then", () => {
  const late = given({}, { on: "2024-03-15", type: "complied", recordedAt: "2024-06-01T09:00:00.000Z" });

  test("an event counts from its day, whenever it was recorded", () => {
    expect(itemOn(late, "2024-03-14")).toMatchObject({ state: "accruing", units: 9 });
    expect(itemOn(late, "2024-03-20")).toMatchObject({ state: "claimed", units: 10 });
  });

  test("what was recorded later is not in what was believed before", () => {
    expect(itemOn(known(late, "2024-06-01T08:59:59.999Z"), "2024-03-20")).toMatchObject({ state: "accruing", units: 15 });
    expect(itemOn(known(late, "2024-06-01T09:00:00.000Z"), "2024-03-20")).toMatchObject({ state: "claimed", units: 10 });
  });

  test("before its registration nothing was known of it", () => {
    expect(knownAt(late, "2024-01-02T11:59:59.999Z" as Instant)).toBeNull();
  });

  test("an acceptance that reaches back says nothing of the days before it was given", () => {
    const matter = given({}, { on: "2024-09-01", type: "accepted", from: "2024-03-10" });
    expect(itemOn(matter, "2024-08-31")).toMatchObject({ state: "accruing", units: 179 });
    expect(itemOn(matter, "2024-09-01")).toMatchObject({ state: "complied", units: 5 });
  });

  test("a fact that was filled in later was missing before", () => {
    const matter = given({});
    const { notified: _, ...draft } = matter.facts;
    const filled = [
      { recordedAt: matter.registeredAt, facts: draft },
      { recordedAt: "2024-02-01T09:00:00.000Z" as Instant, facts: matter.facts },
    ];
    const updated = { ...matter, filled };
    expect(itemOn(known(updated, "2024-01-31T00:00:00.000Z"), "2024-03-10")).toMatchObject({ state: "draft", units: null });
    expect(itemOn(known(updated, "2024-02-01T09:00:00.000Z"), "2024-03-10")).toMatchObject({ state: "accruing", units: 5 });
  });

  test("events of one day apply in order of recording, whatever was recorded between", () => {
    const matter = given(
      {},
      { on: "2024-03-10", type: "rate-changed", rate: "300" },
      { on: "2024-03-09", type: "note", text: "between" },
      { on: "2024-03-10", type: "rate-changed", rate: "200" },
    );
    expect(itemOn(matter, "2024-03-10")).toMatchObject({ theoretical: "600.00" });
    expect(heldOn(matter.events, day("2024-03-10")).map(({ id }) => id)).toEqual(["e2", "e1", "e3"]);
  });
});

describe("a correction", () => {
  test("that sets a field holds from its own day, and leaves the days before as they were believed", () => {
    const matter = given({}, WINDOW, { on: "2024-04-20", type: "corrected", event: "first", set: { amount: "1500" }, because });
    expect(itemOn(matter, "2024-04-19")).toMatchObject({ fixed: "1400.00", warnings: ["window-mismatch"] });
    expect(itemOn(matter, "2024-04-20")).toMatchObject({ fixed: "1500.00", warnings: [] });
  });

  test("dated back to the event mends those days too, but not what was believed of them", () => {
    const correction = {
      on: "2024-04-10",
      type: "corrected",
      event: "first",
      set: { amount: "1500" },
      because,
      recordedAt: "2024-05-01T09:00:00.000Z",
    };
    const matter = given({}, WINDOW, correction);
    expect(itemOn(matter, "2024-04-15")).toMatchObject({ fixed: "1500.00" });
    expect(itemOn(known(matter, "2024-04-30T00:00:00.000Z"), "2024-04-15")).toMatchObject({ fixed: "1400.00" });
  });

  test("may move the day of an event", () => {
    const claim = { on: "2024-03-15", type: "complied", id: "claim" };
    const matter = given({}, claim, { on: "2024-03-16", type: "corrected", event: "claim", set: { on: "2024-03-12" }, because });
    expect(itemOn(matter, "2024-03-15")).toMatchObject({ units: 10 });
    expect(itemOn(matter, "2024-03-16")).toMatchObject({ state: "claimed", units: 7 });
  });

  test("that voids an event takes it away", () => {
    const claim = { on: "2024-03-15", type: "complied", id: "claim" };
    const matter = given({}, claim, { on: "2024-03-20", type: "corrected", event: "claim", void: true, because });
    expect(itemOn(matter, "2024-03-19")).toMatchObject({ state: "claimed", units: 10 });
    expect(itemOn(matter, "2024-03-20")).toMatchObject({ state: "accruing", units: 15, ifRefused: null });
  });

  test("may be corrected itself: the last one holds", () => {
    const first = { on: "2024-04-20", type: "corrected", event: "first", set: { amount: "1300" }, because };
    const matter = given({}, WINDOW, first, { ...first, on: "2024-04-21", set: { amount: "1500" } });
    expect(itemOn(matter, "2024-04-20")).toMatchObject({ fixed: "1300.00" });
    expect(itemOn(matter, "2024-04-21")).toMatchObject({ fixed: "1500.00" });
  });

  test("dated back to the day to which it moves an event holds from that day", () => {
    const claim = { on: "2024-03-15", type: "complied", id: "claim" };
    const matter = given({}, claim, { on: "2024-03-10", type: "corrected", event: "claim", set: { on: "2024-03-10" }, because });
    expect(itemOn(matter, "2024-03-09")).toMatchObject({ state: "accruing", units: 4 });
    expect(itemOn(matter, "2024-03-12")).toMatchObject({ state: "claimed", units: 5 });
  });

  test("that is voided has no effect from then on", () => {
    const mended = { on: "2024-04-20", type: "corrected", id: "mended", event: "first", set: { amount: "1500" }, because };
    const matter = given({}, WINDOW, mended, { on: "2024-04-25", type: "corrected", event: "mended", void: true, because });
    expect(itemOn(matter, "2024-04-24")).toMatchObject({ fixed: "1500.00" });
    expect(itemOn(matter, "2024-04-25")).toMatchObject({ fixed: "1400.00" });
  });

  test("that voids an event may be voided: the event stands again", () => {
    const claim = { on: "2024-03-15", type: "complied", id: "claim" };
    const voided = { on: "2024-03-20", type: "corrected", id: "voided", event: "claim", void: true, because };
    const matter = given({}, claim, voided, { on: "2024-03-22", type: "corrected", event: "voided", void: true, because });
    expect(itemOn(matter, "2024-03-21")).toMatchObject({ state: "accruing", units: 16 });
    expect(itemOn(matter, "2024-03-22")).toMatchObject({ state: "claimed", units: 10 });
  });

  test("takes a field away with null", () => {
    const claim = { on: "2024-03-15", type: "complied", id: "claim", counted: false };
    const matter = given({}, claim, { on: "2024-03-20", type: "corrected", event: "claim", set: { counted: null }, because });
    expect(itemOn(matter, "2024-03-19")).toMatchObject({ units: 9 });
    expect(itemOn(matter, "2024-03-20")).toMatchObject({ units: 10 });
  });
});

describe("what is known ends on 10 March 2024", () => {
  const matter = given({ ...ORDER, knownThrough: "2024-03-10" });

  test("through that day sums are told", () => {
    expect(itemOn(matter, "2024-03-10")).toMatchObject({ state: "accruing", units: 5, theoretical: "500.00", warnings: [] });
  });

  test("later they are withheld, with the reason, and so is the total", () => {
    expect(itemOn(matter, "2024-03-11")).toMatchObject({
      state: "accruing",
      units: null,
      theoretical: null,
      open: null,
      warnings: ["known-through-sum"],
    });
    expect(on(matter, "2024-03-11").items[0]!.warnings[0]!.args).toMatchObject({ day: "2024-03-10", sum: { minor: 500_00n } });
    expect(on(matter, "2024-03-11").totals.theoretical).toBeNull();
  });

  test("a sum that cannot have moved since is told all the same", () => {
    const claimed = given({ ...ORDER, knownThrough: "2024-03-10" }, { on: "2024-03-08", type: "complied" });
    expect(itemOn(claimed, "2024-06-01")).toMatchObject({ state: "claimed", units: 3, theoretical: "300.00" });
    expect(itemOn(claimed, "2024-06-01").ifRefused).toEqual({ units: null, theoretical: null });
  });

  test("no assumption tells what the withheld sum would be", () => {
    const sunday = given({ decided: "2023-12-12", notified: "2023-12-18", knownThrough: "2024-03-10" });
    expect(on(sunday, "2024-03-10").items[0]!.assumptions.map(({ code }) => code)).toEqual(["no-roll-inferred-sum"]);
    expect(on(sunday, "2024-03-11").items[0]!.assumptions).toEqual([{ code: "no-roll-inferred", args: { rolled: "2024-02-19" } }]);
  });
});
