import type { CardElementArray } from "@microsoft/teams.cards";
import type { Chart } from "../../../src/ports/card.ts";
import { writtenChart } from "../shared/written-chart.ts";
import { rowsIn } from "./card-tables.ts";
import { paragraphs } from "./card-words.ts";

/**
 * The chart as Teams draws it, and what it shows in a sentence under it, which is read aloud. A client that draws none shows every value in its
 * place; so does every client where a chart would put two values in one place, or none.
 */
export function chartIn(chart: Chart): CardElementArray {
  const { title, summary, unit, points } = chart;
  const heading = paragraphs([title], { weight: "Bolder" });
  const values = rowsIn(writtenChart({ ...chart, summary: "" }).rows);
  const said = paragraphs([summary], { isSubtle: true });
  const isOneEach = new Set(points.map(({ label }) => label)).size === points.length;
  const isDrawn = points.length > 0 && isOneEach && points.every(({ value }) => Number.isFinite(value));
  if (!isDrawn) return [...heading, ...said, ...values];
  return [
    {
      type: "Chart.VerticalBar",
      title,
      yAxisTitle: unit,
      data: points.map(({ label, value }) => ({ x: label, y: value })),
      fallback: { type: "Container", items: [...heading, ...values] },
    },
    ...said,
  ];
}
