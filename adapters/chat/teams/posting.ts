import { createHash } from "node:crypto";
import type { Card } from "../../../src/ports/card.ts";
import type { AdapterState, MayGoOn } from "../../../src/ports/chat.ts";
import { inPortions, unhurried } from "../../../src/time/unhurried.ts";
import { type Hand, type Laid, lay, type Standing } from "../shared/laying.ts";
import { splitUnhurried } from "../shared/split.ts";
import { bytesOf, LIMITS, messageOf } from "./adaptive-card.ts";
import { withoutThread } from "./address.ts";
import type { Connector, Sent, Target } from "./connector.ts";
import type { Told } from "./refusals.ts";

/** What is to be shown and where; `conversation` with its thread where it has one. */
export interface Placing {
  readonly to: Target;
  readonly card: Card;
  /** The messages that show the card by now. */
  readonly standing?: readonly string[];
  /** Under what it is noted which messages stand, so that the next try goes on from there. */
  readonly note: string;
  readonly as: "post" | "update";
  /** The slash command that it answers, which Teams then shows above it. */
  readonly answers?: string;
  readonly mayGoOn?: MayGoOn | undefined;
  /** Told of each message that is sent or changed, counted from 0, of how many: those before it stand. */
  readonly tries?: (index: number, of: number) => void;
}

/** Makes the messages show the card: replaces, adds and takes back as it takes. Answers the conversation and the ids that then stand. */
export type PlaceCard = (placing: Placing) => Promise<Laid<string>>;

/** Teams says 413 to less than it documents where a proxy in between counts otherwise: the card is then said in smaller messages. */
const SMALLER: readonly number[] = [1, 2, 4];

export function placing(connector: Connector, state: AdapterState): PlaceCard {
  return async ({ to, card, standing = [], note, as, answers, mayGoOn, tries }) => {
    const stands: Standing<string> = { where: to.conversation, parts: standing.map((id) => ({ id, content: "" })) };
    const key = `progress/${createHash("sha256").update(note).digest("base64url")}`;
    let laid: Laid<string> | undefined;
    let before = 0;
    for (const smaller of SMALLER) {
      const limits = { ...LIMITS, bytes: Math.floor(LIMITS.bytes! / smaller) };
      const parts = await splitUnhurried(card, limits, bytesOf);
      const messages = await unhurried(inPortions(parts, (part) => [answering(messageOf(part), answers)]));
      const named = (index: number) => answering(messageOf(parts[index]!, { mentions: false }), answers);
      // What cannot be divided is refused again.
      if (messages.length === before) break;
      before = messages.length;
      const hand = telling(handOf(connector, to, { messages, named }), (index) => tries?.(index, messages.length));
      laid = await lay({ hand, messages, state, note: key, standing: stands, as, mayGoOn });
      if (laid.ok || !isTooLarge(laid)) break;
    }
    return laid!;
  };
}

function telling(hand: Hand<string>, tries: (index: number) => void): Hand<string> {
  return {
    ...hand,
    send(where, index) {
      tries(index);
      return hand.send(where, index);
    },
    change(where, id, index) {
      tries(index);
      return hand.change(where, id, index);
    },
  };
}

function answering(message: object, messageId: string | undefined): object {
  if (messageId === undefined) return message;
  const { entities = [] } = message as { entities?: readonly object[] };
  return { ...message, entities: [...entities, { type: "targetedMessageInfo", messageId }] };
}

interface Messages {
  readonly messages: readonly object[];
  /** The message with people by name, of whom nobody is called. */
  readonly named: (index: number) => object;
}

function handOf(connector: Connector, { serviceUrl, only }: Target, { messages, named }: Messages): Hand<string> {
  const at = (conversation: string): Target => ({ serviceUrl, conversation, ...(only === undefined ? {} : { only }) });

  /** Teams refuses a message for one mention of somebody who is not to be called there any more, such as who has left the company. */
  async function calling(index: number, say: (message: object) => Promise<Sent>): Promise<Sent> {
    const message = messages[index]!;
    const said = await say(message);
    const isForMention = !said.ok && said.retry === "never" && said.status === 400 && JSON.stringify(message).includes('"type":"mention"');
    return isForMention ? say(named(index)) : said;
  }

  return {
    async send(conversation, index) {
      const sent = await calling(index, (message) => connector.post(at(conversation), message));
      const channel = withoutThread(conversation);
      if (sent.ok || channel === conversation || !isRefused(sent)) return sent.ok ? { ...sent, where: conversation } : sent;
      // The message that the thread stands under is gone, or its thread is closed: the card is seen in the channel all the same.
      const plain = await calling(index, (message) => connector.post(at(channel), message));
      return plain.ok ? { ...plain, where: channel } : plain;
    },
    change: (conversation, id, index) => calling(index, (message) => connector.put(at(conversation), id, message)),
    remove: (conversation, id) => connector.remove(at(conversation), id),
  };
}

function isRefused(failure: Told): boolean {
  return failure.retry === "never" && !isTooLarge(failure);
}

function isTooLarge(failure: Told): boolean {
  return failure.status === 413;
}
