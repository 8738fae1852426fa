import { describe, expect, test } from "vitest";
import { fc } from "../support/seeded.ts";
import { compared, written } from "./model/agree.ts";
import { modelOn } from "./model/model.ts";
import { readMatter } from "./model/product.ts";
import { randomMatter } from "./model/random.ts";

const RUNS = 200;
/** A few seconds; more where the machine has other work. */
const PATIENCE = 120_000;

describe("random matters, read as a file is, with histories in which each event made sense", () => {
  // `npm run proof` compares 10,000 and counts what came up.
  test(
    "stand on any day where a count from day to day says that they stand",
    () => {
      fc.assert(
        fc.property(randomMatter, (matter) => {
          const { differences } = compared(matter);
          if (differences.length > 0) throw new Error(written(matter, differences));
        }),
        { numRuns: RUNS },
      );
    },
    PATIENCE,
  );
});

describe("the count from day to day is no echo", () => {
  const ORDER = { ref: "SAN-2023-018", authority: "CNIL", respondent: "Commune de Kourou", kind: "sanction", decided: "2023-12-12" };
  const DPO = { id: "dpo", cure: { period: "P2M", from: "notified", rule: "cure" }, penalty: { rate: "150", per: "day" } };

  function modelled(facts: object, on: string) {
    return modelOn(readMatter({ ...ORDER, notified: "2023-12-18", items: [DPO], ...facts }).filed, on).items[0]!;
  }

  test("it says of Kourou what was published", () => {
    expect(modelled({}, "2024-02-18")).toMatchObject({ state: "curing", expiry: "2024-02-18", units: 0 });
    const window = { on: "2024-07-22", type: "liquidated", from: "2024-02-19", to: "2024-04-04", amount: "6900" };
    expect(modelled({ events: [window] }, "2024-04-04")).toMatchObject({ state: "accruing", units: 46, theoretical: 6900_00n, fixed: 0n });
    expect(modelled({ events: [window, { on: "2024-09-17", type: "complied" }] }, "2024-09-17")).toMatchObject({
      units: 212,
      theoretical: 31_800_00n,
      open: 24_900_00n,
      fixed: 6900_00n,
    });
  });

  test("it says of Apple what was published: completed weeks, and the cap at the end of the tenth", () => {
    const penalty = { rate: "5000000", per: "week", cap: { amount: "50000000" } };
    const items = [{ ...DPO, cure: { until: "2022-01-15", because: "set by the order" }, penalty }];
    const facts = { items, decided: "2021-08-24", notified: "2021-08-24" };
    const sums = ["2022-02-21", "2022-02-28", "2022-03-28", "2022-06-01"].map((on) => modelled(facts, on).theoretical);
    expect(sums).toEqual([25_000_000_00n, 30_000_000_00n, 50_000_000_00n, 50_000_000_00n]);
    expect(modelled(facts, "2022-06-01")).toMatchObject({ state: "capped", capReached: "2022-03-26", units: 10 });
  });

  test("a product that is off by one day is found in every field that hangs on it", () => {
    const { filed } = readMatter({ ...ORDER, notified: "2023-12-18", items: [DPO] });
    const [one, other] = [modelOn(filed, "2024-04-04"), modelOn(filed, "2024-04-05")];
    expect(one.items[0]!.units).toBe(46);
    expect(other.items[0]!.units).toBe(47);
  });
});
