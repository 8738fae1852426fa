import type { Chart } from "../../../src/ports/card.ts";

export const CHART_SIZE = { width: 800, height: 400 } as const;

/** Where the values are drawn; above it the title, beneath it the first and the last label. */
const PLOT = { left: 28, right: 772, top: 128, bottom: 336 } as const;

/** Dark on an opaque white: the same in a light and in a dark window. Contrast with white: ink 16:1, line 7:1, quiet 6:1. */
const COLOUR = { paper: "#ffffff", ink: "#1d1c1d", quiet: "#5e5d60", line: "#1a56a6", area: "#d3e2f5", axis: "#b5b4b8" } as const;

/** On a phone the picture is shown at less than half its width. */
const FONT = { title: 28, value: 26, label: 24 } as const;

/** The mean width of a character of DejaVu Sans, as a part of its size; bold ones are wider. */
const WIDTH = 0.6;
const BOLD_WIDTH = 0.69;

/**
 * The chart as SVG: one step a point, since a sum that grows by days stands still in between; the first, the highest and the last value
 * written. A title that is too long is cut: it stands whole beside the picture.
 */
export function svgOf({ title, unit, points }: Chart): string {
  const { width, height } = CHART_SIZE;
  const values = points.map(({ value }) => (Number.isFinite(value) ? value : 0));
  const low = Math.min(0, ...values);
  const high = Math.max(...values, low + Number(values.every((value) => value === low)));
  const x = (index: number) => round(PLOT.left + ((PLOT.right - PLOT.left) * index) / Math.max(1, points.length));
  const y = (value: number) => round(PLOT.bottom - ((PLOT.bottom - PLOT.top) * (value - low)) / (high - low));
  const steps = values.map((value, index) => `L${x(index)} ${y(value)}L${x(index + 1)} ${y(value)}`).join("");
  const [start, end] = [x(0), x(points.length)];
  const line = `M${steps.slice(1)}`;
  const area = `M${start} ${y(0)}${steps}L${end} ${y(0)}Z`;
  const half = (PLOT.right - PLOT.left) / 2;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="DejaVu Sans">`,
    `<rect width="${width}" height="${height}" fill="${COLOUR.paper}"/>`,
    text(PLOT.left, 42, cut(title, width - 2 * PLOT.left, FONT.title * BOLD_WIDTH), { size: FONT.title, isBold: true }),
    `<path d="${area}" fill="${COLOUR.area}"/>`,
    `<path d="M${PLOT.left} ${y(0)}H${PLOT.right}" stroke="${COLOUR.axis}" stroke-width="2"/>`,
    `<path d="${line}" fill="none" stroke="${COLOUR.line}" stroke-width="5" stroke-linejoin="round"/>`,
    `<circle cx="${end}" cy="${y(values.at(-1) ?? 0)}" r="8" fill="${COLOUR.line}"/>`,
    ...said(points, unit, half),
    "</svg>",
  ].join("\n");
}

/** The first and the last value over their ends, their labels under them; the highest, where it is neither, between the title and the plot. */
function said(points: Chart["points"], unit: string, half: number): readonly string[] {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined) return [];
  const highest = points.reduce((most, point) => (point.value > most.value ? point : most), first);
  const value = (words: string) => cut(words, half, FONT.value * WIDTH);
  const label = (words: string) => cut(words, half, FONT.label * WIDTH);
  const isApart = points.length > 1;
  const between = highest.value === first.value || highest.value === last.value ? unit : `${highest.label}: ${highest.shown}`;
  return [
    text(PLOT.left, 84, value(first.shown), { size: FONT.value }),
    ...(isApart ? [text(PLOT.right, 84, value(last.shown), { size: FONT.value, isBold: true, anchor: "end" })] : []),
    text(PLOT.left, 114, cut(between, PLOT.right - PLOT.left, FONT.label * WIDTH), { size: FONT.label, colour: COLOUR.quiet }),
    text(PLOT.left, 374, label(first.label), { size: FONT.label, colour: COLOUR.quiet }),
    ...(isApart ? [text(PLOT.right, 374, label(last.label), { size: FONT.label, colour: COLOUR.quiet, anchor: "end" })] : []),
  ];
}

interface Look {
  readonly size: number;
  readonly isBold?: true;
  readonly colour?: string;
  readonly anchor?: "end";
}

function text(x: number, y: number, words: string, { size, isBold, colour = COLOUR.ink, anchor }: Look): string {
  const weight = isBold ? ' font-weight="bold"' : "";
  const side = anchor === undefined ? "" : ` text-anchor="${anchor}"`;
  return `<text x="${x}" y="${y}" font-size="${size}" fill="${colour}"${weight}${side}>${escapeXml(words)}</text>`;
}

function cut(words: string, room: number, character: number): string {
  const most = Math.floor(room / character);
  const characters = Array.from(words);
  return characters.length <= most ? words : `${characters.slice(0, most - 1).join("")}…`;
}

/** XML has no place for control characters and halves of surrogate pairs, escaped or not. */
function escapeXml(words: string): string {
  const named: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
  return words
    .toWellFormed()
    .replaceAll(/[\p{Cc}\uFFFE\uFFFF]/gu, " ")
    .replaceAll(/[&<>"]/g, (character) => named[character]!);
}

/** Two decimals: what follows differs between machines, and the picture must not. */
function round(number: number): number {
  return Math.round(number * 100) / 100;
}
