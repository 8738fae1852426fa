import type { types } from "@slack/bolt";
import type { Action, Block, Card, CardLimits, Span, Text } from "../../../src/ports/card.ts";
import { plainSpans, plainText } from "../shared/plain.ts";
import { split } from "../shared/split.ts";
import { cutText } from "../shared/text.ts";
import { readPerson } from "./places.ts";
import { escapeText, unescapeText, writeValue } from "./text.ts";

/** One message: blocks for the eye, and the whole of it as text, which is all that a screen reader reads out. */
export interface SlackMessage {
  readonly text: string;
  readonly blocks: types.KnownBlock[];
}

/**
 * docs.slack.dev/reference/block-kit: 50 blocks of which the header is one, header 150, text 3,000, 25 actions of 75 and 2,000 characters.
 * `bytes`: Slack refuses blocks whose texts exceed some 13,200 characters together (msg_blocks_too_long).
 */
export const SLACK_LIMITS: CardLimits = {
  titleCharacters: 150,
  textCharacters: 2_900,
  blocks: 49,
  factsPerBlock: 10,
  actionsPerBlock: 25,
  labelCharacters: 75,
  commandCharacters: 2_000,
  bytes: 12_000,
};

/** The text of a confirmation dialog. */
const CONFIRM_CHARACTERS = 300;

type RichElement = types.RichTextElement;

/** The card in as many messages as it takes, in order. */
export function messagesOf(card: Card): readonly SlackMessage[] {
  return split({ ...card, blocks: card.blocks.flatMap(withRoomForActions) }, SLACK_LIMITS).map((part) => ({
    text: escapeText(plainText(part)) || "—",
    blocks: [...header(part.title), ...part.blocks.flatMap(blockOf)],
  }));
}

/**
 * The same message in the oldest of blocks, for where Slack refuses the others: its whole text as plain_text. Pieces of 600 characters stay
 * within a section's 3,000 however much of them is escaped.
 */
export function classicOf(message: SlackMessage): SlackMessage {
  const pieces = cutText([unescapeText(message.text)], 600).map(plainSpans);
  return { text: message.text, blocks: pieces.map((piece) => ({ type: "section", text: plain(piece) })) };
}

/** A button whose escaped words would be too long is written out, and a long confirmation stands above the button instead of in its dialog. */
function withRoomForActions(block: Block): readonly Block[] {
  if (block.kind !== "actions") return [block];
  const writtenOut = block.actions.flatMap((action): readonly Block[] => {
    if (!isButton(action)) return [{ kind: "text", text: [{ bold: action.label }, ` ${action.command}`] }];
    return action.confirm === undefined || isDialog(action.confirm) ? [] : [{ kind: "note", text: [action.confirm] }];
  });
  return [...writtenOut, { kind: "actions", actions: block.actions.filter(isButton) }];
}

function isButton(action: Action): boolean {
  const { labelCharacters, commandCharacters } = SLACK_LIMITS;
  return escapeText(action.label).length <= labelCharacters && writeValue(action.command).length <= commandCharacters;
}

function isDialog(confirm: string): boolean {
  return escapeText(confirm).length <= CONFIRM_CHARACTERS;
}

function header(title: string): types.KnownBlock[] {
  if (title.trim() === "") return [];
  const escaped = escapeText(title);
  return escaped.length <= SLACK_LIMITS.titleCharacters ? [{ type: "header", text: plain(title) }] : rich([section([{ bold: title }])]);
}

function blockOf(block: Block): types.KnownBlock[] {
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
      return block.actions.length === 0 ? [] : [{ type: "actions", elements: block.actions.map(button) }];
  }
}

/** Small print; with a link in it, which plain_text cannot hold, it is ordinary text. */
function note(text: Text): types.KnownBlock[] {
  if (text.some((span) => typeof span !== "string" && "link" in span)) return rich([section(text)]);
  const words = plainSpans(text);
  if (escapeText(words).length > 3_000) return rich([section(text)]);
  return words.trim() === "" ? [] : [{ type: "context", elements: [plain(words)] }];
}

/** Rich text says what is bold and what is a link by structure: no character of a text is markup, and none is escaped. */
function rich(elements: readonly (types.RichTextBlockElement | undefined)[]): types.KnownBlock[] {
  const filled = elements.filter((element) => element !== undefined);
  return filled.length === 0 ? [] : [{ type: "rich_text", elements: filled }];
}

function section(text: Text): types.RichTextSection | undefined {
  const elements = text.flatMap(richElement);
  return elements.length === 0 ? undefined : { type: "rich_text_section", elements };
}

function list(rows: Extract<Block, { kind: "rows" }>["rows"]): types.RichTextList | undefined {
  const sections = rows
    .map((row) => section(row.flatMap((cell, index): Text => (index > 0 ? [" · ", ...cell] : cell))))
    .filter((row) => row !== undefined);
  return sections.length === 0 ? undefined : { type: "rich_text_list", style: "bullet", elements: sections };
}

function richElement(span: Span): RichElement[] {
  if (typeof span === "string") return span === "" ? [] : [{ type: "text", text: span }];
  if ("bold" in span) return span.bold === "" ? [] : [{ type: "text", text: span.bold, style: { bold: true } }];
  if ("link" in span) return span.link === "" ? [{ type: "link", url: span.href }] : [{ type: "link", url: span.href, text: span.link }];
  const user = readPerson(span.person);
  return user === null ? richElement(span.name) : [{ type: "user", user_id: user }];
}

function bold(span: Span): Span {
  return typeof span === "string" ? { bold: span } : span;
}

/** `emoji: false` leaves :words: between colons alone. */
function plain(text: string): types.PlainTextElement {
  return { type: "plain_text", text: escapeText(text), emoji: false };
}

function button(action: Action, index: number): types.Button {
  return {
    type: "button",
    action_id: `command/${index}`,
    text: plain(action.label),
    value: writeValue(action.command),
    ...(action.style === undefined ? {} : { style: action.style }),
    ...(action.confirm === undefined ? {} : { confirm: confirmation(action.label, action.confirm) }),
  };
}

/** Title 100, text 300, buttons 30 characters; what is longer stands elsewhere in the message. */
function confirmation(label: string, confirm: string): types.ConfirmationDialog {
  return {
    title: plain(label),
    text: plain(isDialog(confirm) ? confirm : label),
    confirm: plain(escapeText(label).length <= 30 ? label : "OK"),
    deny: plain("Cancel"),
  };
}
