import type { webApi } from "@slack/bolt";
import type { DeliveryKey } from "../../../src/ports/chat.ts";
import type { Failure } from "../shared/failure.ts";
import type { Hand } from "../shared/laying.ts";
import { failureOf, refusedWith } from "./failure.ts";
import { classicOf, type SlackMessage } from "./message.ts";
import { writeMetadata } from "./metadata.ts";

/** A conversation, and the first message of the thread in it where the card stands in one. */
export interface Channel {
  readonly channel: string;
  readonly thread?: string;
}

export interface Handling {
  /** Names what is sent, so that a later look finds it. */
  readonly once?: DeliveryKey;
  readonly pause: () => Promise<void>;
}

/** Slack takes no answer to that message: it is gone, or of a kind without threads. Which word it uses is documented for reading only. */
const NO_THREAD: ReadonlySet<string> = new Set([
  "thread_not_found",
  "message_not_found",
  "invalid_thread_ts",
  "thread_ts_not_found",
  "cannot_reply_to_message",
  "restricted_action_thread_locked",
]);

/** A message may be left as it is: the card's other messages are said all the same. */
const UNCHANGEABLE: ReadonlySet<string> = new Set(["cant_update_message", "edit_window_closed"]);

/** Sends, changes and takes back these messages, one call of the Web API each. */
export function handOf(client: webApi.WebClient, messages: readonly SlackMessage[], { once, pause }: Handling): Hand<Channel> {
  let sent = 0;

  const metadataOf = (index: number) =>
    once === undefined ? {} : { metadata: writeMetadata({ once, part: index, parts: messages.length }) };

  return {
    async send(where, index) {
      if (sent > 0) await pause();
      sent += 1;
      const called = await withFallback({ ...messages[index]!, ...metadataOf(index) }, async (content) => {
        const plain = { channel: where.channel, ...content, mrkdwn: false, unfurl_links: false, unfurl_media: false };
        if (where.thread === undefined) return { ...(await client.chat.postMessage(plain)), thread: undefined };
        try {
          // Only the first message is seen outside the thread: the others follow from it.
          const { thread } = where;
          return { ...(await client.chat.postMessage({ ...plain, thread_ts: thread, reply_broadcast: index === 0 })), thread };
        } catch (error) {
          if (!NO_THREAD.has(refusedWith(error) ?? "")) throw error;
          return { ...(await client.chat.postMessage(plain)), thread: undefined };
        }
      });
      if ("retry" in called) return called;
      const { channel, ts, thread } = called;
      if (channel === undefined || ts === undefined)
        return { ok: false, retry: "unknown", reason: "Slack took the message and did not say where it stands." };
      // Posting to a person answers with the conversation of the direct messages, which updates need.
      return { ok: true, id: ts, where: thread === undefined ? { channel } : { channel, thread } };
    },
    async change({ channel }, ts, index) {
      const called = await withFallback({ ...messages[index]!, ...metadataOf(index) }, async (content) => {
        try {
          return await client.chat.update({ channel, ts, ...content });
        } catch (error) {
          if (once !== undefined && UNCHANGEABLE.has(refusedWith(error) ?? "")) return {};
          throw error;
        }
      });
      return "retry" in called ? called : { ok: true };
    },
    async remove({ channel }, ts) {
      try {
        await client.chat.delete({ channel, ts });
      } catch (error) {
        if (refusedWith(error) !== "message_not_found") return failureOf(error);
      }
      return { ok: true };
    },
  };
}

type Content = SlackMessage & { readonly metadata?: ReturnType<typeof writeMetadata> };

/** Where Slack refuses the blocks or the metadata, nothing was shown, and the message is sent again in classic blocks or without a name. */
async function withFallback<Result extends object>(
  content: Content,
  call: (content: Content) => Promise<Result>,
): Promise<Result | Failure> {
  try {
    return await call(content);
  } catch (error) {
    const code = refusedWith(error);
    const { metadata, ...unnamed } = content;
    if (metadata !== undefined && /metadata/.test(code ?? "")) return withFallback(unnamed, call);
    const classic = classicOf(content);
    if (!isAboutBlocks(code) || JSON.stringify(classic.blocks) === JSON.stringify(content.blocks)) return failureOf(error);
    return withFallback(metadata === undefined ? classic : { ...classic, metadata }, call);
  }
}

/** Whether Slack refused what the blocks look like. */
export function isAboutBlocks(code: string | undefined): boolean {
  return code !== undefined && /^(invalid_blocks|msg_blocks_too_long|invalid_blocks_format)/.test(code);
}
