import type { types } from "@slack/bolt";
import type { Block, Card, Chart, Text } from "../../../src/ports/card.ts";
import { cutBlock } from "../shared/blocks.ts";
import { plainSpans } from "../shared/plain.ts";
import { showable } from "../shared/shown.ts";
import { cutText } from "../shared/text.ts";
import { writtenChart } from "../shared/written-chart.ts";
import { actionsOf, withRoomForActions } from "./blocks-actions.ts";
import { CHART, IMAGE_CHARACTERS, SLACK_LIMITS, TABLE, TEXT_CHARACTERS } from "./blocks-limits.ts";
import { bold, list, plain, rich, section } from "./blocks-rich.ts";
import { visualizationOf } from "./chart.ts";
import { tableOf } from "./tables.ts";
import { escapeText } from "./text.ts";

/**
 * In which blocks a card is said. The tone has none: `alert` is for modals alone (docs.slack.dev/reference/block-kit/blocks, "Surfaces"), and
 * the words of every card say what is urgent.
 */
export interface BlockForm {
  readonly tables: boolean;
  /** Drawn by Slack; as the pictures of these files, by the charts' place among the card's charts; or every value as a row. */
  readonly charts: "drawn" | "written" | readonly (string | null)[];
}

/** Everything that a message can hold. */
export const NEWEST: BlockForm = { tables: true, charts: "drawn" };
/** What every workspace and every surface takes. */
export const CLASSIC: BlockForm = { tables: false, charts: "written" };

/** The blocks of a card that fits one message, its title first. */
export function blocksIn({ title, blocks }: Card, form: BlockForm): types.AnyBlock[] {
  const left = { tables: form.tables ? TABLE.perMessage : 0, charts: form.charts === "drawn" ? CHART.perMessage : 0 };
  let charts = 0;
  const said = blocks.flatMap((block): types.AnyBlock[] => {
    if (block.kind === "chart") {
      const picture = typeof form.charts === "string" ? null : (form.charts[charts] ?? null);
      charts += 1;
      const drawing = left.charts > 0 ? visualizationOf(block) : null;
      if (drawing !== null) left.charts -= 1;
      return drawing !== null ? [drawing, ...note([block.summary])] : picture !== null ? pictureOf(block, picture) : written(block);
    }
    const table = block.kind === "rows" && left.tables > 0 ? tableOf(block.rows) : null;
    if (block.kind !== "rows" || table === null) return classicBlock(block);
    left.tables -= 1;
    return [...rich([section(block.heading.map(bold))]), table];
  });
  return [...headerOf(title), ...said];
}

/**
 * A card as blocks of that surface, whole, in order. On a view (Home, a modal) they are of the kinds that every view takes, charts written out,
 * texts cut to what a block holds: how many blocks there are is for the caller to count, since a view has no second message. On a message
 * nothing is cut to fit one: that is what messagesOf is for.
 */
export function blocksOf(card: Card, surface: "message" | "view"): types.KnownBlock[] {
  const said = showable(card);
  const blocks = said.blocks.flatMap(withRoomForActions);
  if (surface === "message") return blocksIn({ ...said, blocks }, NEWEST) as types.KnownBlock[];
  const pieces = blocks
    .map((block) => (block.kind === "chart" ? writtenChart(block) : block))
    .flatMap((block) => cutBlock(block, SLACK_LIMITS).map((piece) => piece.block));
  return blocksIn({ ...said, blocks: pieces }, CLASSIC) as types.KnownBlock[];
}

function headerOf(title: string): types.KnownBlock[] {
  if (title.trim() === "") return [];
  if (escapeText(title).length <= SLACK_LIMITS.titleCharacters) return [{ type: "header", text: plain(title) }];
  return cutText([title], SLACK_LIMITS.textCharacters).flatMap((text) => rich([section(text.map(bold))]));
}

function classicBlock(block: Exclude<Block, Chart>): types.KnownBlock[] {
  switch (block.kind) {
    case "text":
      return rich([section(block.text)]);
    case "facts":
      return rich([
        section(block.facts.flatMap((fact, index): Text => [...(index > 0 ? ["\n"] : []), { bold: fact.label }, ": ", ...fact.value])),
      ]);
    case "rows":
      return rich([section(block.heading.map(bold)), list(block.rows)]);
    case "note":
      return note(block.text);
    case "actions":
      return actionsOf(block.actions);
  }
}

function written(chart: Chart): types.KnownBlock[] {
  return classicBlock(writtenChart(chart));
}

/** Whoever does not see the picture is told the summary, which stands under it as well. */
function pictureOf({ title, summary }: Chart, id: string): types.KnownBlock[] {
  const alt_text = (summary || title || "—").slice(0, IMAGE_CHARACTERS).toWellFormed();
  const isHeading = title.trim() !== "" && escapeText(title).length <= IMAGE_CHARACTERS;
  const image: types.KnownBlock = { type: "image", slack_file: { id }, alt_text, ...(isHeading ? { title: plain(title) } : {}) };
  return [...(isHeading ? [] : rich([section([{ bold: title }])])), image, ...note([summary])];
}

/** Small print; with a link or a place in it, which plain_text cannot hold, it is ordinary text. */
function note(text: Text): types.KnownBlock[] {
  if (text.some((span) => typeof span !== "string" && ("link" in span || "place" in span))) return rich([section(text)]);
  const words = plainSpans(text);
  if (escapeText(words).length > TEXT_CHARACTERS) return rich([section(text)]);
  return words.trim() === "" ? [] : [{ type: "context", elements: [plain(words)] }];
}
