import { describe, expect, test } from "vitest";
import { findingText } from "../../src/cards/findings.ts";
import { writeAmount } from "../../src/law/money.ts";
import type { Matter } from "../../src/matter/history.ts";
import { explainItem } from "../../src/matter/why.ts";
import { given, itemOn, on } from "../support/given.ts";

/** CNIL, notified on 15 January 2025: a month ends on Saturday 15 February, two on Saturday 15 March. */
const facts = (more: object = {}) => ({ decided: "2025-01-10", notified: "2025-01-15", items: [item("a", "P1M")], ...more });
const item = (id: string, period: string, rate = "100", rule = "cure") => ({ id, cure: { period, rule }, penalty: { rate, per: "day" } });

/** What an item's card assumes under that code: its days, and the other sum. */
function assumed(matter: Matter, day: string, code: string, id = "a"): Readonly<Record<string, unknown>> | null {
  const found = on(matter, day)
    .items.find((one) => one.id === id)!
    .assumptions.find((one) => one.code.startsWith(code));
  if (found === undefined) return null;
  const { sum, ...args } = found.args;
  return typeof sum === "object" && "minor" in sum ? { ...args, sum: writeAmount(sum) } : args;
}

describe("a cap in common is filled anew by what an assumption supposes", () => {
  const shared = facts({ items: [item("a", "P1M"), item("b", "P2M", "300")], jointCap: { items: ["a", "b"], amount: "10000" } });

  test("if both ends rolled, to 17 February and 17 March, it were full two days later, on 4 April: 46 days of 100, 18 of 300, as here", () => {
    const matter = given(shared);
    for (const [id, rolled, same] of [
      ["a", "2025-02-17", "4600.00"],
      ["b", "2025-03-17", "5400.00"],
    ] as const) {
      expect(itemOn(matter, "2025-05-01", id).theoretical).toBe(same);
      expect(assumed(matter, "2025-05-01", "no-roll", id)).toEqual({ rolled });
    }
    // The day before it would be full: 45 days of 100.
    expect(assumed(matter, "2025-04-03", "no-roll", "a")).toEqual({ rolled: "2025-02-17", sum: "4500.00" });
  });

  test("where the other has ended and it is full all the same, the first comes to more and not to less", () => {
    // b ran from 16 to 20 March: 1,500; from 18 March were 900, and a has what is left of 10,000.
    const matter = given(shared, { on: "2025-03-20", type: "complied", item: "b" });
    expect(itemOn(matter, "2025-08-01", "a").theoretical).toBe("8500.00");
    expect(assumed(matter, "2025-08-01", "no-roll", "a")).toEqual({ rolled: "2025-02-17", sum: "9100.00" });
    expect(assumed(matter, "2025-08-01", "no-roll", "b")).toEqual({ rolled: "2025-03-17", sum: "900.00" });
  });

  test("with the holidays of a part of the country: ten days of 100 and of 300 fill 4,000 there as here", () => {
    // A month and a day from 30 September 2025 end on Friday 31 October, in nine Länder a holiday: Monday 3 November.
    const items = [item("a", "P1M1D", "100", "de-bgb"), item("b", "P1M1D", "300", "de-bgb")];
    const jointCap = { items: ["a", "b"], amount: "4000" };
    const matter = given({ authority: "BFDI", decided: "2025-09-01", notified: "2025-09-30", items, jointCap });
    for (const [id, same] of [
      ["a", "1000.00"],
      ["b", "3000.00"],
    ] as const) {
      expect(itemOn(matter, "2025-12-20", id).theoretical).toBe(same);
      expect(assumed(matter, "2025-12-20", "later-in-parts", id)).toMatchObject({ day: "2025-11-03" });
      expect(assumed(matter, "2025-12-20", "later-in-parts", id)).not.toHaveProperty("sum");
    }
    // From 4 November, nine days by the 12th.
    expect(assumed(matter, "2025-11-12", "later-in-parts", "a")).toMatchObject({ day: "2025-11-03", sum: "900.00" });
  });

  test("the day of an end that does not count leaves the cap to the other", () => {
    // a 16 February to 1 March: 14 days, or 13; b alone fills the rest of 10,000.
    const matter = given(shared, { on: "2025-03-01", type: "complied", item: "a" });
    expect(assumed(matter, "2025-08-01", "end-day", "a")).toEqual({ day: "2025-03-01", end: "complied", sum: "1300.00" });
  });
});

