import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { calendarOf } from "../../src/law/calendar.ts";
import { authorityOf } from "../../src/law/catalogue.ts";
import { parsePeriod } from "../../src/law/period.ts";
import { ruleOf } from "../../src/law/rules/index.ts";
import { day } from "../../src/time/day.ts";
import { call } from "../support/cli.ts";
import { ROOT } from "../support/source.ts";

interface Vector {
  readonly from: string;
  readonly period: string | readonly string[];
  readonly rule: string;
  readonly authority?: string;
  readonly stickyMonthEnd?: boolean;
  readonly expiry: string;
}

const { vectors } = JSON.parse(readFileSync(new URL("deadlines.json", import.meta.url), "utf8")) as { vectors: readonly Vector[] };
const NAMED = vectors.map(
  (vector) => [`${vector.from} + ${periodsOf(vector).join(", ")} under ${nameOf(vector)} = ${vector.expiry}`, vector] as const,
);

function periodsOf({ period }: Vector): readonly string[] {
  return typeof period === "string" ? [period] : period;
}

function nameOf({ rule, stickyMonthEnd }: Vector): string {
  return stickyMonthEnd === true ? `${rule}, sticky` : rule;
}

test("there are vectors", () => {
  expect(vectors.length).toBeGreaterThanOrEqual(15);
});

describe("the law", () => {
  test.each(NAMED)("%s", (_name, vector) => {
    const { from, rule, authority, stickyMonthEnd = false, expiry } = vector;
    const place = authority === undefined ? null : authorityOf(authority)!;
    const limit = ruleOf(rule)!.limit({
      start: { day: day(from) },
      periods: periodsOf(vector).map((period) => parsePeriod(period)!),
      stickyMonthEnd,
      zone: place?.zone ?? "UTC",
      calendar: calendarOf(place?.calendar ?? null),
    });
    expect(limit).toMatchObject({ expiry });
  });
});

describe("deadline on the command line", () => {
  test.concurrent.each(NAMED)("%s", async (_name, vector) => {
    const { from, rule, authority, stickyMonthEnd, expiry } = vector;
    const periods = periodsOf(vector).flatMap((period) => ["--period", period]);
    const at = authority === undefined ? [] : ["--authority", authority];
    const sticky = stickyMonthEnd === true ? ["--sticky-month-end"] : [];
    const { status, out, err } = await call(["deadline", "--from", from, ...periods, "--rule", rule, ...at, ...sticky, "--json"], ROOT);
    expect({ status, err }).toEqual({ status: 0, err: "" });
    const { steps, ...answer } = JSON.parse(out);
    expect(answer).toEqual({ expiry });
    expect(steps.at(-1)).toMatchObject({ day: expiry, what: expect.any(String), source: expect.any(String) });
  });
});
