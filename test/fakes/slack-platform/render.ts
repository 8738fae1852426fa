import type { Json } from "./check.ts";

/** What Slack shows of a message, as plain text: its blocks where it has some, its text otherwise. */
export function render(message: { readonly text?: string; readonly blocks?: readonly Json[]; readonly mrkdwn?: boolean }): string {
  const blocks = message.blocks ?? [];
  if (blocks.length > 0) return blocks.map(renderBlock).join("\n");
  return message.mrkdwn === false ? references(message.text ?? "") : mrkdwn(message.text ?? "");
}

function renderBlock(block: Json): string {
  switch (block.type) {
    case "section":
      return [block.text, ...((block.fields as readonly unknown[] | undefined) ?? [])]
        .filter((text) => text !== undefined)
        .map(renderText)
        .join("\n");
    case "header":
      return renderText(block.text);
    case "context":
      return (block.elements as readonly unknown[]).map(renderText).join(" ");
    case "actions":
      return (block.elements as readonly Json[]).map((button) => `[${renderText(button.text)}]`).join(" ");
    case "rich_text":
      return (block.elements as readonly Json[]).map(renderRichPart).join("\n");
    default:
      throw new Error(`a block that Slack does not know: ${String(block.type)}`);
  }
}

/** Rich text is structure: none of its characters is read as markup or as an entity. */
function renderRichPart(part: Json): string {
  if (part.type === "rich_text_list") return (part.elements as readonly Json[]).map((item) => `• ${renderRichPart(item)}`).join("\n");
  return (part.elements as readonly Json[]).map(renderRichElement).join("");
}

function renderRichElement(element: Json): string {
  if (element.type === "user") return `@${String(element.user_id)}`;
  return String(element.text ?? element.url);
}

/** A text object: plain_text is not formatted, but references and entities are read in it too. */
function renderText(text: unknown): string {
  const { type, text: words, emoji } = text as { readonly type: string; readonly text: string; readonly emoji?: boolean };
  if (type === "mrkdwn") return mrkdwn(words);
  return references(emoji === false ? words : withEmoji(words));
}

/** Slack's markup carried out, so that a text that was meant literally shows what became of it. */
function mrkdwn(words: string): string {
  return references(withEmoji(words).replaceAll(/(^|\s)([*_~`])(\S(?:.*?\S)?)\2(?=\s|$)/g, "$1$3"));
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
