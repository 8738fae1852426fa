import { describe, expect, test } from "vitest";
import { findingText } from "../../src/cards/findings.ts";
import { explainItem } from "../../src/matter/why.ts";
import { given, ORDER, on, orderWith } from "../support/given.ts";

const DECISION = "https://example.org/decision";

/** The steps in English, and with their sources behind a bar. */
function why(facts: object, text: string, ...events: readonly object[]): readonly string[] {
  const matter = given(facts, ...events);
  return explainItem(matter, on(matter, text), (facts as { items: readonly { id: string }[] }).items[0]!.id).steps.map((step) =>
    [findingText("en", step), ...(step.source === undefined ? [] : [step.source])].join(" | "),
  );
}

const HALF = {
  ...ORDER,
  authority: "CE",
  kind: "judgment",
  decided: { day: "2020-07-10", source: DECISION },
  notified: "2020-07-10",
  items: [{ id: "air", cure: { period: "P6M", rule: "cure" }, penalty: { rate: "10000000", per: "half-year" } }],
};
const fixed = (day: string, from: string, to: string, amount: string, ref: string) => ({
  on: day,
  type: "liquidated",
  from,
  to,
  amount,
  ref,
});

test("a half-yearly astreinte: each half-year by the day on which it was complete, each sum fixed beside what had run, and the next one", () => {
  const events = [
    fixed("2021-08-04", "2021-01-11", "2021-07-10", "10000000", "428409-2"),
    fixed("2022-10-17", "2021-07-11", "2022-07-10", "20000000", "428409-3"),
    fixed("2023-11-24", "2022-07-11", "2023-07-10", "10000000", "428409-4"),
  ];
  expect(why(HALF, "2023-12-31", ...events)).toEqual([
    `Decided on Fri 10 Jul 2020, notified on Fri 10 Jul 2020 | ${DECISION}`,
    "The clock starts on Fri 10 Jul 2020; that day itself is not counted | the period as the decision sets it",
    "6 months later: Sun 10 Jan 2021 | the period as the decision sets it",
    "The first day of delay is Mon 11 Jan 2021",
    "A period counts when it is complete, from the expiry on",
    "Complete, one after the other, at the end of Sat 10 Jul 2021, Mon 10 Jan 2022, Sun 10 Jul 2022, Tue 10 Jan 2023, Mon 10 Jul 2023",
    "The next one would be complete at the end of Wed 10 Jan 2024; until then it adds nothing",
    "5 half-years × EUR 10,000,000 = EUR 50,000,000",
    "Through Sun 31 Dec 2023: EUR 50,000,000",
    "That sum is theoretical: nothing of it is owed until a sum is fixed (authority: Council of State (France)), which may be all of it, a part, or nothing",
    "Liquidated for Mon 11 Jan 2021 to Sat 10 Jul 2021 by 428409-2: EUR 10,000,000",
    "That is all that ran in it: 1 half-year, EUR 10,000,000",
    "Liquidated for Sun 11 Jul 2021 to Sun 10 Jul 2022 by 428409-3: EUR 20,000,000",
    "That is all that ran in it: 2 half-years, EUR 20,000,000",
    "Liquidated for Mon 11 Jul 2022 to Mon 10 Jul 2023 by 428409-4: EUR 10,000,000",
    "In that window 2 half-years ran, EUR 20,000,000: EUR 10,000,000 was fixed, a part of it",
    "Outside liquidated windows: EUR 0.00",
    "Fixed in all: EUR 40,000,000",
  ]);
});

test("half-years begun count from the day after the expiry, and say when the next begins", () => {
  const begun = { ...HALF, items: [{ ...HALF.items[0], penalty: { ...HALF.items[0]!.penalty, counting: "started" } }] };
  expect(why(begun, "2021-08-01")).toEqual(
    expect.arrayContaining([
      "Begun, one after the other, on Mon 11 Jan 2021, Sun 11 Jul 2021",
      "The next one would begin on Tue 11 Jan 2022",
      "2 half-years × EUR 10,000,000 = EUR 20,000,000",
    ]),
  );
});

test("a weekly penalty up to a cap: ten weeks, each with its day, and the cap", () => {
  const until = { until: "2022-01-15", because: "extended by the judge" };
  const weekly = {
    ...ORDER,
    authority: "ACM",
    decided: "2021-08-24",
    notified: "2021-08-24",
    items: [{ id: "p", cure: until, penalty: { rate: "5000000", per: "week", cap: { amount: "50000000" } } }],
  };
  const steps = why(weekly, "2022-06-13", { on: "2022-06-13", type: "invoiced", amount: "50000000", source: DECISION });
  expect(steps.slice(-10, -4)).toEqual([
    expect.stringMatching(/^Complete, one after the other, at the end of Sat 22 Jan 2022, .*, Sat 26 Mar 2022$/),
    "10 weeks × EUR 5,000,000 = EUR 50,000,000",
    "The sum reaches its cap of EUR 50,000,000 on Sat 26 Mar 2022 and is cut to it",
    "Through Mon 13 Jun 2022: EUR 50,000,000",
    "That sum is forfeited: it is owed by law as it runs, and a decision to collect it (authority: Authority for Consumers and Markets) only enforces it",
    `On Mon 13 Jun 2022 EUR 50,000,000 was invoiced | ${DECISION}`,
  ]);
});

