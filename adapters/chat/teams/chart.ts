import type { CardElementArray } from "@microsoft/teams.cards";
import type { Chart } from "../../../src/ports/card.ts";
import { atEvenDistances } from "../shared/even-distances.ts";
import { writtenChart } from "../shared/written-chart.ts";
import { rowsIn } from "./card-tables.ts";
import { paragraphs } from "./card-words.ts";

/** Of more bars a card of usual width shows neither the days under them nor where one ends. */
const MOST = 8;
/** Fewer would not show how it went. */
const LEAST = 4;
/** So many characters stand under all the bars together, the longest cut short behind the day and the beginning of the month. */
const AXIS_CHARACTERS = 66;
/** Bars without one take turns in the colours of a palette, which would mean something else by each. */
const COLOUR = "categoricalBlue";

type Points = Chart["points"];

/**
 * The chart as Teams draws it, and what it shows in a sentence under it, which is read aloud. Of more points than can be read some are drawn, and
 * all of them stand under the drawing in small print. A client that draws none shows every value in its place; so does every client where a
 * chart would put two values in one place, or none.
 */
export function chartIn(chart: Chart): CardElementArray {
  const { title, summary, unit, points } = chart;
  const heading = paragraphs([title], { weight: "Bolder" });
  const values = rowsIn(writtenChart({ ...chart, summary: "" }).rows);
  const said = paragraphs([summary], { isSubtle: true });
  const drawn = drawnOf(points);
  const isOneEach = new Set(drawn.map(({ label }) => label)).size === drawn.length;
  const isDrawn = points.length > 0 && isOneEach && points.every(({ value }) => Number.isFinite(value));
  if (!isDrawn) return [...heading, ...said, ...values];
  return [
    {
      type: "Chart.VerticalBar",
      title,
      yAxisTitle: unit,
      color: COLOUR,
      data: drawn.map(({ label, value }) => ({ x: label, y: value, color: COLOUR })),
      fallback: { type: "Container", items: [...heading, ...values] },
    },
    ...said,
    ...(drawn.length === points.length ? [] : paragraphs([written(points)], { size: "Small", isSubtle: true })),
  ];
}

/**
 * As many as can be read, by the room that their labels take: the first, the last, the first of the highest, and others at even distances. Of a
 * value that stays as it is, the first and the last of its days say all.
 */
function drawnOf(points: Points): Points {
  const longest = Math.max(1, ...points.map(({ label }) => label.length));
  const most = Math.min(MOST, Math.max(LEAST, Math.floor(AXIS_CHARACTERS / longest)));
  if (points.length <= most) return points;
  const turns = points.filter(({ value }, index) => value !== points[index - 1]?.value || value !== points[index + 1]?.value);
  const highest = turns.reduce((most, point, index) => (point.value > turns[most]!.value ? index : most), 0);
  const spread = (count: number) => [...new Set([...atEvenDistances([...turns.keys()], count), highest])].sort((one, other) => one - other);
  const [chosen] = [most, most - 1].map(spread).filter(({ length }) => length <= most);
  return (chosen ?? []).map((index) => turns[index]!);
}

/** Every value, those that stay as they are from the first day to the last. */
function written(points: Points): string {
  const runs: { readonly from: string; to: string; readonly shown: string }[] = [];
  for (const { label, shown } of points) {
    const last = runs.at(-1);
    if (last?.shown === shown) last.to = label;
    else runs.push({ from: label, to: label, shown });
  }
  return runs.map(({ from, to, shown }) => `${from === to ? from : `${from} … ${to}`}: ${shown}`).join(" · ");
}
