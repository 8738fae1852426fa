import type { types } from "@slack/bolt";
import type { Chart } from "../../../src/ports/card.ts";
import { atEvenDistances } from "../shared/even-distances.ts";
import { CHART } from "./blocks-limits.ts";
import { escapeText } from "./text.ts";

/** As docs.slack.dev/reference/block-kit/blocks/data-visualization-block has it; @slack/types 3.2 does not know it yet. */
export interface Visualization extends types.Block {
  readonly type: "data_visualization";
  readonly title: string;
  readonly chart: {
    readonly type: "area";
    readonly series: readonly { readonly name: string; readonly data: readonly { readonly label: string; readonly value: number }[] }[];
    readonly axis_config: { readonly categories: readonly string[]; readonly y_label: string };
  };
}

/**
 * The chart as Slack draws it by itself; null where Slack would not take it. Of more points than it takes, those at even distances are drawn:
 * all of them stand in the message's text. Its strings are no text objects, and nobody says whether Slack reads & < > in them as its own:
 * one with such a character is not given to it.
 */
export function visualizationOf({ title, unit, points }: Chart): Visualization | null {
  const drawn = atEvenDistances(points, CHART.points);
  const labels = drawn.map(({ label }) => label);
  const isTaken =
    drawn.length > 0 &&
    drawn.every(({ value }) => Number.isFinite(value)) &&
    new Set(labels).size === labels.length &&
    [unit, ...labels].every((label) => isShort(label, CHART.labelCharacters)) &&
    isShort(title, CHART.titleCharacters);
  if (!isTaken) return null;
  const data = drawn.map(({ label, value }) => ({ label, value }));
  return {
    type: "data_visualization",
    title,
    chart: { type: "area", series: [{ name: unit, data }], axis_config: { categories: labels, y_label: unit } },
  };
}

function isShort(words: string, most: number): boolean {
  return words.trim() !== "" && words.length <= most && escapeText(words) === words;
}
