import { expect, test } from "vitest";
import { findingText } from "../../src/cards/findings.ts";
import { explainItem } from "../../src/matter/why.ts";
import { given, on } from "../support/given.ts";

/** EUR 100 a day from Wednesday 6 March 2024. */
function sentences(...events: readonly object[]): readonly string[] {
  const matter = given({}, ...events);
  return explainItem(matter, on(matter, "2024-05-01"), "a").steps.map((step) => findingText("en", step));
}

function inOrder(all: readonly string[], ...parts: readonly string[]): void {
  const places = parts.map((part) => all.findIndex((text) => text.includes(part)));
  expect(places, all.join("\n")).not.toContain(-1);
  expect(places).toEqual(places.toSorted((one, other) => one - other));
}

const stayed = { on: "2024-03-10", type: "stayed" };
const ENDED = "2 months later: Tue 5 Mar 2024";
const SO_ENDED = "So the cure period ends";

test("a stay that came after the end of the time to comply is not said to have led to it", () => {
  const all = sentences(stayed, { on: "2024-03-20", type: "resumed" });
  inOrder(all, ENDED, "On Sun 10 Mar 2024 a stay began", "On Wed 20 Mar 2024 it was resumed", "The first day of delay");
  expect(all.join()).not.toContain(SO_ENDED);
});

test("an end that no step has told of stands before a stay that came after it", () => {
  const extended = { on: "2024-03-01", type: "extended", until: "2024-03-08" };
  inOrder(
    sentences(extended, stayed),
    "On Fri 1 Mar 2024 the time to comply",
    `${SO_ENDED} on Fri 8 Mar 2024`,
    "On Sun 10 Mar 2024 a stay began",
  );
});

test("a fresh period after it has an end of its own, and the first day of delay is that of the first", () => {
  const all = sentences(stayed, { on: "2024-03-20", type: "resumed", with: "P1M" });
  inOrder(
    all,
    ENDED,
    "resumed with a fresh period",
    "So the fresh period ends on Sat 20 Apr 2024",
    "The first day of delay is Wed 6 Mar 2024",
  );
  expect(all.join()).not.toContain(SO_ENDED);
});

test("an end that was moved stands behind what moved it", () => {
  const late = sentences({ on: "2024-03-20", type: "extended", until: "2024-04-01" });
  inOrder(late, "On Wed 20 Mar 2024", `${SO_ENDED} on Mon 1 Apr 2024`, "The first day of delay is Tue 2 Apr 2024");
  const still = sentences({ on: "2024-02-20", type: "stayed" }, { on: "2024-03-20", type: "resumed" });
  inOrder(still, "On Tue 20 Feb 2024 a stay began", "On Wed 20 Mar 2024 it was resumed", "The first day of delay is Thu 4 Apr 2024");
});
