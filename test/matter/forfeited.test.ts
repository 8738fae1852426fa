import { describe, expect, test } from "vitest";
import { lookAt } from "../../src/alerts/look.ts";
import { plan } from "../../src/alerts/plan.ts";
import { ANY_TIME } from "../../src/alerts/timing.ts";
import { findingText } from "../../src/cards/findings.ts";
import { eases } from "../../src/matter/easing.ts";
import type { MatterEvent } from "../../src/matter/events.ts";
import { standingNow } from "../../src/matter/standing.ts";
import { addDays, day } from "../../src/time/day.ts";
import { momentOf } from "../../src/time/instant.ts";
import { given, ORDER, on } from "../support/given.ts";

/** Notified on 5 January 2024, the time to comply ends on Tuesday 5 March, and EUR 500 a day is forfeited from Wednesday 6 March. */
const DUTCH = {
  ...ORDER,
  authority: "AP",
  currency: "EUR",
  notified: "2024-01-05",
  items: [{ id: "a", cure: { period: "P2M" }, penalty: { rate: "500", per: "day" } }],
};
const withItem = (more: object) => ({ ...DUTCH, items: [{ ...DUTCH.items[0], ...more }] });
const paid = (at: string, amount: string, more: object = {}) => ({ on: at, type: "paid", amount, ...more });

function clocks(facts: object, text: string, ...events: readonly object[]) {
  return on(given(facts, ...events), text).related.filter(({ id }) => id.startsWith("forfeited"));
}

function days(facts: object, text: string, ...events: readonly object[]) {
  return clocks(facts, text, ...events).map(({ kind, day: end, done }) => [kind, end, done]);
}

describe("each sum that is forfeited by law has six weeks to be paid and a year until it is barred (Awb 5:33, 5:35)", () => {
  test("none before anything is forfeited", () => {
    expect(days(DUTCH, "2024-03-05")).toEqual([]);
  });

  test("from the first day of delay: six weeks are a term that rolls, a year is left alone", () => {
    // 6 March and six weeks: Wednesday 17 April. A year later: Thursday 6 March 2025.
    expect(days(DUTCH, "2024-03-06")).toEqual([
      ["payment", "2024-04-17", false],
      ["time-bar", "2025-03-06", false],
    ]);
    // Forfeited on Saturday 16 March: six weeks end on Saturday 27 April, which is the King's Day too, and move to Monday.
    const from = withItem({ cure: { until: "2024-03-15", because: "said so" } });
    expect(days(from, "2024-03-16")).toEqual([
      ["payment", "2024-04-29", false],
      ["time-bar", "2025-03-16", false],
    ]);
  });

  test.each([
    ["plain", "2024-01-09", "2024-02-21", "2025-01-10"],
    ["weekend", "2024-01-05", "2024-02-19", "2025-01-06"],
    ["holiday", "2024-02-18", "2024-04-02", "2025-02-19"],
    ["leap day", "2024-02-28", "2024-04-11", "2025-02-28"],
    ["month end", "2024-01-30", "2024-03-13", "2025-01-31"],
  ])("%s: the order ends on %s", (_kind, until, payment, barred) => {
    const facts = withItem({ cure: { until, because: "said so" } });
    expect(days(facts, addDays(day(until), 12)).map(([, end]) => end)).toEqual([payment, barred]);
  });

  test("one clock of each kind however many sums there are, and how many they are", () => {
    const [payment, barred] = clocks(DUTCH, "2024-03-31");
    expect(payment).toMatchObject({ day: "2024-04-17" });
    expect(payment!.notes.map((one) => findingText("en", one))).toEqual([
      "26 sums are forfeited from Wed 6 Mar 2024 through Sun 31 Mar 2024 and not paid, EUR 13,000 together. This is the end for the first; the last so far ends Mon 13 May 2024",
    ]);
    expect(barred!.notes).toMatchObject([{ code: "forfeited-sums", args: { count: 26, last: "2025-03-31" } }]);
    expect(clocks(DUTCH, "2024-03-06").flatMap(({ notes }) => notes)).toEqual([]);
  });

  test("payments and what is given up settle the oldest sums first; a part of a sum leaves it unpaid", () => {
    const first = (...events: readonly object[]) => clocks(DUTCH, "2024-03-31", ...events)[0]!;
    expect(first(paid("2024-03-20", "499.99")).day).toBe("2024-04-17");
    expect(first(paid("2024-03-20", "500"))).toMatchObject({ day: "2024-04-18", notes: [{ args: { first: "2024-03-07", count: 25 } }] });
    expect(first(paid("2024-03-20", "1000"), paid("2024-03-21", "500", { how: "write-off" })).day).toBe("2024-04-22");
    expect(first(paid("2024-03-20", "1000"), { on: "2024-03-25", type: "refunded", amount: "1000" }).day).toBe("2024-04-17");
  });

  test("nobody waits once all is paid, and again once more is forfeited", () => {
    expect(days(DUTCH, "2024-03-08", paid("2024-03-08", "1500"))).toEqual([
      ["payment", "2024-04-17", true],
      ["time-bar", "2025-03-06", true],
    ]);
    expect(days(DUTCH, "2024-03-09", paid("2024-03-08", "1500"))[0]).toEqual(["payment", "2024-04-22", false]);
  });

  test("what is forfeited goes on to be owed when the order has ended", () => {
    const ended = { on: "2024-03-10", type: "complied" };
    expect(clocks(DUTCH, "2024-04-10", ended)[0]).toMatchObject({ day: "2024-04-17", done: false, notes: [{ args: { count: 5 } }] });
    expect(days(DUTCH, "2024-05-01", { on: "2024-04-01", type: "annulled", item: "a" })).toEqual([]);
  });

  test("by completed weeks, each sum on the day on which its week is over", () => {
    const weekly = withItem({ penalty: { rate: "500", per: "week" } });
    expect(days(weekly, "2024-03-11")).toEqual([]);
    expect(clocks(weekly, "2024-03-26")[0]).toMatchObject({ day: "2024-04-23", notes: [{ args: { count: 3, last: "2024-05-07" } }] });
  });

  test("where a decision to collect fixed less of a window, what it left out is not owed", () => {
    const collected = (amount: string) => ({
      on: "2024-03-20",
      type: "liquidated",
      from: "2024-03-06",
      to: "2024-03-10",
      amount,
      ref: "C1",
    });
    // Of five days EUR 1,000 is left: it is paid, so that the sum of 11 March is the first.
    const [payment] = clocks(DUTCH, "2024-03-20", collected("1000"), paid("2024-03-20", "1000"));
    expect(payment).toMatchObject({ day: "2024-04-22", notes: [{ code: "forfeited-sums-fixed", args: { first: "2024-03-11" } }] });
  });

  test("a clock of the kind in the file stands in for it", () => {
    const own = { id: "pay", kind: "payment", from: "expiry", period: "P6W", rule: "nl-atw" };
    expect(days(withItem({ clocks: [own] }), "2024-03-31").map(([kind]) => kind)).toEqual(["time-bar"]);
  });

  test("the time-bar can be later while an objection is open", () => {
    const [, barred] = clocks(DUTCH, "2024-03-31", { on: "2024-03-20", type: "appealed", suspends: "no" });
    expect(barred!.notes.map(({ code }) => code)).toEqual(["forfeited-sums", "time-bar-longer"]);
  });

  test("with a rate that is not known the days are told and no sum", () => {
    const unknown = withItem({ penalty: { rate: "unknown", per: "day" } });
    const [payment] = clocks(unknown, "2024-03-31");
    expect(payment).toMatchObject({ day: "2024-04-17", notes: [{ args: { count: 26 } }] });
    expect(payment!.notes[0]!.args).not.toHaveProperty("sum");
    expect(clocks(unknown, "2024-03-31", paid("2024-03-20", "500"))).toEqual([]);
  });

  test("under a regime where nothing is owed before it is fixed there are none", () => {
    expect(days({ ...DUTCH, authority: "CNIL" }, "2024-03-31")).toEqual([]);
    expect(
      days(
        { ...DUTCH, authority: "DATATILSYNET-NO", currency: "NOK", items: withItem({ cure: { period: "P2M", rule: "cure" } }).items },
        "2024-03-31",
      ),
    ).toEqual([]);
  });
});