test("a published window that does not reconcile: what ran, what was fixed, the announcement before it and its clock", () => {
  const until = { until: "2022-12-18", because: "the notification is not public" };
  const order = {
    ...ORDER,
    decided: "2022-10-17",
    notified: undefined,
    knownThrough: "2023-05-10",
    items: [{ id: "i", cure: until, penalty: { rate: "100000", per: "day" } }],
  };
  const window = { from: "2022-12-19", to: "2023-02-09", amount: "5200000" };
  const events = [
    { on: "2023-02-09", type: "intended", ...window },
    { on: "2023-04-13", type: "liquidated", ...window, ref: "SAN-2023-005", source: DECISION },
  ];
  expect(why(order, "2024-01-01", ...events)).toEqual([
    "Decided on Mon 17 Oct 2022",
    "The last day is set as Sun 18 Dec 2022: the notification is not public",
    "The first day of delay is Mon 19 Dec 2022",
    "Every calendar day of delay counts, weekends too, the first and the last included",
    "143 days × EUR 100,000 = EUR 14,300,000",
    "Through Wed 10 May 2023: EUR 14,300,000",
    "That sum is theoretical: nothing of it is owed until a sum is fixed (authority: CNIL), which may be all of it, a part, or nothing",
    "What is known of this matter ends Wed 10 May 2023: later sums are withheld",
    "On Thu 9 Feb 2023 the authority announced that it will fix EUR 5,200,000 for Mon 19 Dec 2022 to Thu 9 Feb 2023",
    `Liquidated for Mon 19 Dec 2022 to Thu 9 Feb 2023 by SAN-2023-005: EUR 5,200,000 | ${DECISION}`,
    "In that window 53 days ran, EUR 5,300,000: EUR 5,200,000 was fixed, a part of it",
    "Fixed in all: EUR 5,200,000",
    "Other deadline, observations due: Fri 24 Feb 2023; nobody waits for it any more | Loi 78-17, art. 20; décret 2019-536, art. 44",
  ]);
});

