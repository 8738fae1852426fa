import type { IRichTextBlock, ITextBlock, ITextRun } from "@microsoft/teams.cards";
import type { Span, Text } from "../../../src/ports/card.ts";
import { wordsOf } from "../shared/text.ts";
import { isInert } from "./card-inert.ts";
import { mentionText } from "./card-mentions.ts";

/** How a line looks beside its words. */
export type Look = Partial<Pick<ITextRun, "size" | "weight" | "isSubtle" | "color">>;

export type Line = IRichTextBlock | ITextBlock;

/**
 * A block for each line: a line break within a text run is not shown by every client. All words are text runs, which show them as they are,
 * while a TextBlock reads Markdown (schema explorer, "TextRun"). Only a TextBlock can mention: a line has one where nothing in it is markup.
 */
export function paragraphs(text: Text, look: Look = {}): Line[] {
  return linesOf(text)
    .filter((line) => line.length > 0)
    .map((line, index) => {
      const spacing = index === 0 ? {} : ({ spacing: "None" } as const);
      const mentioning = mentioningIn(line);
      return mentioning === null
        ? { type: "RichTextBlock", ...spacing, inlines: line.map((span) => run(span, look)) }
        : { type: "TextBlock", wrap: true, ...spacing, ...look, text: mentioning };
    });
}

/** The line with its mentions as a TextBlock takes it; null where it mentions nobody, or has words that could be taken for markup. */
function mentioningIn(line: Text): string | null {
  if (!line.some(isPerson)) return null;
  const [whole, plain] = [line.map(written).join(""), line.map(wordsOf).join("")];
  const isPlain =
    isInert(plain) && line.every((span) => typeof span === "string" || isPerson(span) || ("bold" in span && isInert(span.bold)));
  return isPlain ? whole : null;
}

function written(span: Span): string {
  if (typeof span !== "string" && "person" in span) return mentionText(span.name);
  return typeof span !== "string" && "bold" in span ? `**${span.bold}**` : wordsOf(span);
}

function isPerson(span: Span): boolean {
  return typeof span !== "string" && "person" in span;
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

/** A bare string is a text run too, and takes a third of its bytes. */
function run(span: Span, look: Look): ITextRun | string {
  const words = wordsOf(span);
  const isPlain = typeof span === "string" || "person" in span || "place" in span;
  if (isPlain && Object.keys(look).length === 0) return words;
  const text = { type: "TextRun" as const, text: words, ...look };
  if (isPlain) return text;
  if ("bold" in span) return { ...text, weight: "Bolder" };
  if (!isWebAddress(span.href)) return text;
  return { ...text, color: "Accent", underline: true, selectAction: { type: "Action.OpenUrl", url: span.href } };
}

function isWebAddress(href: string): boolean {
  return URL.canParse(href) && ["https:", "http:", "mailto:"].includes(new URL(href).protocol);
}

function withWords(span: Span, words: string): Span {
  if (typeof span === "string") return words;
  if ("bold" in span) return { bold: words };
  if ("place" in span) return words;
  return "link" in span ? { ...span, link: words } : { ...span, name: words };
}
