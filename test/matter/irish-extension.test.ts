import { expect, test } from "vitest";
import { given, itemOn } from "../support/given.ts";

/** The first day of an Irish period is one of it: what an extension adds begins on the day after the end, as the next period of a list does. */
test.each([
  // 28 days with Monday 6 January 2025 among them end on Sunday 2 February; 28 more, from Monday on, on Sunday 2 March.
  ["P28D", "P28D", "2025-03-02"],
  // A month from Monday 3 February ends on the day before 3 March.
  ["P28D", "P1M", "2025-03-02"],
  // A month from 6 January ends on 5 February, one from 6 February on 5 March.
  ["P1M", "P1M", "2025-03-05"],
])("%s extended by %s ends as the two in a list", (period, by, end) => {
  const item = { id: "a", cure: { period, rule: "ie-interpretation" }, penalty: { rate: "100", per: "day" } };
  const facts = { authority: "DPC", decided: "2025-01-02", notified: "2025-01-06", items: [item] };
  const matter = given(facts, { on: "2025-01-20", type: "extended", by, because: "x" });
  expect(itemOn(matter, "2025-01-21").expiry).toBe(end);
});
