import type { CardLimits } from "../../../src/ports/card.ts";

/**
 * What one message of Slack holds. docs.slack.dev/reference/block-kit: 50 blocks of which the header is one, header 150, text 3,000, 25 actions
 * of 75 and 2,000 characters. `bytes` is the room that `weightOfBlock` measures: Slack refuses blocks whose characters come to more than some
 * 13,200 together, escaped and with about 125 for each block (msg_blocks_too_long, slackapi/bolt-js#2509: 13,297 with one block, 13,172 with a
 * divider more). It is documented nowhere, so some of it is left.
 */
export const SLACK_LIMITS: CardLimits = {
  titleCharacters: 150,
  textCharacters: 2_900,
  blocks: 49,
  factsPerBlock: 10,
  actionsPerBlock: 25,
  labelCharacters: 75,
  commandCharacters: 2_000,
  bytes: 12_800,
};

/** What a block takes of that room beside its words. */
export const BLOCK_WEIGHT = 125;

/** Of a list, a section or a table: nobody documents how many, and no list of ours needs more. */
export const LIST_ITEMS = 500;

/** Of a text object (docs.slack.dev/reference/block-kit/composition-objects/text-object). */
export const TEXT_CHARACTERS = 3_000;

/** Of a confirmation dialog: its text, the words of its buttons. */
export const CONFIRM_CHARACTERS = 300;
export const CONFIRM_BUTTON_CHARACTERS = 30;

/** docs.slack.dev/reference/block-kit/blocks/table-block; one a message, 10,000 characters in all its cells. */
export const TABLE = { rows: 100, characters: 10_000, perMessage: 1 } as const;

/**
 * docs.slack.dev/reference/block-kit/blocks/data-visualization-block; that a message takes two was found by vercel/chat#696. Messages and Home
 * take it, modals do not.
 */
export const CHART = { titleCharacters: 50, points: 20, labelCharacters: 20, perMessage: 2 } as const;

/** docs.slack.dev/reference/block-kit/blocks/image-block. */
export const IMAGE_CHARACTERS = 2_000;

/** chat.update refuses a longer `text` (msg_too_long); characters by its page, bytes of UTF-8 by measurement. */
export const UPDATE_TEXT_BYTES = 4_000;
