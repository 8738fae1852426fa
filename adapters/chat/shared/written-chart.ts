import type { Block, Chart } from "../../../src/ports/card.ts";

/** A chart where nothing is drawn: its title, what it shows, and every value. */
export function writtenChart({ title, summary, points }: Chart): Extract<Block, { kind: "rows" }> {
  const rows = points.map(({ label, shown }) => [[label], [shown]]);
  return { kind: "rows", heading: [title], rows: [...(summary === "" ? [] : [[[summary]]]), ...rows] };
}
