import type { CardElementArray, ContainerStyle, IAdaptiveCard } from "@microsoft/teams.cards";
import type { Block, Card, CardLimits } from "../../../src/ports/card.ts";
import { plainText } from "../shared/plain.ts";
import { showable } from "../shared/shown.ts";
import { actionsIn, type Surface } from "./card-actions.ts";
import { entitiesIn, withMentionable, withNames } from "./card-mentions.ts";
import { factsIn, rowsIn } from "./card-tables.ts";
import { paragraphs } from "./card-words.ts";
import { chartIn } from "./chart.ts";

/**
 * What one message holds. Teams takes about 100 KB as UTF-16 and refuses more with 413; its documentation advises to stay under 80
 * ("Format your bot messages"). It hides buttons after the sixth in a row. The other numbers are ours: a card of a few screens, and labels as long
 * as the core makes them, so that each is a button.
 */
export const LIMITS: CardLimits = {
  titleCharacters: 250,
  textCharacters: 4_000,
  blocks: 40,
  factsPerBlock: 30,
  actionsPerBlock: 6,
  labelCharacters: 75,
  commandCharacters: 2_000,
  bytes: 76_000,
};

export const ADAPTIVE_CARD = "application/vnd.microsoft.card.adaptive";

export interface Rendering {
  readonly surface?: Surface;
  /** Nobody is called: everybody stands there by name. */
  readonly mentions?: false;
}

/**
 * The card as a message activity. Never text beside it: Teams would show two messages, and the card could not be updated. The summary is what a
 * notification and a screen reader have of it: the whole content, or the sentence of a discreet card that names nothing.
 */
export function messageOf(card: Card, rendering: Rendering = {}): object {
  return {
    type: "message",
    summary: announced(showable(card)),
    attachments: [{ contentType: ADAPTIVE_CARD, content: adaptiveCard(card, rendering) }],
  };
}

function announced(card: Card): string {
  return card.discreet ?? plainText(card);
}

/** What the message takes, in the larger of both encodings: it travels as UTF-8, and Teams counts UTF-16. */
export function bytesOf(card: Card): number {
  const json = JSON.stringify(messageOf(card));
  return Math.max(2 * json.length, Buffer.byteLength(json));
}

/** The card in schema 1.5, the newest that Teams renders. */
export function adaptiveCard(given: Card, { surface = "message", mentions }: Rendering = {}): IAdaptiveCard {
  const whole = showable(given);
  const card = surface === "dialog" || mentions === false ? withNames(whole) : withMentionable(whole);
  const body: CardElementArray = [
    { type: "Container", style: STYLES[card.tone], bleed: true, items: paragraphs([{ bold: card.title }], { size: "Medium" }) },
    ...card.blocks.flatMap((block) => elementsOf(block, surface)),
  ];
  const entities = entitiesIn(body, card);
  return {
    $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
    type: "AdaptiveCard",
    version: "1.5",
    fallbackText: announced(card),
    msteams: { width: "full", ...(entities.length === 0 ? {} : { entities }) },
    body,
  };
}

/** Colour is beside the words, never in their place: every card says in words what is urgent. */
const STYLES: Readonly<Record<Card["tone"], ContainerStyle>> = {
  calm: "default",
  soon: "accent",
  urgent: "warning",
  overdue: "attention",
  closed: "good",
};

function elementsOf(block: Block, surface: Surface): CardElementArray {
  switch (block.kind) {
    case "text":
      return paragraphs(block.text);
    case "facts":
      return [...factsIn(block.facts)];
    case "rows":
      return [
        ...paragraphs(block.heading, { weight: "Bolder" }).map((heading) => ({ ...heading, separator: true })),
        ...rowsIn(block.rows),
      ];
    case "note":
      return paragraphs(block.text, { size: "Small", isSubtle: true });
    case "chart":
      return chartIn(block);
    case "actions":
      return block.actions.length === 0 ? [] : [{ type: "ActionSet", actions: actionsIn(block.actions, surface) }];
  }
}
