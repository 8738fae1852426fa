import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import type { FiledMatter } from "../../src/matter/facts.ts";
import { plain } from "./model/agree.ts";
import { modelOn } from "./model/model.ts";
import { productOn, readMatter } from "./model/product.ts";
import { rare, tally } from "./model/tally.ts";

interface Case {
  readonly matter: FiledMatter;
  readonly answers: readonly { readonly on: string; readonly items: readonly object[]; readonly fines: readonly object[] }[];
}

/** Written by `npm run proof -- --keep`: matters of one seed, and what the model said of them then. */
const FILE = new URL("./model/random-200.cases.json", import.meta.url);
const { cases } = JSON.parse(readFileSync(FILE, "utf8")) as { cases: readonly Case[] };

function plainly(answer: object): unknown {
  return JSON.parse(plain(answer));
}

describe("two hundred kept matters", () => {
  test("stand where they were found to stand", () => {
    for (const { matter: file, answers } of cases) {
      const { matter } = readMatter(file);
      for (const { on, ...kept } of answers) expect(plainly(productOn(matter, on)), on).toEqual(kept);
    }
  });

  test("are answered by the model as they were", () => {
    for (const { matter, answers } of cases) for (const { on, ...kept } of answers) expect(plainly(modelOn(matter, on)), on).toEqual(kept);
  });

  test("hold every kind of event, of rate, of cap and of turn in at least five of a hundred", () => {
    const counted = tally(cases.map(({ matter }) => matter));
    expect(counted.matters).toBe(200);
    expect(rare(counted, 0.05)).toEqual([]);
  });

  test("what hardly came up would be found", () => {
    const plainOnes = cases.map(({ matter }) => ({ ...matter, events: [] }));
    expect(rare(tally(plainOnes), 0.05)).toContain("event stayed: 0 of 200");
  });
});
