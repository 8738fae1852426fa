import type { Card } from "../../src/ports/card.ts";
import type { ChatAdapter, DeliveryKey, Log, Place, PostRef } from "../../src/ports/chat.ts";

/** Slack's, so that cards are split as they are for people. */
const LIMITS: ChatAdapter["limits"] = {
  titleCharacters: 150,
  textCharacters: 3_000,
  blocks: 50,
  factsPerBlock: 10,
  actionsPerBlock: 25,
  labelCharacters: 75,
  commandCharacters: 2_000,
};

/** A chat adapter that shows a card by that function and answers the reference; places begin with "bench:". */
export function adapterThat(show: (place: Place, card: Card, once: DeliveryKey) => Promise<string>, pace: number): ChatAdapter {
  return {
    name: "bench",
    limits: LIMITS,
    pace,
    inPlace: true,
    start: async () => undefined,
    post: async (place, card, once) => ({ ok: true, posted: `bench:${await show(place, card, once)}` as PostRef }),
    update: async (posted) => ({ ok: true, posted }),
    find: async () => null,
    direct: () => null,
    audience: async () => ({ kind: "internal" }),
    kindOf: async () => "member",
    workspaceOf: () => "bench:all",
    placeOf: () => null,
    connected: () => true,
    stop: async () => undefined,
  };
}

/** Silent while all is well: a warning or an error has no place in a run that counts, and shows on standard error. */
export const loudLog: Log = {
  info: () => undefined,
  warn: (about, text) => console.error(text, about),
  error: (about, text) => console.error(text, about),
};