describe("an end that an event has moved rests on the same", () => {
  test("extended by two weeks it ends on Saturday 1 March, rolled on Monday 3 March", () => {
    const matter = given(facts(), { on: "2025-02-10", type: "extended", by: "P2W", because: "x" });
    // 2 to 10 March are nine days, 4 to 10 March seven.
    expect(itemOn(matter, "2025-03-10")).toMatchObject({ expiry: "2025-03-01", theoretical: "900.00" });
    expect(assumed(matter, "2025-03-10", "no-roll")).toEqual({ rolled: "2025-03-03", sum: "700.00" });
  });

  test("an extension runs from the rolled end: three days from Monday 17 February are Thursday, from Saturday Tuesday", () => {
    const matter = given(facts(), { on: "2025-02-10", type: "extended", by: "P3D", because: "x" });
    expect(itemOn(matter, "2025-02-28").expiry).toBe("2025-02-18");
    expect(assumed(matter, "2025-02-28", "no-roll")).toEqual({ rolled: "2025-02-20", sum: "800.00" });
  });

  test("extended to a day that is named it does not", () => {
    const matter = given(facts(), { on: "2025-02-10", type: "extended", until: "2025-03-01", because: "x" });
    expect(assumed(matter, "2025-03-10", "no-roll")).toBeNull();
  });

  test("put off by a stay it ends on Sunday 2 March, rolled on Monday 3 March", () => {
    const matter = given(facts(), { on: "2025-02-01", type: "stayed" }, { on: "2025-02-16", type: "resumed" });
    expect(itemOn(matter, "2025-03-10")).toMatchObject({ expiry: "2025-03-02", theoretical: "800.00" });
    expect(assumed(matter, "2025-03-10", "no-roll")).toEqual({ rolled: "2025-03-03", sum: "700.00" });
  });

  test("a fresh period that ends on 1 May, a holiday, rolls as the first end does: 18 to 28 February and 3 to 10 May are 19 days", () => {
    const matter = given(facts(), { on: "2025-03-01", type: "stayed" }, { on: "2025-04-01", type: "resumed", with: "P1M" });
    expect(itemOn(matter, "2025-05-10")).toMatchObject({ expiry: "2025-05-01", theoretical: "2200.00" });
    expect(assumed(matter, "2025-05-10", "no-roll")).toEqual({ rolled: "2025-05-02", sum: "1900.00" });
    // A month from Wednesday 2 April ends on Friday 2 May: only the first end would roll.
    const friday = given(facts(), { on: "2025-03-01", type: "stayed" }, { on: "2025-04-02", type: "resumed", with: "P1M" });
    expect(assumed(friday, "2025-05-10", "no-roll")).toEqual({ rolled: "2025-02-17", sum: "1900.00" });
  });

  test("while it stands still there is no end to roll", () => {
    expect(assumed(given(facts(), { on: "2025-02-01", type: "stayed" }), "2025-02-10", "no-roll")).toBeNull();
    const [stayed, resumed, again] = [
      { on: "2025-03-01", type: "stayed" },
      { on: "2025-04-01", type: "resumed", with: "P1M" },
      { on: "2025-04-10", type: "stayed" },
    ];
    // Of the first end it is told still: 16 to 28 February are 13 days, from 18 February eleven.
    expect(assumed(given(facts(), stayed, resumed, again), "2025-05-10", "no-roll")).toEqual({ rolled: "2025-02-17", sum: "1100.00" });
  });

  test("what runs from the end of another item rests on that end", () => {
    // b has ten days from Saturday 15 February: Tuesday 25; from Monday 17 February: Thursday 27.
    const b = { id: "b", cure: { period: "P10D", from: { item: "a" }, rule: "cure" }, penalty: { rate: "100", per: "day" } };
    const matter = given(facts({ items: [item("a", "P1M"), b] }));
    expect(assumed(matter, "2025-03-01", "no-roll", "b")).toEqual({ rolled: "2025-02-27", sum: "200.00" });
  });

  test("extended to 31 October it ends later in nine Länder", () => {
    // A month and a day from 10 September: Saturday 11 October, so Monday 13; 18 days from it are 31 October.
    const german = { authority: "BFDI", decided: "2025-09-01", notified: "2025-09-10", items: [item("a", "P1M1D", "100", "de-bgb")] };
    const matter = given(german, { on: "2025-10-01", type: "extended", by: "P18D", because: "x" });
    expect(itemOn(matter, "2025-11-10")).toMatchObject({ expiry: "2025-10-31", theoretical: "1000.00" });
    const found = assumed(matter, "2025-11-10", "later-in-parts")!;
    expect(found).toMatchObject({ day: "2025-11-03", sum: "700.00" });
    expect(found.parts).toHaveLength(9);
  });
});

