import { createHash } from "node:crypto";
import type { Card } from "../../../src/ports/card.ts";
import type { AdapterState } from "../../../src/ports/chat.ts";
import type { Failure } from "../shared/failure.ts";
import { type Hand, type Laid, lay, type Standing } from "../shared/laying.ts";
import { split } from "../shared/split.ts";
import { bytesOf, LIMITS, messageOf } from "./adaptive-card.ts";
import { withoutThread } from "./address.ts";
import type { Connector, Target } from "./connector.ts";

/** What is to be shown and where; `conversation` with its thread where it has one. */
export interface Placing {
  readonly to: Target;
  readonly card: Card;
  /** The messages that show the card by now. */
  readonly standing?: readonly string[];
  /** Under what it is noted which messages stand, so that the next try goes on from there. */
  readonly note: string;
  readonly as: "post" | "update";
}

/** Makes the messages show the card: replaces, adds and takes back as it takes. Answers the conversation and the ids that then stand. */
export type PlaceCard = (placing: Placing) => Promise<Laid<string>>;

export function placing(connector: Connector, state: AdapterState): PlaceCard {
  return ({ to, card, standing = [], note, as }) => {
    const messages = split(card, LIMITS, bytesOf).map(messageOf);
    const stands: Standing<string> = { where: to.conversation, parts: standing.map((id) => ({ id, content: "" })) };
    const hand = handOf(connector, to.serviceUrl, messages);
    const key = `progress/${createHash("sha256").update(note).digest("base64url")}`;
    return lay({ hand, messages, state, note: key, standing: stands, as });
  };
}

function handOf(connector: Connector, serviceUrl: string, messages: readonly object[]): Hand<string> {
  return {
    async send(conversation, index) {
      const sent = await connector.post({ serviceUrl, conversation }, messages[index]!);
      const channel = withoutThread(conversation);
      if (sent.ok || channel === conversation || !isRefused(sent)) return sent.ok ? { ...sent, where: conversation } : sent;
      // The message that the thread stands under is gone, or its thread is closed: the card is seen in the channel all the same.
      const plain = await connector.post({ serviceUrl, conversation: channel }, messages[index]!);
      return plain.ok ? { ...plain, where: channel } : plain;
    },
    change: (conversation, id, index) => connector.put({ serviceUrl, conversation }, id, messages[index]!),
    remove: (conversation, id) => connector.remove({ serviceUrl, conversation }, id),
  };
}

function isRefused(failure: Failure): boolean {
  return failure.retry === "never";
}
