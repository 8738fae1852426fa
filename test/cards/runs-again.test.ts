import { expect, test } from "vitest";
import { stateLine } from "../../src/cards/act-line.ts";
import { standingNow } from "../../src/matter/standing.ts";
import { day } from "../../src/time/day.ts";
import { given, orderWith } from "../support/given.ts";

const stayed = (on: string) => ({ on, type: "stayed" });
const resumed = (on: string, more: object = {}) => ({ on, type: "resumed", ...more });

/** Since when the penalty of an order that ran first on 6 March 2024 is said to run, in English and French. */
function since(events: readonly object[], on = "2024-06-01", facts: object = {}): readonly string[] {
  const standing = standingNow(given(facts, ...events), day(on));
  return (["en", "fr"] as const).map((language) => stateLine(language, standing, standing.items[0]!).replace(/[\u00a0\u202f]/g, " "));
}

const ALWAYS = ["The penalty has been running since Wed 6 Mar 2024", "L’astreinte court depuis le mer. 6 mars 2024"];
const AGAIN = [
  "The penalty first ran on Wed 6 Mar 2024; at its present rate it has run without a break since Wed 1 May 2024",
  "L’astreinte a couru pour la première fois le mer. 6 mars 2024 ; à son taux actuel, elle court sans interruption depuis le mer. 1er mai 2024",
];

test("a penalty that never stood still has been running since its first day", () => {
  expect(since([])).toEqual(ALWAYS);
  expect(since([stayed("2024-02-01"), resumed("2024-02-11")])[0]).toBe("The penalty has been running since Sat 16 Mar 2024");
  expect(since([stayed("2024-03-06"), resumed("2024-04-01")])[0]).toBe("The penalty has been running since Mon 1 Apr 2024");
});

test("one that stood still since has run without a break only since the last stay was over", () => {
  expect(since([stayed("2024-04-01"), resumed("2024-05-01")])).toEqual(AGAIN);
  const twice = [stayed("2024-03-20"), resumed("2024-03-25"), stayed("2024-04-20"), resumed("2024-05-01")];
  expect(since(twice)).toEqual(AGAIN);
  expect(since(twice, "2024-04-10")[0]).toContain(
    "first ran on Wed 6 Mar 2024; at its present rate it has run without a break since Mon 25 Mar",
  );
});

test("one that ran before a fresh period and stood still after it names its very first day", () => {
  const fresh = [stayed("2024-04-01"), resumed("2024-05-01", { with: "P10D" })];
  expect(since(fresh)[0]).toBe("The penalty has been running since Sun 12 May 2024");
  expect(since([...fresh, stayed("2024-05-20"), resumed("2024-05-25")])[0]).toBe(
    "The penalty first ran on Wed 6 Mar 2024; at its present rate it has run without a break since Sat 25 May 2024",
  );
});

test("what a rate or a calendar year's cap has parted is said as plainly", () => {
  expect(since([{ on: "2024-05-01", type: "rate-changed", rate: "50" }])).toEqual(AGAIN);
  const capped = orderWith({ penalty: { rate: "100", per: "day", cap: { perYear: "5000" } } });
  expect(since([], "2025-01-10", capped)[0]).toContain("it has run without a break since Wed 1 Jan 2025");
});
