import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { type Meter, run } from "../../src/law/accrual.ts";
import { addDays, type Day, day } from "../../src/time/day.ts";
import { call } from "../support/cli.ts";
import { meter } from "../support/meter.ts";
import { ROOT } from "../support/source.ts";

/** A case of accruals.json; amounts in minor units. Which fields it has is its own affair: a missing one would count NaN. */
interface Case {
  readonly id: string;
  readonly per: string;
  readonly rate: number;
  readonly units: number;
  readonly theoretical: number;
  readonly expiry: string;
  readonly first: string;
  readonly last: string;
  readonly fixed: number;
  readonly cap: number;
  readonly annulled: string;
  readonly publishedWindow: readonly [string, string];
  readonly inclusiveUnits: number;
  readonly fixedUnits: number;
  readonly complyDaysAfterExpiry: number;
  readonly totals: Readonly<Record<string, number>>;
  readonly maxUnits: number;
  readonly lastPossible: string;
}

const { cases } = JSON.parse(readFileSync(new URL("accruals.json", import.meta.url), "utf8")) as { cases: readonly Case[] };

function caseOf(id: string): Case {
  return cases.find((one) => one.id === id)!;
}

const COVERED = ["kourou", "clearview-cnil", "cnil-example", "meta-norway", "microsoft-2008", "apple-acm", "4chan-2025"];

test("every case is counted here", () => {
  expect(cases.map(({ id }) => id)).toEqual(COVERED);
});

/** Each case as a meter, the last day asked for, and what the case says of it. */
const COUNTS: readonly (readonly [string, Meter, Day, { units: number; amount: bigint | null; capReached: Day | null }])[] = [
  count("kourou", (one) => [{}, day(one.expiry), day(one.last), one.units, one.theoretical]),
  count("clearview-cnil", (one) => {
    const [from, to] = one.publishedWindow;
    return [{}, addDays(day(from), -1), day(to), one.inclusiveUnits, one.rate * one.inclusiveUnits];
  }),
  count("cnil-example", (one) => {
    const expiry = day("2024-03-05");
    const complied = addDays(expiry, one.complyDaysAfterExpiry);
    return [{ stop: complied }, expiry, addDays(complied, 100), one.units, one.theoretical];
  }),
  count("meta-norway", (one) => [
    { caps: { until: day(one.last) } },
    before(one.first),
    day(one.last),
    one.units,
    one.theoretical,
    one.last,
  ]),
  count("meta-norway", (one) => [
    { caps: { until: day(one.last) } },
    before(one.first),
    day(one.annulled),
    one.units,
    one.theoretical,
    one.last,
  ]),
  count("microsoft-2008", (one) => [{ rate: null }, before(one.first), day(one.last), one.units, null]),
  ...Object.keys(caseOf("apple-acm").totals).map((through) =>
    count("apple-acm", ({ expiry, cap, totals, rate }) => {
      const sum = totals[through]!;
      const units = sum / rate;
      return [{ caps: { amount: BigInt(cap) } }, day(expiry), day(through), units, sum, units === 10 ? "2022-03-26" : undefined];
    }),
  ),
  count("4chan-2025", (one) => [
    { caps: { units: one.maxUnits } },
    before(one.first),
    day(one.lastPossible),
    one.maxUnits,
    one.cap,
    one.lastPossible,
  ]),
  count("4chan-2025", (one) => [
    { caps: { units: one.maxUnits } },
    before(one.first),
    day("2026-06-01"),
    one.maxUnits,
    one.cap,
    one.lastPossible,
  ]),
];

type Counted = readonly [Parameters<typeof meter>[0], Day, Day, number, number | null, (string | undefined)?];

function count(id: string, of: (one: Case) => Counted): (typeof COUNTS)[number] {
  const one = caseOf(id);
  const [terms, expiry, through, units, amount, capReached] = of(one);
  const made = meter({ expiry, rate: one.rate === undefined ? null : BigInt(one.rate), per: one.per ?? "day", ...terms });
  const expected = {
    units,
    amount: amount === null ? null : BigInt(amount),
    capReached: capReached === undefined ? null : day(capReached),
  };
  return [`${id} through ${through}: ${units} units`, made, through, expected];
}

function before(first: string): Day {
  return addDays(day(first), -1);
}

describe("the law", () => {
  test.each(COUNTS)("%s", (_name, counted, through, expected) => {
    expect(run(counted, through)).toMatchObject(expected);
  });

  test("Clearview: what was fixed is one day less than its published window counts", () => {
    const { fixed, rate, inclusiveUnits, fixedUnits } = caseOf("clearview-cnil");
    expect([fixed / rate, inclusiveUnits]).toEqual([fixedUnits, fixedUnits + 1]);
  });
});

describe("accrue on the command line", () => {
  const euros = ["--currency", "EUR"];
  const daily = (rate: string, after: string, through: string, ...more: string[]) =>
    ["accrue", "--rate", rate, "--per", "day", "--after", after, "--through", through, ...more] as const;
  const apple = (through: string) =>
    [
      "accrue",
      "--rate",
      "5000000",
      "--per",
      "week",
      "--after",
      "2022-01-15",
      "--through",
      through,
      ...euros,
      "--cap-amount",
      "50000000",
    ] as const;

  test.concurrent.each([
    ["kourou", daily("150", "2024-02-18", "2024-04-04", ...euros), 46, "6900.00", null],
    [
      "meta-norway",
      daily("1000000", "2023-08-13", "2024-06-18", "--currency", "NOK", "--until", "2023-11-03"),
      82,
      "82000000.00",
      "2023-11-03",
    ],
    ["microsoft-2008, at a rate of one cent", daily("0.01", "2006-06-20", "2007-10-21", ...euros), 488, "4.88", null],
    ["apple-acm in February", apple("2022-02-28"), 6, "30000000.00", null],
    ["apple-acm in June", apple("2022-06-01"), 10, "50000000.00", "2022-03-26"],
    ["4chan-2025", daily("100", "2025-10-13", "2026-01-01", "--currency", "GBP", "--cap-units", "60"), 60, "6000.00", "2025-12-12"],
  ])("%s", async (_name, words, units, amount, capReached) => {
    const { status, out, err } = await call([...words, "--json"], ROOT);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    const currency = words[words.indexOf("--currency") + 1];
    expect(JSON.parse(out)).toEqual({ units, theoretical: { amount, currency }, capReached, steps: expect.any(Array) });
  });
});
