import { CURRENCIES } from "../law/currencies.ts";
import type { Action, Block, Card, Span, Text } from "../ports/card.ts";
import type { Language } from "../time/wording.ts";
import { withoutAmounts } from "./amounts.ts";
import { say } from "./say.ts";

/**
 * A card for readers who may not see amounts: what is reckoned is left out where it is put in words, and what somebody typed into an order, a
 * reason or a note where it reads like a sum or a percentage. A number that bears no currency is no sum that anybody could tell from a day.
 */
export function cardWithoutAmounts(language: Language, make: () => Card): Card {
  return withoutAmounts(() => masked(language, make()));
}

/** The card without what reads like a sum or a percentage. What its buttons do stays. */
export function masked(language: Language, card: Card): Card {
  const hidden = withoutAmounts(() => say(language, "money.hidden"));
  const of = (text: string) => text.replace(SUMS, hidden);
  return { ...card, title: of(card.title), blocks: card.blocks.map((block) => maskedBlock(block, of)) };
}

const SIGNS = "[€$£¥₣₹₽₩₪₺₴₦]";
const UNIT = `(?:${SIGNS}|(?:${CURRENCIES.join("|")})(?![A-Za-z])|(?:k|K|M|Md|bn)${SIGNS}|euros?(?![a-z])|dollars?(?![a-z])|pounds?(?![a-z])|livres?(?![a-z]))`;
const SPACE = "[ \\u00a0\\u2009\\u202f]";
const NUMBER = `\\d+(?:(?:${SPACE}|[.,'’])\\d+)*`;
const SCALE = `(?:${SPACE}?(?:millions?|milliards?|billions?|thousand|mille|k|m|bn|Md)(?![A-Za-z])(?:${SPACE}d['’e]${SPACE}?)?)?`;
const SUMS = new RegExp(
  [
    `(?<![A-Za-z])[-−+]?${UNIT}${SPACE}?[-−+]?${NUMBER}${SCALE}`,
    `[-−+]?${NUMBER}${SCALE}${SPACE}?${UNIT}`,
    `${NUMBER}${SPACE}?(?:%|percent|per cent|pour cent)`,
  ].join("|"),
  "g",
);

type Mask = (text: string) => string;

function maskedBlock(block: Block, of: Mask): Block {
  switch (block.kind) {
    case "text": {
      const heads = block.heads === undefined ? {} : { heads: of(block.heads) };
      return { ...block, text: maskedText(block.text, of), ...heads };
    }
    case "note":
      return { ...block, text: maskedText(block.text, of) };
    case "facts":
      return { ...block, facts: block.facts.map(({ label, value }) => ({ label: of(label), value: maskedText(value, of) })) };
    case "rows": {
      const rows = block.rows.map((row) => row.map((cell) => maskedText(cell, of)));
      return { ...block, heading: maskedText(block.heading, of), rows };
    }
    case "chart":
      // A drawing of sums is nothing but sums.
      return { kind: "text", text: [of(block.title)] };
    case "actions":
      return { ...block, actions: block.actions.map((action) => maskedAction(action, of)) };
  }
}

function maskedAction(action: Action, of: Mask): Action {
  return { ...action, label: of(action.label), ...(action.confirm === undefined ? {} : { confirm: of(action.confirm) }) };
}

function maskedText(text: Text, of: Mask): Text {
  return text.map((span): Span => {
    if (typeof span === "string") return of(span);
    if ("bold" in span) return { bold: of(span.bold) };
    if ("link" in span) return { ...span, link: of(span.link) };
    return span;
  });
}
