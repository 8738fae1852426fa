import { describe, expect, test } from "vitest";
import { explainItem } from "../../src/matter/why.ts";
import { addDays, type Day } from "../../src/time/day.ts";
import { given, itemOn, on } from "../support/given.ts";

const stayed = (day: string) => ({ on: day, type: "stayed" });
const resumed = (day: string, period?: string) => ({ on: day, type: "resumed", ...(period === undefined ? {} : { with: period }) });

/** EUR 100 a day from Wednesday 6 March 2024. Where it stands, and the first day of delay that `why` tells. */
function first(day: string, ...events: readonly object[]) {
  const matter = given({}, ...events);
  const standing = on(matter, day);
  const told = explainItem(matter, standing, "a").steps.find(({ code }) => code === "first-day" || code === "nothing-yet");
  const { firstPenaltyDay, units } = itemOn(matter, day);
  return { firstPenaltyDay, units, told: told?.args.day ?? told?.args.first, runsFrom: standing.items[0]!.runsFrom };
}

describe("the first day of penalty is the first on which it ran, wherever it is told", () => {
  const FRESH = [stayed("2024-04-01"), resumed("2024-05-01", "P10D")];

  test("during a fresh period, and after it", () => {
    const ran = { firstPenaltyDay: "2024-03-06", told: "2024-03-06", units: 26 };
    expect(first("2024-05-05", ...FRESH)).toEqual({ ...ran, runsFrom: "2024-05-12" });
    expect(first("2024-05-14", ...FRESH)).toEqual({ ...ran, units: 29, runsFrom: "2024-05-12" });
    expect(first("2024-05-06", ...FRESH, stayed("2024-05-05"))).toEqual({ ...ran, runsFrom: null });
  });

  test("where a stay or a fresh period has taken the whole of the delay before it", () => {
    const fresh = [stayed("2024-03-06"), resumed("2024-03-20", "P10D")];
    expect(first("2024-03-25", ...fresh)).toMatchObject({ firstPenaltyDay: "2024-03-31", told: "2024-03-31", units: 0 });
    expect(first("2024-04-02", ...fresh)).toMatchObject({ firstPenaltyDay: "2024-03-31", told: "2024-03-31", units: 3 });
    const whole = [stayed("2024-03-06"), resumed("2024-03-20")];
    expect(first("2024-03-21", ...whole)).toMatchObject({ firstPenaltyDay: "2024-03-20", told: "2024-03-20", units: 2 });
    expect(first("2024-03-10", stayed("2024-03-06"))).toMatchObject({ firstPenaltyDay: "2024-03-06", told: "2024-03-06", units: 0 });
  });

  test("has what ran on it, and nothing on the day before", () => {
    for (const [events, day] of [
      [FRESH, "2024-06-01"],
      [[stayed("2024-03-06"), resumed("2024-03-20", "P10D")], "2024-06-01"],
      [[stayed("2024-03-07"), resumed("2024-03-20")], "2024-06-01"],
    ] as const) {
      const matter = given({}, ...events);
      const begins = itemOn(matter, day).firstPenaltyDay as Day;
      expect([itemOn(matter, addDays(begins, -1)).units, itemOn(matter, begins).units]).toEqual([0, 1]);
    }
  });
});
