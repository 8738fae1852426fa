import type { Action, Block, Card, CardLimits, Span, Text } from "../../../src/ports/card.ts";
import { plainText } from "../shared/plain.ts";
import { writtenChart } from "../shared/written-chart.ts";

type Element = Readonly<Record<string, unknown>>;

/**
 * What one message holds. Teams takes about 100 KB as UTF-16 and refuses more with 413; its documentation advises to stay under 80
 * ("Format your bot messages"). It hides buttons after the sixth in a row. The other numbers are ours: a card of a few screens.
 */
export const LIMITS: CardLimits = {
  titleCharacters: 250,
  textCharacters: 4_000,
  blocks: 40,
  factsPerBlock: 30,
  actionsPerBlock: 6,
  labelCharacters: 60,
  commandCharacters: 2_000,
  bytes: 76_000,
};

/** More do not fit a phone; further cells of a row stand below one another in the last. */
const COLUMNS = 3;

/** The card as a message activity. Never text beside it: Teams would show two messages, and the card could not be updated. */
export function messageOf(card: Card): Element {
  return {
    type: "message",
    summary: card.title,
    attachments: [{ contentType: "application/vnd.microsoft.card.adaptive", content: adaptiveCard(card) }],
  };
}

/** What the message takes, in the larger of both encodings: it travels as UTF-8, and Teams counts UTF-16. */
export function bytesOf(card: Card): number {
  const json = JSON.stringify(messageOf(card));
  return Math.max(2 * json.length, Buffer.byteLength(json));
}

/**
 * The card in schema 1.5, the newest that Teams renders. All words are text runs: they are shown as they are, while a
 * TextBlock and a FactSet read Markdown (schema explorer, "TextRun").
 */
export function adaptiveCard(card: Card): Element {
  return {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.5",
    fallbackText: plainText(card),
    msteams: { width: "full" },
    body: [
      { type: "Container", style: STYLES[card.tone], bleed: true, items: paragraphs([{ bold: card.title }], { size: "Medium" }) },
      ...card.blocks.flatMap(elementsOf),
    ],
  };
}

/** Colour is beside the words, never in their place: the tone is in the title too. */
const STYLES: Readonly<Record<Card["tone"], string>> = {
  calm: "default",
  soon: "accent",
  urgent: "warning",
  overdue: "attention",
  closed: "good",
};

function elementsOf(block: Block): readonly Element[] {
  switch (block.kind) {
    case "text":
      return paragraphs(block.text);
    case "facts":
      return block.facts.map((fact) => columns([[{ bold: fact.label }], fact.value]));
    case "rows":
      return [
        ...paragraphs(block.heading, { weight: "Bolder" }).map((heading) => ({ ...heading, separator: true })),
        ...block.rows.map(columns),
      ];
    case "note":
      return paragraphs(block.text, { size: "Small", isSubtle: true });
    case "chart":
      return elementsOf(writtenChart(block));
    case "actions":
      return block.actions.length === 0 ? [] : [{ type: "ActionSet", actions: block.actions.map(button) }];
  }
}

function columns(cells: readonly Text[]): Element {
  const places = [...cells.slice(0, COLUMNS - 1).map((cell) => [cell]), cells.slice(COLUMNS - 1)].filter((place) => place.length > 0);
  return {
    type: "ColumnSet",
    spacing: "Small",
    columns: places.map((place) => ({ type: "Column", width: "stretch", items: place.flatMap((cell) => paragraphs(cell)) })),
  };
}

/** A block of text for each line: a line break within a text run is not shown by every client. */
function paragraphs(text: Text, look: Element = {}): readonly Element[] {
  return linesOf(text)
    .map((line) => line.map((span) => run(span, look)))
    .filter((inlines) => inlines.length > 0)
    .map((inlines, line) => ({ type: "RichTextBlock", ...(line === 0 ? {} : { spacing: "None" }), inlines }));
}

function linesOf(text: Text): readonly Text[] {
  const lines: Span[][] = [[]];
  for (const span of text) {
    for (const [index, words] of wordsOf(span).split("\n").entries()) {
      if (index > 0) lines.push([]);
      if (words !== "") lines.at(-1)!.push(withWords(span, words));
    }
  }
  return lines;
}

function run(span: Span, look: Element): Element {
  const text = { type: "TextRun", text: wordsOf(span), ...look };
  if (typeof span === "string" || "person" in span) return text;
  if ("bold" in span) return { ...text, weight: "Bolder" };
  return isWebAddress(span.href)
    ? { ...text, color: "Accent", underline: true, selectAction: { type: "Action.OpenUrl", url: span.href } }
    : text;
}

/** Action.Execute is answered in place; clients that do not know it send the same command with Action.Submit. */
function button(action: Action): Element {
  const data = { command: action.command };
  const style = action.style === undefined ? {} : { style: action.style === "primary" ? "positive" : "destructive" };
  const execute = {
    type: "Action.Execute",
    title: action.label,
    verb: "command",
    data,
    ...style,
    fallback: { type: "Action.Submit", title: action.label, data, ...style },
  };
  if (action.confirm === undefined) return execute;
  // Schema 1.5 has no question before an action: the button opens the question, and the one under it sends.
  const card = { type: "AdaptiveCard", body: paragraphs([action.confirm]), actions: [execute] };
  return { type: "Action.ShowCard", title: action.label, ...style, card };
}

function isWebAddress(href: string): boolean {
  return URL.canParse(href) && ["https:", "http:", "mailto:"].includes(new URL(href).protocol);
}

function wordsOf(span: Span): string {
  if (typeof span === "string") return span;
  if ("bold" in span) return span.bold;
  return "link" in span ? span.link : span.name;
}

function withWords(span: Span, words: string): Span {
  if (typeof span === "string") return words;
  if ("bold" in span) return { bold: words };
  return "link" in span ? { ...span, link: words } : { ...span, name: words };
}
