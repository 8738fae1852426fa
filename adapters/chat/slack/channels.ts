import type { Card, Span } from "../../../src/ports/card.ts";
import type { Place } from "../../../src/ports/chat.ts";
import { readChannel, readTeam } from "./places.ts";
import { escapeText } from "./text.ts";

/** The card in which a place of another workspace, or of another platform, is its reference: nobody here could know it by a name. */
export function withOwnChannels(card: Card, team: string): Card {
  if (!hasChannels(card)) return card;
  return changed(card, (value) => (isPlaced(value) && readTeam(value.place) !== team ? value.place : undefined)) as Card;
}

/** Whether a channel stands in it that is shown by its name. */
export function hasChannels(value: unknown): boolean {
  if (Array.isArray(value)) return value.some(hasChannels);
  if (typeof value !== "object" || value === null) return false;
  return isPlaced(value) ? readChannel(value.place) !== null : Object.values(value).some(hasChannels);
}

/** The card in the words of a text that Slack reads: escaped, but for the channels, of which it says the name. */
export function spoken(card: Card): Card {
  return changed(card, (value) => {
    if (typeof value === "string") return escapeText(value);
    const channel = isPlaced(value) ? readChannel(value.place) : null;
    return channel === null ? undefined : `<#${channel}>`;
  }) as Card;
}

/** The value with every part of it replaced for which something is given. */
function changed(value: unknown, instead: (value: unknown) => unknown): unknown {
  const given = instead(value);
  if (given !== undefined) return given;
  if (Array.isArray(value)) return value.map((one) => changed(one, instead));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, changed(inner, instead)]));
}

function isPlaced(value: unknown): value is Extract<Span, { place: Place }> {
  return typeof value === "object" && value !== null && "place" in value;
}