describe("told day by day", () => {
  test("the sum of today is forfeited once the day is over", () => {
    const matter = given(DUTCH);
    expect(standingNow(matter, day("2024-03-06")).related).toEqual([]);
    expect(standingNow(matter, day("2024-03-07")).related.map(({ day: end }) => end)).toEqual(["2024-04-17", "2025-03-06"]);
    expect(standingNow(matter, day("2024-03-07")).next).toEqual({ day: "2024-04-17", what: "payment" });
  });

  test("a payment moves the clock on and asks for nothing less", () => {
    expect(eases(given(DUTCH), paid("2024-03-31", "500") as unknown as MatterEvent, day("2024-03-31"))).toBe(false);
  });
});

describe("when the day of a sum is over, the clock is that of the next one", () => {
  /** EUR 1,000 a week from 31 October 2024: twenty sums, of which the first was forfeited on Thursday 7 November and is barred a year later. */
  const weekly = {
    ...DUTCH,
    decided: "2024-10-24",
    notified: "2024-10-25",
    items: [
      { id: "a", cure: { until: "2024-10-31", because: "said so" }, penalty: { rate: "1000", per: "week", cap: { amount: "20000" } } },
    ],
  };
  const barred = (text: string, ...events: readonly object[]) =>
    standingNow(given(weekly, ...events), day(text)).related.find(({ kind }) => kind === "time-bar")!;

  test("on the day itself it still is its own, on the morning after the next one's, with what is lost", () => {
    expect(barred("2025-11-07")).toMatchObject({ day: "2025-11-07", notes: [{ args: { first: "2024-11-07", count: 20 } }] });
    const next = barred("2025-11-08");
    expect(next.day).toBe("2025-11-14");
    expect(next.notes.map((one) => findingText("en", one))).toEqual([
      "19 sums are forfeited from Thu 14 Nov 2024 through Thu 20 Mar 2025 and not paid, EUR 19,000 together. This is the end for the first; the last so far ends Fri 20 Mar 2026",
      "One sum, forfeited Thu 7 Nov 2024, has had its day and is not paid: EUR 1,000",
    ]);
    expect(standingNow(given(weekly), day("2025-11-22")).next).toEqual({ day: "2025-11-28", what: "time-bar" });
    expect(barred("2025-11-22").notes[1]).toMatchObject({ code: "forfeited-over", args: { count: 3, through: "2024-11-21" } });
  });

  test("payments settle the oldest first, those that had their day among them", () => {
    const some = paid("2025-01-02", "2500");
    expect(barred("2025-11-22", some)).toMatchObject({
      day: "2025-11-28",
      notes: [{ args: { count: 17 } }, { args: { sum: { minor: 500_00n } } }],
    });
    const more = paid("2025-01-02", "3500");
    expect(barred("2025-11-22", more)).toMatchObject({ day: "2025-11-28", notes: [{ args: { count: 17, sum: { minor: 16_500_00n } } }] });
  });

  test("the last of them stays, and says that all had their day", () => {
    const facts = { ...weekly, items: [{ ...weekly.items[0]!, penalty: { rate: "1000", per: "week", cap: { amount: "3000" } } }] };
    const late = standingNow(given(facts), day("2025-12-01"));
    expect(late.related.find(({ kind }) => kind === "time-bar")).toMatchObject({
      day: "2025-11-21",
      done: false,
      notes: [{ code: "forfeited-over", args: { count: 3, first: "2024-11-07", through: "2024-11-21" } }],
    });
    expect(late.next).toBeNull();
  });

  test("the time to pay likewise", () => {
    const pay = standingNow(given(weekly), day("2025-01-02")).related.find(({ kind }) => kind === "payment");
    // Six weeks from 7 November are Thursday 19 December, from 14 November Thursday 26 December, Boxing Day, and 27 December was equated with a holiday.
    expect(pay).toMatchObject({ day: "2025-01-02", notes: [{ args: { first: "2024-11-21" } }, { args: { count: 2 } }] });
  });

  test("where a sum is forfeited every day, one a week is spoken of", () => {
    const spoken = Array.from({ length: 21 }, (_, number) => addDays(day("2025-03-06"), number)).filter(
      (today) => standingNow(given(DUTCH), today).related.find(({ kind }) => kind === "time-bar")!.quiet !== true,
    );
    expect(spoken).toEqual(["2025-03-06", "2025-03-13", "2025-03-20"]);
  });

  test("what is reminded of is a sum ahead, and what is told with it is told of that one", () => {
    const barred = (text: string, ...events: readonly object[]) =>
      standingNow(given(DUTCH, ...events), day(text)).related.find(({ kind }) => kind === "time-bar")!;
    expect(barred("2025-03-06").reminded).toBeUndefined();
    const ahead = barred("2025-03-10");
    expect(ahead).toMatchObject({ day: "2025-03-10", quiet: true, reminded: { day: "2025-03-13", since: "2025-03-07" } });
    expect(ahead.reminded!.notes!.map((one) => findingText("en", one))).toEqual([
      "362 sums are forfeited from Wed 13 Mar 2024 through Sun 9 Mar 2025 and not paid, EUR 181,000 together. This is the end for the first; the last so far ends Mon 9 Mar 2026",
      "Sums forfeited from Sun 10 Mar 2024 through Tue 12 Mar 2024 end before this one, the first Mon 10 Mar 2025: EUR 1,500",
      "4 sums, forfeited from Wed 6 Mar 2024 through Sat 9 Mar 2024, have had their days and are not paid: EUR 2,000",
    ]);
    expect(barred("2025-03-12").reminded!.notes!.map((one) => findingText("en", one))[1]).toBe(
      "The sum forfeited Tue 12 Mar 2024 ends before this one, Wed 12 Mar 2025: EUR 500",
    );
    expect(barred("2025-03-13")).toMatchObject({ day: "2025-03-13", reminded: { day: "2025-03-13" } });
    // What is paid day by day does not move the weeks: it would put each of them off.
    expect(barred("2025-03-12", paid("2025-03-11", "1500")).reminded).toMatchObject({ day: "2025-03-13" });
  });

  test("nobody who watches hears nothing of it: a reminder for each sum of a week", () => {
    const said = Array.from({ length: 30 }, (_, number) => addDays(day("2025-11-01"), number)).flatMap((today) =>
      plan(lookAt(given(weekly), momentOf("Europe/Amsterdam", today, "09:00")), { ...ANY_TIME, snoozedUntil: null }).flatMap(
        ({ utterance: { kind, stage, deadline } }) =>
          kind === "reminder" && deadline?.what === "time-bar" && stage === 0 ? [deadline.day] : [],
      ),
    );
    expect([...new Set(said)]).toEqual(["2025-11-07", "2025-11-14", "2025-11-21", "2025-11-28"]);
  });
});
