import { anything, byType, type Check, listOf, oneOf, pattern, shape, truth, wholeNumber, words } from "./shape.ts";

const style = shape({}, { bold: truth, italic: truth, strike: truth, code: truth, underline: truth });
const type = words(40);

/** docs.slack.dev/reference/block-kit/blocks/rich-text-block: what stands in a line. */
const inline: Check = byType({
  text: shape({ type, text: words(10_000) }, { style }),
  link: shape({ type, url: words(3_000) }, { text: words(10_000), unsafe: truth, style }),
  user: shape({ type, user_id: pattern(/^[UW][A-Z0-9]+$/, "a user's id") }, { style }),
  channel: shape({ type, channel_id: pattern(/^[CG][A-Z0-9]+$/, "a channel's id") }, { style }),
  emoji: shape({ type, name: words(255) }, { unicode: anything, style }),
  usergroup: shape({ type, usergroup_id: words(255) }, { style }),
  broadcast: shape({ type, range: oneOf("here", "channel", "everyone") }, { style }),
  date: shape({ type, timestamp: anything, format: words(255) }, { url: words(3_000), fallback: words(3_000), style }),
  color: shape({ type, value: words(20) }),
});

const section = shape({ type, elements: listOf(inline, 500) });
const boxed = shape({ type, elements: listOf(inline, 500) }, { border: wholeNumber(0, 1) });

const part: Check = byType({
  rich_text_section: section,
  rich_text_list: shape(
    { type, style: oneOf("bullet", "ordered"), elements: listOf(byType({ rich_text_section: section }), 500) },
    { indent: wholeNumber(0, 8), offset: wholeNumber(0, 10_000), border: wholeNumber(0, 1) },
  ),
  rich_text_quote: boxed,
  rich_text_preformatted: boxed,
});

export const richText: Check = shape({ type: oneOf("rich_text"), elements: listOf(part, 500) }, { block_id: words(255) });
