import { describe, expect, test } from "vitest";
import { adaptiveCard } from "../../adapters/chat/teams/adaptive-card.ts";
import type { Chart } from "../../src/ports/card.ts";
import { cardProblems, readLines } from "../fakes/teams-platform/card-check.ts";

interface Element {
  readonly type: string;
  readonly color?: string;
  readonly data?: readonly { readonly x: string; readonly y: number; readonly color?: string }[];
  readonly fallback?: unknown;
}

function chartOf(values: readonly number[]): Chart {
  const points = values.map((value, index) => ({ label: `day ${index + 1}`, value, shown: `EUR ${value}.00` }));
  return { kind: "chart", title: "What has accrued", summary: "So much in all.", unit: "EUR", points };
}

function shownOf(chart: Chart): { readonly drawn: Element; readonly under: readonly string[] } {
  const card = adaptiveCard({ title: "M-1", tone: "calm", blocks: [chart] });
  expect(cardProblems(card)).toEqual([]);
  const [drawn, ...others] = card.body.slice(1) as readonly unknown[] as readonly Element[];
  return { drawn: drawn!, under: others.flatMap((element) => readLines(element)) };
}

/** It rises, is capped, and is remitted in part. */
const LONG = chartOf(Array.from({ length: 60 }, (_, day) => (day < 23 ? day * 150 : day < 50 ? 3_450 : 3_000)));

describe("a chart of Teams with more points than can be read", () => {
  test("draws eight at most: the first, the last, the first of the highest, and others between in their order", () => {
    const days = shownOf(LONG).drawn.data!.map(({ x }) => Number(x.slice("day ".length)));
    expect(days.length).toBeLessThanOrEqual(8);
    expect(days).toEqual([...new Set(days)].sort((one, other) => one - other));
    expect(days).toEqual(expect.arrayContaining([1, 24, 60]));
    // The rise takes the more bars: of the days on which nothing changes the first and the last say all.
    expect(days.filter((day) => day > 1 && day < 24).length).toBeGreaterThanOrEqual(4);
    expect(days.filter((day) => day > 24 && day < 50)).toEqual([]);
    for (const count of [9, 10, 31])
      for (let highest = 0; highest < count; highest++) {
        const { data } = shownOf(chartOf(Array.from({ length: count }, (_, day) => (day === highest ? 9 : 1)))).drawn;
        expect([data!.length <= 8, data![0]!.x, data!.at(-1)!.x]).toEqual([true, "day 1", `day ${count}`]);
        expect(Math.max(...data!.map(({ y }) => y))).toBe(9);
      }
  });

  test("has every value under the drawing, and for a client that draws none", () => {
    const { drawn, under } = shownOf(LONG);
    const rising = LONG.points.slice(0, 23).map(({ label, shown }) => `${label}: ${shown}`);
    const written = [...rising, "day 24 … day 50: EUR 3450.00", "day 51 … day 60: EUR 3000.00"].join(" · ");
    expect(under).toEqual(["So much in all.", written]);
    expect(readLines(drawn.fallback)).toEqual(["What has accrued", ...LONG.points.flatMap(({ label, shown }) => [label, shown])]);
  });

  test("has no more than its summary under a drawing that shows all of them", () => {
    const { drawn, under } = shownOf(chartOf([1, 2, 3, 4, 5, 6, 7, 8]));
    expect([drawn.data!.length, under]).toEqual([8, ["So much in all."]]);
  });

  test("draws fewer where their days take more room under the bars, and never fewer than four", () => {
    for (const [before, most] of [
      ["", 8],
      ["in the year ", 4],
      ["of a label that nobody can read under a bar ", 4],
    ] as const) {
      const points = LONG.points.map((point) => ({ ...point, label: `${before}${point.label}` }));
      const drawn = shownOf({ ...LONG, points }).drawn.data!;
      expect([before, drawn.length <= most, drawn.length >= most - 1]).toEqual([before, true, true]);
      expect([drawn[0]!.x, drawn.at(-1)!.x]).toEqual([`${before}day 1`, `${before}day 60`]);
    }
  });

  test("is drawn in one colour", () => {
    const { drawn } = shownOf(LONG);
    expect(new Set([drawn.color, ...drawn.data!.map(({ color }) => color)])).toEqual(new Set(["categoricalBlue"]));
  });
});