describe("each mechanic has its line", () => {
  const said = (penalty: object, text: string, ...events: readonly object[]) => why(orderWith({ penalty }), text, ...events);

  test("a share of turnover shows its formula, the exact figure and how it was rounded", () => {
    const share = { per: "turnover-day", turnover: { annual: "1000000000", percent: "2.5", year: 2024 } };
    expect(said(share, "2024-03-15")).toContain(
      "EUR 1,000,000,000 in 2024 ÷ 366 days × 2.5 % × 10 days = 683060.109289, rounded once, at the total, a half to the even: EUR 683,060.11",
    );
  });

  test("a calendar year's cap shows each year", () => {
    const steps = said(
      { rate: "100", per: "violation", cap: { perYear: "500" } },
      "2025-03-01",
      { on: "2024-04-01", type: "violation", count: 8 },
      { on: "2025-02-01", type: "violation", count: 2 },
    );
    expect(steps).toContain("In 2024: 8 violations, cut to the cap of that calendar year, EUR 500: EUR 500");
    expect(steps).toContain("In 2025: 2 violations, EUR 200");
  });

  test("units by the day, steps of the rate, stays, and units set by hand", () => {
    expect(said({ rate: "10", per: "unit-day", units: 7 }, "2024-03-15")).toContain("10 days × 7 units × EUR 10 = EUR 700");
    const steps = said(
      { rate: "100", per: "day" },
      "2024-03-31",
      { on: "2024-03-11", type: "stayed" },
      { on: "2024-03-16", type: "resumed" },
      { on: "2024-03-21", type: "rate-changed", rate: "300" },
    );
    expect(steps).toEqual(
      expect.arrayContaining([
        "On Mon 11 Mar 2024 a stay began",
        "The days from Mon 11 Mar 2024 to Fri 15 Mar 2024 do not count",
        "From Wed 6 Mar 2024 to Wed 20 Mar 2024: 10 days × EUR 100 = EUR 1,000",
        "From Thu 21 Mar 2024 to Sun 31 Mar 2024: 11 days × EUR 300 = EUR 3,300",
        "Through Sun 31 Mar 2024: EUR 4,300",
      ]),
    );
    const set = said({ rate: "100", per: "day" }, "2024-03-31", {
      on: "2024-03-20",
      type: "overridden",
      what: "units",
      value: 5,
      because: "agreed",
    });
    expect(set).toContain("On Wed 20 Mar 2024 the count was set by hand to 5; what runs later is added");
  });

  test("a notification within a window shows the least beside the most", () => {
    const between = orderWith({}, { notified: { between: ["2024-01-05", "2024-01-10"] } });
    const steps = why(between, "2024-03-15");
    expect(steps[0]).toBe("Decided on Tue 2 Jan 2024");
    expect(steps).toContain("10 days × EUR 100 = EUR 1,000");
    expect(steps.slice(-3)).toEqual([
      "Notified on the last possible day, the first day of delay is Mon 11 Mar 2024: 5 days, EUR 500",
      "Through Fri 15 Mar 2024 it is between EUR 500 and EUR 1,000",
      "Nothing has been fixed: of what has run nothing is owed yet",
    ]);
  });

  test("sums that were waived, reduced and annulled, paid, set off and given up", () => {
    const waived = { ...fixed("2024-04-10", "2024-03-06", "2024-03-20", "0", "L0"), id: "l0" };
    const part = fixed("2024-05-10", "2024-03-21", "2024-04-10", "2100", "L1");
    const steps = said(
      { rate: "100", per: "day" },
      "2024-07-01",
      waived,
      part,
      { on: "2024-06-01", type: "reduced", for: "L1", to: "1000" },
      { on: "2024-06-10", type: "paid", amount: "600" },
      { on: "2024-06-11", type: "paid", amount: "300", how: "offset" },
      { on: "2024-06-12", type: "paid", amount: "100", how: "write-off" },
      { on: "2024-06-20", type: "annulled", liquidation: "L1" },
    );
    expect(steps).toEqual(
      expect.arrayContaining([
        "In that window 15 days ran, EUR 1,500: EUR 0.00 was fixed, so it was waived",
        "Annulled since: of it EUR 0.00 stands",
        "On Thu 20 Jun 2024 the sum fixed by L1 (Thu 21 Mar 2024 to Wed 10 Apr 2024, EUR 2,100) was annulled: it fixes nothing any more, and what ran in that window is open again",
        "Fixed in all: EUR 0.00",
        "Paid in all, refunds deducted: EUR 900",
        "Given up in all: EUR 100",
        "To be refunded, since it was paid beyond what stands: EUR 900",
        "On Sat 1 Jun 2024 L1 was lowered to EUR 1,000",
        "On Mon 10 Jun 2024 EUR 600 was paid",
        "On Tue 11 Jun 2024 EUR 300 was set off against another claim",
        "On Wed 12 Jun 2024 EUR 100 was written off: it is neither paid nor to be paid",
      ]),
    );
  });
});

test("the rates above what the law allows are told: per day, per period, per unit, in the simplified procedure, and of turnover", () => {
  const codes = (facts: object, ...events: readonly object[]) =>
    on(given(facts, ...events), "2024-06-01").items[0]!.warnings.map(({ code }) => code);
  expect(codes(orderWith({ penalty: { rate: "100000", per: "day" } }))).toEqual([]);
  expect(codes(orderWith({ penalty: { rate: "100000.01", per: "day" } }))).toEqual(["above-ceiling"]);
  expect(codes(orderWith({ penalty: { rate: "700000", per: "week" } }))).toEqual([]);
  expect(codes(orderWith({ penalty: { rate: "700001", per: "week" } }))).toEqual(["above-ceiling"]);
  expect(codes(orderWith({ penalty: { rate: "20000", per: "unit-day", units: 6 } }))).toEqual(["above-ceiling"]);
  expect(codes(orderWith({ penalty: { rate: "100", per: "day", steps: [{ from: "2024-04-01", rate: "100001" }] } }))).toEqual([
    "above-ceiling",
  ]);
  expect(codes(ORDER, { on: "2024-04-01", type: "rate-changed", rate: "100001" })).toEqual(["above-ceiling"]);
  expect(codes(orderWith({}, { procedure: "simplified" }))).toEqual([]);
  expect(codes(orderWith({ penalty: { rate: "100.01", per: "day" } }, { procedure: "simplified" }))).toEqual(["above-ceiling-simplified"]);
  const share = (percent: string) => ({
    ...orderWith({
      cure: { until: "2024-03-01", because: "set" },
      penalty: { per: "turnover-day", turnover: { annual: "1000", percent, year: 2023 } },
    }),
    authority: "EC",
  });
  expect(codes(share("5"))).toEqual([]);
  expect(codes(share("5.1"))).toEqual(["above-ceiling-percent"]);
});
