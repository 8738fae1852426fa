import type { Action, Block, Card, Span, Text } from "../../../src/ports/card.ts";
import { withoutStrayTurns } from "./shown.ts";
import { writtenChart } from "./written-chart.ts";

/** The whole card as lines of text without any markup, for a terminal, a screen reader or a notification. */
export function plainLines(card: Card): readonly string[] {
  const lines = [card.title, ...card.blocks.flatMap(linesOf)].map(withoutStrayTurns);
  return lines.filter((line) => line !== "").flatMap((line) => line.split("\n"));
}

/** The whole card as one text; the lines of plainLines. */
export function plainText(card: Card): string {
  return plainLines(card).join("\n");
}

/** A text without markup; a link shows its address behind its words. */
export function plainSpans(text: Text): string {
  return text.map(plainSpan).join("");
}

function plainSpan(span: Span): string {
  if (typeof span === "string") return span;
  if ("bold" in span) return span.bold;
  if ("person" in span) return span.name;
  if ("place" in span) return span.place;
  return span.link === span.href ? span.href : `${span.link} (${span.href})`;
}

function linesOf(block: Block): readonly string[] {
  switch (block.kind) {
    case "text":
    case "note":
      return [plainSpans(block.text)];
    case "facts":
      return block.facts.map((fact) => `${fact.label}: ${plainSpans(fact.value)}`);
    case "rows":
      return [plainSpans(block.heading), ...block.rows.map((row) => `- ${row.map(plainSpans).join(" · ")}`)];
    case "chart":
      return linesOf(writtenChart(block));
    case "actions":
      return [block.actions.map(plainAction).join(" ")];
  }
}

/** A button is shown as what can be typed in its stead. */
function plainAction(action: Action): string {
  return action.label === action.command ? `[${action.command}]` : `[${action.label}: ${action.command}]`;
}
