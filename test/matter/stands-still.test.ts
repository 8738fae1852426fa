import { expect, test } from "vitest";
import { findingText } from "../../src/cards/findings.ts";
import { given, itemOn, on } from "../support/given.ts";

/** An order of which one item has that time to comply. */
function order(cure: object, facts: object): object {
  return {
    authority: "CNIL",
    currency: "EUR",
    decided: "2024-10-01",
    items: [{ id: "a", cure, penalty: { rate: "100", per: "day" } }],
    ...facts,
  };
}

/** ICO: one month from the end of an appeal period of 28 days. */
const AFTER_APPEAL = { period: "P1M", from: { appeal: "P28D", rule: "uk-grc" }, rule: "cure" };
const ICO = { authority: "ICO", currency: "GBP" };

function stillOn(day: string, facts: object, stayed: string): { readonly args: object; readonly text: string } {
  const found = on(given(facts, { on: stayed, type: "stayed" }), day).items[0]!.warnings.find(({ code }) => code === "cure-stands-still")!;
  return { args: found.args, text: findingText("en", found) };
}

test("of a month that begins after an appeal period the whole is left when the stay came before its first day: 3 December to 2 January", () => {
  // 28 days from 3 November 2024 end on a Sunday, so on Monday 2 December.
  const facts = order(AFTER_APPEAL, { ...ICO, notified: "2024-11-03" });
  const whole = { from: "2024-11-20", left: 31, unit: "days" };
  expect(stillOn("2024-11-25", facts, "2024-11-20").args).toEqual(whole);
  expect(stillOn("2024-12-15", facts, "2024-11-20")).toEqual({
    args: whole,
    text: "The time to comply stands still since Wed 20 Nov 2024, with 31 days left",
  });
  // 31 days from 20 January: 19 February.
  const resumed = given(facts, { on: "2024-11-20", type: "stayed" }, { on: "2025-01-20", type: "resumed" });
  expect(itemOn(resumed, "2025-01-20").expiry).toBe("2025-02-19");
});

test("of a month from a day to come the whole is left: 2 February to 1 March are 28 days", () => {
  const facts = order({ period: "P1M", from: "2025-02-01", rule: "cure" }, { notified: "2024-11-03" });
  for (const day of ["2025-01-10", "2025-02-05"]) expect(stillOn(day, facts, "2024-11-20").args).toMatchObject({ left: 28 });
});

test("a stay in the period counts from its own first day: 10 to 27 January", () => {
  // 28 days from 27 November end on Christmas Day, so on Friday 27 December; a month later is 27 January.
  const facts = order(AFTER_APPEAL, { ...ICO, notified: "2024-11-27" });
  expect(stillOn("2025-01-12", facts, "2025-01-10").args).toMatchObject({ left: 18, unit: "days" });
});

test.each(["2024-12-20", "2025-01-10"])(
  "an appeal period that rolled is not what the stay of %s moved: the month after it had not",
  (stayed) => {
    const facts = order(AFTER_APPEAL, { ...ICO, notified: "2024-11-27" });
    const matter = given(facts, { on: stayed, type: "stayed" }, { on: "2025-02-02", type: "resumed" });
    // 27 January and the 36 days from 28 December, or the 23 days from 10 January, through 1 February.
    expect(itemOn(matter, "2025-02-10").expiry).toBe(stayed === "2024-12-20" ? "2025-03-04" : "2025-02-19");
    expect(itemOn(matter, "2025-02-10").assumptions).not.toContain("remainder-before-roll");
  },
);

test("days that are business days are told as such: 8 of 10, and they are what the resumption gives", () => {
  // Of 9 to 22 December 2025 without its weekend, Monday 8 being a holiday, two are over by the 10th.
  const facts = order({ period: "P10D", rule: "es-lpac" }, { authority: "AEPD", decided: "2025-12-01", notified: "2025-12-05" });
  expect(stillOn("2025-12-12", facts, "2025-12-11")).toEqual({
    args: { from: "2025-12-11", left: 8, unit: "business" },
    text: "The time to comply stands still since Thu 11 Dec 2025, with 8 business days left",
  });
  // 30 business days from 3 March 2025 end on 14 April; four are over by Friday 7 March.
  const long = order({ period: "P30B", rule: "cure" }, { notified: "2025-03-03" });
  expect(stillOn("2025-03-12", long, "2025-03-10").args).toMatchObject({ left: 26, unit: "business" });
});

test("hours are told as hours: from midnight of 21 May to 10:30 of the 23rd they are 58 and a half", () => {
  const facts = order({ period: "PT72H", rule: "cure" }, { notified: "2025-05-20T10:30" });
  expect(stillOn("2025-05-22", facts, "2025-05-21")).toEqual({
    args: { from: "2025-05-21", left: 58, minutes: 30, unit: "hours" },
    text: "The time to comply stands still since Wed 21 May 2025, with 58 hours and 30 minutes left",
  });
  const whole = order({ period: "PT72H", rule: "cure" }, { notified: "2025-05-20T10:00" });
  expect(stillOn("2025-05-22", whole, "2025-05-21").text).toBe("The time to comply stands still since Wed 21 May 2025, with 58 hours left");
});
