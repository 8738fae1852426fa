import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { deskIn, folderOfFile, type Shown } from "../support/cli.ts";
import { filesUnder, ROOT, textOf } from "../support/source.ts";

const FILES = filesUnder("examples").filter((path) => /\.ya?ml$/.test(path));
const MATTERS = FILES.flatMap(
  (path) => (parse(textOf(path)) as { matters: { ref: string; knownThrough?: { day: string } | string; decided?: unknown }[] }).matters,
);
const EUR = (amount: string) => ({ amount, currency: "EUR" });

const desk = deskIn(folderOfFile());
let imported: {
  registered: readonly string[];
  updated: readonly string[];
  unchanged: readonly string[];
  drafts: readonly { ref: string }[];
};

beforeAll(async () => {
  imported = await desk.ask("import", ...FILES.map((path) => join(ROOT, path)));
});

describe("the examples", () => {
  test("are all registered in one call", () => {
    expect(imported.registered).toEqual(MATTERS.map(({ ref }) => ref));
    expect([imported.updated, imported.unchanged]).toEqual([[], []]);
    expect(imported.registered).toEqual(expect.arrayContaining(imported.drafts.map(({ ref }) => ref)));
  });

  test("are unchanged when they are imported again, and the register holds", async () => {
    const before = await desk.ask<{ head: string }>("verify");
    const again = await desk.ask<typeof imported>("import", ...FILES.map((path) => join(ROOT, path)));
    expect(again).toMatchObject({ registered: [], updated: [], unchanged: MATTERS.map(({ ref }) => ref) });
    expect(await desk.ask<object>("verify")).toEqual(before);
  });

  test("no sum of theirs runs on: today's is today's a hundred days ago, or withheld", async () => {
    const { matters } = await desk.ask<{ matters: { ref: string; state: string }[] }>("list");
    expect(matters).toHaveLength(MATTERS.length);
    for (const { ref } of matters.filter(({ state }) => state === "accruing")) {
      const { items } = await desk.ask("show", ref);
      for (const item of items.filter(({ state }) => state === "accruing")) {
        expect(item, ref).toMatchObject({ units: null, theoretical: null });
        expect(item.warnings.map(({ code }) => code)).toContain("known-through-sum");
      }
    }
  });
});

describe("Kourou", () => {
  test.concurrent.each([
    ["2024-02-18", { state: "curing", items: [{ state: "curing", expiry: "2024-02-18", units: 0, theoretical: EUR("0.00") }] }],
    ["2024-02-19", { state: "accruing", items: [{ firstPenaltyDay: "2024-02-19", units: 1, theoretical: EUR("150.00") }] }],
    ["2024-04-04", { state: "accruing", items: [{ units: 46, theoretical: EUR("6900.00"), fixed: EUR("0.00"), open: EUR("6900.00") }] }],
    ["2024-07-22", { items: [{ fixed: EUR("6900.00"), open: EUR("16350.00") }] }],
    [
      "2024-10-01",
      {
        state: "claimed",
        items: [{ units: 212, theoretical: EUR("31800.00"), conditional: true, ifRefused: { units: 226, theoretical: EUR("33900.00") } }],
      },
    ],
    [
      "2024-11-07",
      {
        state: "closed",
        items: [{ units: 212, theoretical: EUR("31800.00"), open: EUR("24900.00"), fixed: EUR("6900.00"), ifRefused: null }],
      },
    ],
  ] as const)("on %s stands where it stood", async (on, expected) => {
    expect(await desk.ask("show", "SAN-2023-018", "--on", on)).toMatchObject(expected);
  });

  test("the answer on 4 April 2024 has every field of the contract, and nothing that is a number but counts", async () => {
    const shown = await desk.ask<Shown>("show", "san 2023 018", "--on", "2024-04-04");
    const none = EUR("0.00");
    expect(shown).toMatchObject({
      ref: "SAN-2023-018",
      authority: "CNIL",
      respondent: "Commune de Kourou",
      on: "2024-04-04",
      through: "2024-04-04",
      state: "accruing",
      fines: [{ id: "fine", amount: EUR("5000.00"), paid: none }],
      totals: [{ currency: "EUR", theoretical: "6900.00", fixed: "0.00", paid: "0.00", fines: "5000.00" }],
      next: null,
      since: [],
      warnings: [],
    });
    expect(shown.items[0]).toMatchObject({
      id: "dpo",
      regime: "liquidated",
      conditional: false,
      ifRefused: null,
      capReached: null,
      paid: none,
      refundDue: none,
      assumptions: [
        expect.objectContaining({ code: "no-roll-inferred-sum", rolled: "2024-02-19", sum: EUR("6750.00"), text: expect.any(String) }),
      ],
      warnings: [],
    });
  });
});

describe("Clearview", () => {
  test("its published window counts 53 days, its published sum 52", async () => {
    const { items } = await desk.ask("show", "SAN-2022-019", "--on", "2023-05-10");
    expect(items[0]).toMatchObject({ units: 143, theoretical: EUR("14300000.00"), fixed: EUR("5200000.00"), open: EUR("9000000.00") });
    expect(items[0]!.warnings).toEqual([expect.objectContaining({ code: "window-mismatch", counted: 53, implied: 52 })]);
    expect(items[0]!.warnings[0]!.text).toMatch(/53.*52/);
  });

  test("what is known ends on 10 May 2023: a day later its sum is withheld, with the reason", async () => {
    const { items, totals } = await desk.ask("show", "SAN-2022-019", "--on", "2023-05-11");
    expect(items[0]).toMatchObject({ state: "accruing", units: null, theoretical: null, open: null, fixed: EUR("5200000.00") });
    expect(items[0]!.warnings).toContainEqual(
      expect.objectContaining({ code: "known-through-sum", day: "2023-05-10", sum: EUR("14300000.00") }),
    );
    expect(totals).toMatchObject([{ theoretical: null }]);
  });

  test("its notice has a clock and no money, and waits for the day of its notification", async () => {
    const { items, totals } = await desk.ask("show", "MED 2021-134", "--on", "2022-10-17");
    expect(items[0]).toMatchObject({
      state: "draft",
      expiry: null,
      earliestExpiry: "2022-01-26",
      missing: ["notified"],
      theoretical: null,
    });
    expect(totals).toMatchObject([{ fines: "0.00" }]);
  });
});
