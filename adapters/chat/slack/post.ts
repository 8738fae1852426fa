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

/** What stands in the conversation of a card that was cut off: its messages in order, each with a digest of what it says. */
interface Shown {
  readonly channel: string;
  readonly parts: readonly { readonly ts: string; readonly content: string }[];
}

const LEFT_ALONE: ReadonlySet<string> = new Set(["message_not_found", "cant_update_message", "edit_window_closed"]);

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
    // A card of several messages that Slack cut off half-way goes on, when it is posted again, with the message that was refused. By then it
    // may say other things, the hour for one: what is shown already is replaced where it differs, and what is too much is taken back.
    const key = `slack/parts/${once}`;
    const noted = (await state.get(key)) as Shown | undefined;
    const parts = [...(noted?.parts ?? [])];
    let channel = noted?.channel ?? place.channel;
    const cutOff = async (failure: Failure) => {
      if (parts.length > 0) await state.set(key, { channel, parts } satisfies Shown, DAY);
      return failure;
    };
    for (const [index, message] of messages.entries()) {
      const content = createHash("sha256").update(JSON.stringify(message)).digest("base64url");
      const shown = parts[index];
      if (shown?.content === content) continue;
      const sent = shown === undefined ? await send(channel, message) : await revise(channel, shown.ts, message);
      if (!sent.ok) return cutOff(sent);
      // Posting to a person answers with the conversation of the direct messages, which updates need.
      channel = sent.channel;
      parts[index] = { ts: sent.ts, content };
    }
    while (parts.length > messages.length) {
      const removed = await remove(channel, parts.at(-1)!.ts);
      if (!removed.ok) return cutOff(removed);
      parts.pop();
    }
    if (noted !== undefined) await state.delete(key);
    return { ok: true, posted: mintPost({ team, channel, timestamps: parts.map(({ ts }) => ts) }) };
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

  /** A message that may not be changed any more, or that somebody removed, keeps no other from being said. */
  function revise(channel: string, ts: string, message: SlackMessage): Promise<Sent> {
    return withFallback(message, async (content) => {
      try {
        return await client.chat.update({ channel, ts, ...content });
      } catch (error) {
        if (LEFT_ALONE.has(refusedWith(error) ?? "")) return { channel, ts };
        throw error;
      }
    });
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
