import { expect, test } from "vitest";
import { findingText } from "../../src/cards/findings.ts";
import { explainItem } from "../../src/matter/why.ts";
import { given, on } from "../support/given.ts";

/** Notified on 8 January 2024, one month: it ends on Thursday 8 February. */
const MONTH = { notified: "2024-01-08", items: [item({ period: "P1M", rule: "cure" })] };
const extended = (day: string, by: string, more: object = {}) => ({ on: day, type: "extended", by, because: "asked for", ...more });

function item(cure: object) {
  return { id: "a", cure, penalty: { rate: "100", per: "day" } };
}

function sentences(facts: object, day: string, ...events: readonly object[]): readonly string[] {
  const matter = given(facts, ...events);
  return explainItem(matter, on(matter, day), "a").steps.map((step) => findingText("en", step));
}

test("an extension that was corrected on a later day is told with its own end: 20 days from 8 February are 28 February, not 10", () => {
  const events = [
    extended("2024-01-20", "P10D", { id: "longer" }),
    { on: "2024-01-25", type: "corrected", event: "longer", set: { by: "P20D" }, because: "misread" },
  ];
  const all = sentences(MONTH, "2024-03-20", ...events);
  expect(all.join("\n")).not.toContain("18 Feb");
  expect(all).toContain("On Sat 20 Jan 2024 the time to comply was extended: it ends on Wed 28 Feb 2024");
  expect(all).toContain("So the cure period ends on Wed 28 Feb 2024, 24:00");
  expect(all.join("\n")).toContain("The first day of delay is Thu 29 Feb 2024");
});

test("two extensions of one day are told with an end each: 10 days to 18 February, 5 more to 23 February", () => {
  const all = sentences(MONTH, "2024-03-20", extended("2024-01-20", "P10D"), extended("2024-01-20", "P5D"));
  expect(all.filter((text) => text.includes("was extended"))).toEqual([
    "On Sat 20 Jan 2024 the time to comply was extended: it ends on Sun 18 Feb 2024",
    "On Sat 20 Jan 2024 the time to comply was extended: it ends on Fri 23 Feb 2024",
  ]);
  expect(all).toContain("So the cure period ends on Fri 23 Feb 2024, 24:00");
});

test("of two extensions of one day the first is voided: 5 days from 8 February are 13 February, and delay begins on the 14th", () => {
  const events = [
    extended("2024-01-20", "P10D", { id: "first" }),
    extended("2024-01-20", "P5D"),
    { on: "2024-01-25", type: "corrected", event: "first", void: true, because: "of another matter" },
  ];
  const all = sentences(MONTH, "2024-03-20", ...events);
  expect(all.join("\n")).not.toMatch(/18 Feb|23 Feb/);
  expect(all).toContain("On Sat 20 Jan 2024 the time to comply was extended: it ends on Tue 13 Feb 2024");
  expect(all).toContain("So the cure period ends on Tue 13 Feb 2024, 24:00");
  expect(all.join("\n")).toContain("The first day of delay is Wed 14 Feb 2024");
});

test("a resumption of which the stay began on another day since is told with the end that stands", () => {
  // Stayed from 1 February 8 days of the month are left; from 4 February 5: resumed on 1 March they end on 8 and on 5 March.
  const events = [
    { on: "2024-02-01", type: "stayed", id: "still" },
    { on: "2024-03-01", type: "resumed" },
    { on: "2024-03-04", type: "corrected", event: "still", set: { on: "2024-02-04" }, because: "misread" },
  ];
  const all = sentences(MONTH, "2024-03-20", ...events);
  expect(all).toContain("On Fri 1 Mar 2024 it was resumed: the time to comply ends on Tue 5 Mar 2024");
  expect(all).toContain("So the cure period ends on Tue 5 Mar 2024, 24:00");
});

test("an Irish extension starts no clock: 28 days with Wednesday 30 April 2025 among them end on 27 May, and it runs from the 28th", () => {
  const facts = {
    authority: "DPC",
    decided: "2025-04-28",
    notified: "2025-04-30",
    items: [item({ period: "P28D", rule: "ie-interpretation" })],
  };
  const all = sentences(facts, "2025-06-01", extended("2025-05-10", "P10D"));
  expect(all).toContain("The extension runs from Wed 28 May 2025, and that day is part of it");
  expect(all.filter((text) => text.includes("clock starts"))).toHaveLength(1);
});

test.each([
  ["cure", "The extension runs from the end before it, Wed 10 Jan 2024 at 10:00"],
  ["eu-1182-71", "The end before it is on Wed 10 Jan 2024, 11:00: the hours of the extension are counted from the next full hour"],
])("an extension in hours starts no clock either: 48 of them from Monday 8 January, 10:00, by %s", (rule, told) => {
  const facts = { notified: "2024-01-08T10:00", items: [item({ period: "PT48H", rule })] };
  const all = sentences(facts, "2024-01-20", extended("2024-01-09", "PT24H")).join("\n");
  expect(all).toContain(told);
});
