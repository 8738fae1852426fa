import { isJson, type Json } from "./blocks/shape.ts";

/** What Slack shows of a message, as plain text: its blocks where it has some, its text otherwise. */
export function render(message: { readonly text?: string; readonly blocks?: readonly Json[]; readonly mrkdwn?: boolean }): string {
  const blocks = message.blocks ?? [];
  if (blocks.length > 0) return renderBlocks(blocks);
  return message.mrkdwn === false ? references(message.text ?? "") : mrkdwn(message.text ?? "");
}

/** What a screen reader reads out of a message: its top-level text alone, where it has one (docs.slack.dev, chat.postMessage). */
export function readAloud(message: Parameters<typeof render>[0]): string {
  const { text = "", mrkdwn } = message;
  return text === "" ? render(message) : render({ text, ...(mrkdwn === undefined ? {} : { mrkdwn }) });
}

export function renderBlocks(blocks: readonly Json[]): string {
  return blocks.map(renderBlock).join("\n");
}

/** A modal as plain text: its title, its blocks with what is entered, and its buttons. */
export function renderView(view: Json): string {
  const parts = [view.title, ...(view.blocks as readonly Json[]), view.submit, view.close].filter((part) => part !== undefined);
  return parts.map((part) => (isJson(part) && part.type === "plain_text" ? renderText(part) : renderBlock(part as Json))).join("\n");
}

function renderBlock(block: Json): string {
  switch (block.type) {
    case "section":
      return [block.text, ...((block.fields as readonly unknown[] | undefined) ?? [])]
        .filter((text) => text !== undefined)
        .map(renderText)
        .concat(isJson(block.accessory) ? [renderElement(block.accessory)] : [])
        .join("\n");
    case "header":
    case "alert":
      return renderText(block.text);
    case "divider":
      return "";
    case "image":
      return [...(block.title === undefined ? [] : [renderText(block.title)]), `[image: ${String(block.alt_text)}]`].join("\n");
    case "context":
      return (block.elements as readonly Json[]).map(renderElement).join(" ");
    case "actions":
      return (block.elements as readonly Json[]).map(renderElement).join(" ");
    case "input":
      return (
        [block.label, ...(block.hint === undefined ? [] : [block.hint])].map(renderText).join("\n") + renderElement(block.element as Json)
      );
    case "rich_text":
      return (block.elements as readonly Json[]).map(renderRichPart).join("\n");
    case "table":
      return renderRows(block.rows);
    case "data_table":
      return `${String(block.caption)}\n${renderRows(block.rows)}`;
    case "data_visualization":
      return `${String(block.title)}\n${renderChart(block.chart as Json)}`;
    default:
      throw new Error(`a block that Slack does not know: ${String(block.type)}`);
  }
}

/** Buttons by their label; what can be chosen from by all that is offered. */
function renderElement(element: Json): string {
  if (element.type === "plain_text" || element.type === "mrkdwn") return renderText(element);
  if (element.type === "image") return `[image: ${String(element.alt_text)}]`;
  if (element.type === "button") return `[${renderText(element.text)}]`;
  const options = ((element.options as readonly Json[] | undefined) ?? []).map(({ text }) => renderText(text));
  const words = element.placeholder === undefined ? options : [renderText(element.placeholder), ...options];
  return words.length === 0 ? "" : ` (${words.join(" / ")})`;
}

function renderRows(rows: unknown): string {
  return (rows as readonly (readonly Json[])[]).map((row) => row.map(renderCell).join(" | ")).join("\n");
}

/** A cell of raw text is no markup of any kind. */
function renderCell(cell: Json): string {
  if (cell.type === "rich_text") return renderBlock(cell);
  return String(cell.text ?? cell.value);
}

function renderChart(chart: Json): string {
  const lines = (list: unknown) => (list as readonly Json[]).map(({ label, value }) => `${String(label)}: ${String(value)}`);
  if (chart.type === "pie") return lines(chart.segments).join("\n");
  return (chart.series as readonly Json[]).flatMap(({ name, data }) => [String(name), ...lines(data)]).join("\n");
}

/** Rich text is structure: none of its characters is read as markup or as an entity. */
function renderRichPart(part: Json): string {
  if (part.type === "rich_text_list") return (part.elements as readonly Json[]).map((item) => `• ${renderRichPart(item)}`).join("\n");
  return (part.elements as readonly Json[]).map(renderRichElement).join("");
}

function renderRichElement(element: Json): string {
  if (element.type === "user") return `@${String(element.user_id)}`;
  if (element.type === "broadcast") return `@${String(element.range)}`;
  if (element.type === "channel") return `#${String(element.channel_id)}`;
  if (element.type === "emoji") return "🎉";
  return String(element.text ?? element.url ?? element.usergroup_id ?? element.fallback ?? element.value);
}

/** A text object: plain_text is not formatted, but references and entities are read in it too. */
export function renderText(text: unknown): string {
  const { type, text: words, emoji } = text as { readonly type: string; readonly text: string; readonly emoji?: boolean };
  if (type === "mrkdwn") return mrkdwn(words);
  return references(emoji === false ? words : withEmoji(words));
}

/** Slack's markup carried out, so that a text that was meant literally shows what became of it. An escaped > begins a quotation too. */
function mrkdwn(words: string): string {
  const formatted = withEmoji(words)
    .replaceAll(/```([\s\S]+?)```/g, "$1")
    .replaceAll(/(^|\s)([*_~`])(\S(?:.*?\S)?)\2(?=\s|$)/g, "$1$3")
    .replaceAll(/^(?:&gt;|>) ?/gm, "");
  return references(formatted);
}

function withEmoji(words: string): string {
  return words.replaceAll(/:[a-z_]+:/g, "🎉");
}

function references(words: string): string {
  return words
    .replaceAll(
      /<([@#!])([^|>]+)(?:\|([^>]*))?>/g,
      (_, kind: string, name: string, label?: string) => label ?? (kind === "#" ? "#" : "@") + name,
    )
    .replaceAll(/<([^|>\s]+)(?:\|([^>]*))?>/g, (_, url: string, label?: string) => label ?? url)
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");
}
