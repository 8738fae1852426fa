/** JSON as it came over the wire. */
export type Json = Readonly<Record<string, unknown>>;

/** Why Slack would refuse the message, by its error code; undefined where it takes it. Limits: docs.slack.dev/reference/block-kit. */
export function refusalOf(message: {
  readonly text?: string;
  readonly blocks?: readonly Json[];
  readonly metadata?: unknown;
}): string | undefined {
  const blocks = message.blocks ?? [];
  if (blocks.length === 0 && (message.text ?? "") === "") return "no_text";
  if ((message.text ?? "").length > 40_000) return "msg_too_long";
  if (message.metadata !== undefined && !isMetadata(message.metadata)) return "invalid_metadata_format";
  if (blocks.length > 50) return "invalid_blocks";
  // Not documented by Slack, reported by its users: the texts of all blocks together.
  if (textsOf(blocks).join("").length > 13_200) return "msg_blocks_too_long";
  return blocks.every(isBlock) ? undefined : "invalid_blocks";
}

function isMetadata(metadata: unknown): boolean {
  return isJson(metadata) && typeof metadata.event_type === "string" && isJson(metadata.event_payload);
}

function isBlock(block: Json): boolean {
  switch (block.type) {
    case "header":
      return isText(block.text, 150, ["plain_text"]);
    case "section":
      return (
        (block.text !== undefined || block.fields !== undefined) &&
        isOptional(block.text, (text) => isText(text, 3000)) &&
        isFields(block.fields)
      );
    case "context":
      return isListOf(block.elements, 10, (element) => isText(element, 3000));
    case "actions":
      return (
        isListOf(block.elements, 25, isButton) &&
        new Set((block.elements as Json[]).map(({ action_id }) => action_id)).size === (block.elements as Json[]).length
      );
    case "rich_text":
      return isListOf(block.elements, 500, isRichPart);
    default:
      return false;
  }
}

function isFields(fields: unknown): boolean {
  return isOptional(fields, (fields) => isListOf(fields, 10, (field) => isText(field, 2000)));
}

function isButton(button: Json): boolean {
  return (
    button.type === "button" &&
    isText(button.text, 75, ["plain_text"]) &&
    isWords(button.action_id, 255) &&
    isOptional(button.value, (value) => isWords(value, 2000)) &&
    isOptional(button.style, (style) => style === "primary" || style === "danger") &&
    isOptional(button.confirm, (confirm) => isConfirm(confirm as Json))
  );
}

function isConfirm(confirm: Json): boolean {
  return isText(confirm.title, 100, ["plain_text"]) && isText(confirm.text, 300) && isText(confirm.confirm, 30) && isText(confirm.deny, 30);
}

function isRichPart(part: Json): boolean {
  if (part.type === "rich_text_list")
    return (part.style === "bullet" || part.style === "ordered") && isListOf(part.elements, 500, isRichSection);
  return isRichSection(part);
}

function isRichSection(section: Json): boolean {
  return section.type === "rich_text_section" && isListOf(section.elements, 500, isRichElement);
}

function isRichElement(element: Json): boolean {
  if (element.type === "text") return isWords(element.text, 10_000);
  if (element.type === "link") return isWords(element.url, 3_000) && isOptional(element.text, (text) => isWords(text, 10_000));
  return element.type === "user" && /^[UW][A-Z0-9]+$/.test(String(element.user_id));
}

function isText(text: unknown, longest: number, types: readonly string[] = ["plain_text", "mrkdwn"]): boolean {
  return isJson(text) && types.includes(String(text.type)) && isWords(text.text, longest);
}

function isWords(words: unknown, longest: number): boolean {
  return typeof words === "string" && words.length > 0 && words.length <= longest;
}

function isListOf(list: unknown, longest: number, is: (item: Json) => boolean): boolean {
  return Array.isArray(list) && list.length > 0 && list.length <= longest && list.every((item) => isJson(item) && is(item));
}

function isOptional(value: unknown, is: (value: unknown) => boolean): boolean {
  return value === undefined || is(value);
}

function isJson(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textsOf(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsOf);
  if (!isJson(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === "text" && typeof inner === "string" ? [inner] : key === "value" ? [] : textsOf(inner),
  );
}
