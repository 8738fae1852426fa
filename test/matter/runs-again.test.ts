import { expect, test } from "vitest";
import { utteranceCard } from "../../src/cards/utterance-card.ts";
import { standingNow } from "../../src/matter/standing.ts";
import { day } from "../../src/time/day.ts";
import { reminderOn } from "../cards/said.ts";
import { given, ORDER } from "../support/given.ts";

/** EUR 100 a day from 6 March 2024 on: 2,000 are full on 25 March. */
const order = (penalty: object) => ({
  items: [{ ...ORDER.items[0], penalty: { rate: "100", per: "day", cap: { perYear: "2000" }, ...penalty } }],
});

function again(facts: object, on: string, ...events: readonly object[]) {
  const [item] = standingNow(given(facts, ...events), day(on)).items;
  return { state: item!.state, capReached: item!.capReached, again: item!.runsAgain };
}

test("what a calendar year's cap has stopped runs again with the next year", () => {
  expect(again(order({}), "2024-03-27")).toEqual({ state: "capped", capReached: "2024-03-25", again: "2025-01-01" });
  const violations = order({ per: "violation" });
  const some = { on: "2024-03-10", type: "violation", count: 30 };
  expect(again(violations, "2024-03-27", some)).toMatchObject({ state: "capped", again: "2025-01-01" });
});

test.each([
  ["lapsed", "lapsed"],
  ["withdrawn", "withdrawn"],
  ["complied", "claimed"],
])("an order that was %s does not run again", (type, state) => {
  const ended = again(order({}), "2024-03-27", { on: "2024-03-26", type });
  expect(ended).toMatchObject({ state, capReached: "2024-03-25" });
  expect(ended.again).toBeUndefined();
});

test("what runs once does not run again, in that year and in the next", () => {
  const once = order({ per: "once", rate: "5000", cap: { perYear: "3000" } });
  expect(again(once, "2024-03-27")).toEqual({ state: "capped", capReached: "2024-03-06", again: undefined });
  const standing = standingNow(given(once), day("2025-01-02"));
  const utterance = { ...reminderOn("2025-01-02"), kind: "cap-reached", stage: null, reason: "cap-reached", deadline: null } as const;
  const card = utteranceCard("en", { ...utterance, standing, item: standing.items[0]!, capOfYear: day("2024-12-31") });
  expect(JSON.stringify(card)).toContain("The cap of 2024 was reached");
  expect(JSON.stringify(card)).not.toContain("days count again");
});

test("nor does what adds nothing more: another cap is full too, or the rate has fallen to nothing", () => {
  const set = { on: "2024-03-26", type: "overridden", what: "units", value: 20, because: "counted again" };
  expect(again(order({ cap: { perYear: "2000", amount: "2000" } }), "2024-03-28", set).again).toBeUndefined();
  expect(again(order({ steps: [{ from: "2024-12-01", rate: "0" }] }), "2024-03-27").again).toBeUndefined();
});