describe("the day of any end counts unless told otherwise, and the other sum stands beside it", () => {
  const from16February: readonly (readonly [string, readonly object[], string, object])[] = [
    [
      "withdrawn after a claim was refused: 45 days, or 44",
      [
        { on: "2025-03-01", type: "complied" },
        { on: "2025-03-20", type: "rejected" },
        { on: "2025-04-01", type: "withdrawn" },
      ],
      "4500.00",
      { day: "2025-04-01", end: "withdrawn", sum: "4400.00" },
    ],
    [
      "settled, the day not counted: 13 days, or 14",
      [{ on: "2025-03-01", type: "settled", counted: false }],
      "1300.00",
      { day: "2025-03-01", end: "settled", sum: "1400.00" },
    ],
    ["closed: 23 days, or 22", [{ on: "2025-03-10", type: "closed" }], "2300.00", { day: "2025-03-10", end: "closed", sum: "2200.00" }],
    [
      "complied and accepted: 23 days, or 22",
      [
        { on: "2025-03-10", type: "complied" },
        { on: "2025-04-01", type: "accepted" },
      ],
      "2300.00",
      { day: "2025-03-10", end: "complied", sum: "2200.00" },
    ],
    [
      "accepted from an earlier day: 18 days, or 17",
      [
        { on: "2025-03-10", type: "complied" },
        { on: "2025-04-01", type: "accepted", from: "2025-03-05" },
      ],
      "1800.00",
      { day: "2025-03-05", end: "complied", sum: "1700.00" },
    ],
    [
      "complied, then closed: the claim's day",
      [
        { on: "2025-03-10", type: "complied" },
        { on: "2025-04-01", type: "closed" },
      ],
      "2300.00",
      { day: "2025-03-10", end: "complied", sum: "2200.00" },
    ],
  ];

  test.each(from16February)("%s", (_, events, theoretical, other) => {
    const matter = given(facts(), ...events);
    expect(itemOn(matter, "2025-05-01").theoretical).toBe(theoretical);
    expect(assumed(matter, "2025-05-01", "end-day")).toEqual(other);
  });

  test("an end within the time to comply, and a day on which nothing would run, leave nothing to assume", () => {
    expect(assumed(given(facts(), { on: "2025-02-10", type: "withdrawn" }), "2025-05-01", "end-day")).toBeNull();
    const stayed = given(facts(), { on: "2025-03-01", type: "stayed" }, { on: "2025-03-10", type: "closed" });
    expect(assumed(stayed, "2025-05-01", "end-day")).toBeNull();
  });

  test("its sentence names the kind of end", () => {
    const saidIn = (language: "en" | "fr", ...events: readonly object[]) =>
      on(given(facts(), ...events), "2025-05-01").items[0]!.assumptions.map((one) => findingText(language, one));
    const said = (...events: readonly object[]) => saidIn("en", ...events);
    const settled = { on: "2025-03-01", type: "settled", counted: false };
    expect(saidIn("fr", settled).join()).toContain("le jour de la transaction, sam. 1er mars 2025, n’est pas compté");
    expect(said({ on: "2025-03-10", type: "closed" })).toContain(
      "the day of the closure, Mon 10 Mar 2025, counts; if it did not, the sum would be EUR 2,200",
    );
    expect(said({ on: "2025-03-10", type: "complied" })).toContain(
      "the day of compliance, Mon 10 Mar 2025, counts; if it did not, the sum would be EUR 2,200",
    );
  });
});

describe("why tells how an extension came to its end", () => {
  test("by five days from Monday 29 December: Saturday 3 January, so Monday 5 January", () => {
    const german = { authority: "BFDI", decided: "2025-11-01", notified: "2025-11-28", items: [item("a", "P4W", "100", "de-bgb")] };
    const matter = given(german, { on: "2025-12-15", type: "extended", by: "P5D", because: "x" });
    const { steps } = explainItem(matter, on(matter, "2026-01-10"), "a");
    const at = steps.findIndex(({ code }) => code === "why-extended-until");
    const derived = steps.slice(at + 1, at + 4);
    expect(derived.map((step) => findingText("en", step))).toEqual([
      "The extension runs from the end before it, Mon 29 Dec 2025",
      "5 days later: Sat 3 Jan 2026",
      expect.stringContaining("it moves to Mon 5 Jan 2026"),
    ]);
    for (const { source } of derived) expect(source).toBe("BGB §§ 187–193; VwVfG § 31");
  });

  test("by the source of how the authority was seen to count", () => {
    const matter = given(facts(), { on: "2025-02-10", type: "extended", by: "P2W", because: "x" });
    const { steps } = explainItem(matter, on(matter, "2025-03-10"), "a");
    const at = steps.findIndex(({ code }) => code === "why-extended-until");
    expect(steps[at + 2]!.source).toBe(steps.find(({ code }) => code === "added")!.source);
  });

  test("of two events of one day each its own", () => {
    const [stayed, resumed] = [
      { on: "2025-02-01", type: "stayed" },
      { on: "2025-02-11", type: "resumed" },
    ];
    const matter = given(facts(), stayed, resumed, { on: "2025-02-11", type: "extended", by: "P2W", because: "x" });
    const codes = explainItem(matter, on(matter, "2025-03-01"), "a").steps.map(({ code }) => code);
    const [moved, extended] = [codes.indexOf("why-resumed-until"), codes.indexOf("why-extended-until")];
    expect(codes.slice(moved + 1, extended)).toEqual(["stood-still"]);
    expect(codes.slice(extended + 1, extended + 3)).toEqual(["start-extension", "added"]);
  });
});
