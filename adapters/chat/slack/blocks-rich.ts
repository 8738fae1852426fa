import type { types } from "@slack/bolt";
import type { Block, Span, Text } from "../../../src/ports/card.ts";
import type { Place } from "../../../src/ports/chat.ts";
import { readChannel, readPerson } from "./places.ts";
import { escapeText } from "./text.ts";

type RichElement = types.RichTextElement;

/** Rich text says what is bold and what is a link by structure: no character of a text is markup, and none is escaped. */
export function rich(elements: readonly (types.RichTextBlockElement | undefined)[]): types.KnownBlock[] {
  const filled = elements.filter((element) => element !== undefined);
  return filled.length === 0 ? [] : [{ type: "rich_text", elements: filled }];
}

export function section(text: Text): types.RichTextSection | undefined {
  const elements = text.flatMap(richElement);
  return elements.length === 0 ? undefined : { type: "rich_text_section", elements };
}

/** A line a row, its cells beside one another. */
export function list(rows: Extract<Block, { kind: "rows" }>["rows"]): types.RichTextList | undefined {
  const sections = rows
    .map((row) => section(row.flatMap((cell, index): Text => (index > 0 ? [" · ", ...cell] : cell))))
    .filter((row) => row !== undefined);
  return sections.length === 0 ? undefined : { type: "rich_text_list", style: "bullet", elements: sections };
}

export function bold(span: Span): Span {
  return typeof span === "string" ? { bold: span } : span;
}

/** `emoji: false` leaves :words: between colons alone. */
export function plain(text: string): types.PlainTextElement {
  return { type: "plain_text", text: escapeText(text), emoji: false };
}

/** A channel is shown by its name, to whoever may know it; a person's own conversation has none. */
function placeElement(place: Place): RichElement[] {
  const channel = readChannel(place);
  return channel === null ? richElement(place) : [{ type: "channel", channel_id: channel }];
}

function richElement(span: Span): RichElement[] {
  if (typeof span === "string") return span === "" ? [] : [{ type: "text", text: span }];
  if ("bold" in span) return span.bold === "" ? [] : [{ type: "text", text: span.bold, style: { bold: true } }];
  if ("link" in span) return span.link === "" ? [{ type: "link", url: span.href }] : [{ type: "link", url: span.href, text: span.link }];
  if ("place" in span) return placeElement(span.place);
  const user = readPerson(span.person);
  return user === null ? richElement(span.name) : [{ type: "user", user_id: user }];
}
