import { createHash } from "node:crypto";
import type { webApi } from "@slack/bolt";
import type { Card } from "../../../src/ports/card.ts";
import type { AdapterState, DeliveryKey, Place, PostRef, PostResult } from "../../../src/ports/chat.ts";
import { type Failure, failureOf, refusedWith } from "./failure.ts";
import { classicOf, messagesOf, type SlackMessage } from "./message.ts";
import { mintPost, readPlace, readPost } from "./places.ts";

/** How long the messages of a card that was shown in part are remembered. */
const DAY = 86_400_000;

type Sent = { readonly ok: true; readonly channel: string; readonly ts: string } | Failure;

export interface SlackPosts {
  post(to: Place, card: Card, once: DeliveryKey): Promise<PostResult>;
  update(posted: PostRef, card: Card): Promise<PostResult>;
}

/** Posting and updating in one workspace. */
export function slackPosts(client: webApi.WebClient, team: string, state: AdapterState): SlackPosts {
  async function post(to: Place, card: Card, once: DeliveryKey): Promise<PostResult> {
    const place = readPlace(to);
    if (place === null) return never(`${to} is not a place of Slack.`);
    if (place.team !== team) return never(`${to} is in another workspace than the bot's, ${team}.`);
    const messages = messagesOf(card);
    // A card of several messages that Slack cut off half-way goes on, when it is posted again, with the message that was refused.
    const key = `slack/parts/${once}/${createHash("sha256").update(JSON.stringify(messages)).digest("hex")}`;
    const before = messages.length > 1 ? await rememberedParts(key) : undefined;
    const timestamps = [...(before?.timestamps ?? [])];
    let channel = before?.channel ?? place.channel;
    for (const message of messages.slice(timestamps.length)) {
      const sent = await send(channel, message);
      if (!sent.ok) {
        if (timestamps.length > 0) await state.set(key, { channel, timestamps }, DAY);
        return sent;
      }
      // Posting to a person answers with the conversation of the direct messages, which updates need.
      channel = sent.channel;
      timestamps.push(sent.ts);
    }
    return { ok: true, posted: mintPost({ team, channel, timestamps }) };
  }

  async function rememberedParts(key: string): Promise<{ readonly channel: string; readonly timestamps: readonly string[] } | undefined> {
    return (await state.get(key)) as { channel: string; timestamps: readonly string[] } | undefined;
  }

  async function update(posted: PostRef, card: Card): Promise<PostResult> {
    const old = readPost(posted);
    if (old === null) return never(`${posted} is not a message of Slack.`);
    if (old.team !== team) return never(`${posted} is in another workspace than the bot's, ${team}.`);
    const timestamps: string[] = [];
    for (const [index, message] of messagesOf(card).entries()) {
      const ts = old.timestamps[index];
      const sent = ts === undefined ? await send(old.channel, message) : await change(old.channel, ts, message);
      if (!sent.ok) return sent;
      timestamps.push(sent.ts);
    }
    for (const ts of old.timestamps.slice(timestamps.length)) {
      const removed = await remove(old.channel, ts);
      if (!removed.ok) return removed;
    }
    return { ok: true, posted: mintPost({ ...old, timestamps }) };
  }

  function send(channel: string, message: SlackMessage): Promise<Sent> {
    return withFallback(message, (content) =>
      // mrkdwn false: the text stands for the blocks in notifications and is no more markup than they are.
      client.chat.postMessage({ channel, ...content, mrkdwn: false, unfurl_links: false, unfurl_media: false }),
    );
  }

  function change(channel: string, ts: string, message: SlackMessage): Promise<Sent> {
    return withFallback(message, (content) => client.chat.update({ channel, ts, ...content }));
  }

  async function remove(channel: string, ts: string): Promise<Sent> {
    try {
      await client.chat.delete({ channel, ts });
    } catch (error) {
      if (refusedWith(error) !== "message_not_found") return failureOf(error);
    }
    return { ok: true, channel, ts };
  }

  return { post, update };
}

/** Where Slack refuses the blocks, nothing was shown, and the message is sent again in classic ones. */
async function withFallback(
  message: SlackMessage,
  call: (content: SlackMessage) => Promise<{ readonly channel?: string; readonly ts?: string }>,
  isClassic = false,
): Promise<Sent> {
  try {
    return sentAs(await call(message));
  } catch (error) {
    if (!isAboutBlocks(refusedWith(error)) || isClassic) return failureOf(error);
    return withFallback(classicOf(message), call, true);
  }
}

/** Whether Slack refused what the blocks look like. */
export function isAboutBlocks(code: string | undefined): boolean {
  return code !== undefined && /^(invalid_blocks|msg_blocks_too_long|invalid_blocks_format)/.test(code);
}

function sentAs({ channel, ts }: { readonly channel?: string; readonly ts?: string }): Sent {
  if (channel === undefined || ts === undefined)
    return { ok: false, retry: "unknown", reason: "Slack took the message and did not say where it stands." };
  return { ok: true, channel, ts };
}

function never(reason: string): PostResult {
  return { ok: false, retry: "never", reason };
}
