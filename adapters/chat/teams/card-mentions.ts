import type { IMention } from "@microsoft/teams.cards";
import type { Block, Card, Span, Text } from "../../../src/ports/card.ts";
import { isInert } from "./card-inert.ts";

const OURS = "teams:";

/** The card in which everybody is a mere name who cannot be mentioned: of another platform, or by a name that another one has or that is markup. */
export function withMentionable(card: Card): Card {
  const named = new Map<string, string>();
  return withSpans(card, (span) => {
    if (typeof span === "string" || !("person" in span)) return withoutPlace(span);
    const { person, name } = span;
    const isOther = (named.get(name) ?? person) !== person;
    if (isOther || !person.startsWith(OURS) || name === "" || !isInert(name)) return name;
    named.set(name, person);
    return span;
  });
}

/** The card in which everybody is a mere name: where nobody is to be called. */
export function withNames(card: Card): Card {
  return withSpans(card, (span) => (typeof span !== "string" && "person" in span ? span.name : withoutPlace(span)));
}

/** A place is its reference: Teams mentions people alone. */
function withoutPlace(span: Span): Span {
  return typeof span !== "string" && "place" in span ? span.place : span;
}

/** A mention's words, by which Teams finds its entity. */
export function mentionText(name: string): string {
  return `<at>${name}</at>`;
}

/** The entities of the mentions that stand in the card's elements. */
export function entitiesIn(elements: unknown, card: Card): IMention[] {
  const people = new Map<string, string>();
  withSpans(card, (span) => {
    if (typeof span !== "string" && "person" in span) people.set(span.name, span.person);
    return span;
  });
  if (people.size === 0) return [];
  const texts = [...readTexts(elements)];
  return [...people]
    .filter(([name]) => texts.some((text) => text.includes(mentionText(name))))
    .map(([name, person]) => ({ type: "mention", text: mentionText(name), mentioned: { id: person.slice(OURS.length), name } }));
}

function* readTexts(elements: unknown): Generator<string> {
  if (typeof elements !== "object" || elements === null) return;
  const { type, text } = elements as { readonly type?: unknown; readonly text?: unknown };
  if (type === "TextBlock" && typeof text === "string") yield text;
  for (const child of Object.values(elements)) yield* readTexts(child);
}

function withSpans(card: Card, change: (span: Span) => Span): Card {
  const inText = (text: Text): Text => text.map(change);
  const inBlock = (block: Block): Block => {
    switch (block.kind) {
      case "text":
      case "note":
        return { ...block, text: inText(block.text) };
      case "facts":
        return { ...block, facts: block.facts.map(({ label, value }) => ({ label, value: inText(value) })) };
      case "rows":
        return { ...block, heading: inText(block.heading), rows: block.rows.map((row) => row.map(inText)) };
      case "chart":
      case "actions":
        return block;
    }
  };
  return { ...card, blocks: card.blocks.map(inBlock) };
}
