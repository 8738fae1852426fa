import type { webApi } from "@slack/bolt";
import type { Card } from "../../../src/ports/card.ts";
import type { AdapterState, DeliveryKey, Log, MayGoOn, Place, PostRef, PostResult } from "../../../src/ports/chat.ts";
import { type Failure, neverFailure, unreadFailure } from "../shared/failure.ts";
import { lay } from "../shared/laying.ts";
import { type Channel, handOf } from "./hand.ts";
import { partsUnhurried } from "./message.ts";
import { directNote, keepOwn } from "./own-conversation.ts";
import { isPerson, mintPost, readPlace, readPost, type SlackPlace } from "./places.ts";

/** The messages of a card that is not whole, or may be posted again. */
export function noteOf(once: DeliveryKey): string {
  return `slack/parts/${once}`;
}

export interface Workspace {
  readonly client: webApi.WebClient;
  readonly team: string;
  /** The bot's own id, where Slack told it. */
  readonly bot: string | undefined;
  readonly state: AdapterState;
  readonly log: Log;
  /** Waits as long as Slack asks between two messages in one conversation. */
  readonly pause: () => Promise<void>;
}

export interface SlackPosts {
  post(to: Place, card: Card, once: DeliveryKey, under?: PostRef, mayGoOn?: MayGoOn): Promise<PostResult>;
  update(posted: PostRef, card: Card, mayGoOn?: MayGoOn): Promise<PostResult>;
}

/** The conversation in the bot's workspace; a refusal in words where there is none. */
export function placeIn(team: string, to: Place): SlackPlace | Failure {
  const place = readPlace(to);
  if (place === null) return neverFailure(`${to} is not a place of Slack.`);
  return place.team === team ? place : neverFailure(`${to} is in another workspace than the bot's, ${team}.`);
}

/** Posting and updating in one workspace. */
export function slackPosts({ client, team, state, log, pause }: Workspace): SlackPosts {
  return {
    async post(to, card, once, under, mayGoOn) {
      const place = placeIn(team, to);
      if ("ok" in place) return place;
      const messages = await partsUnhurried(card);
      const hand = handOf(messages, { client, team, state, log, once, pause });
      const where = await whereOf(place, under).catch(unreadFailure);
      if ("ok" in where) return where;
      const laid = await lay({ hand, messages, state, note: noteOf(once), standing: { where, parts: [] }, as: "post", mayGoOn });
      if (!laid.ok) return laid;
      if (isPerson(place.channel) && where.channel === place.channel) await keepDirect(place, laid.where.channel);
      return { ok: true, posted: mintPost({ team, timestamps: laid.ids, ...laid.where }) };
    },
    async update(posted, card, mayGoOn) {
      const old = readPost(posted);
      if (old === null) return neverFailure(`${posted} is not a message of Slack.`);
      if (old.team !== team) return neverFailure(`${posted} is in another workspace than the bot's, ${team}.`);
      const { channel, thread, timestamps } = old;
      const messages = await partsUnhurried(card);
      const parts = timestamps.map((id) => ({ id, content: "" }));
      const standing = { where: thread === undefined ? { channel } : { channel, thread }, parts };
      const laid = await lay({
        hand: handOf(messages, { client, team, state, log, pause }),
        messages,
        state,
        note: `slack/update/${posted}`,
        standing,
        as: "update",
        mayGoOn,
      });
      return laid.ok ? { ok: true, posted: mintPost({ team, timestamps: laid.ids, ...laid.where }) } : laid;
    },
  };

  /** The card is shown by now: that this could not be kept costs a later look, not the post. */
  async function keepDirect(person: SlackPlace, channel: string): Promise<void> {
    try {
      await keepOwn(state, { team: person.team, user: person.channel }, channel);
    } catch (err) {
      log.warn({ err }, "slack: the conversation of a person's direct messages could not be kept");
    }
  }

  /** The thread of the message that the card goes under, where that message is in the same conversation. */
  async function whereOf(place: SlackPlace, under: PostRef | undefined): Promise<Channel> {
    const { channel } = place;
    const known = isPerson(channel) ? await state.get(directNote({ team: place.team, user: channel })) : undefined;
    const real = typeof known === "string" ? known : channel;
    const root = under === undefined ? null : readPost(under);
    return root !== null && root.channel === real ? { channel: real, thread: root.thread ?? root.timestamps[0]! } : { channel: real };
  }
}
