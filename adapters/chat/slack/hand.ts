import type { Card } from "../../../src/ports/card.ts";
import type { DeliveryKey } from "../../../src/ports/chat.ts";
import type { Failure } from "../shared/failure.ts";
import type { Hand } from "../shared/laying.ts";
import { type Showing, sendInBlocks } from "./blocks-fallback.ts";
import { UPDATE_TEXT_BYTES } from "./blocks-limits.ts";
import { failureOf, refusedWith } from "./failure.ts";
import type { SlackMessage } from "./message.ts";
import { writeMetadata } from "./metadata.ts";
import { cutToBytes } from "./text.ts";

export { isAboutBlocks } from "./blocks-fallback.ts";

/** A conversation, and the first message of the thread in it where the card stands in one. */
export interface Channel {
  readonly channel: string;
  readonly thread?: string;
}

export interface Handling extends Showing {
  /** Names what is sent, so that a later look finds it. */
  readonly once?: DeliveryKey;
  /** Waits as long as Slack asks between two messages in one conversation. */
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

/** Sends, changes and takes back a card that fits these messages (partsOf), one call of the Web API each. */
export function handOf(parts: readonly Card[], handling: Handling): Hand<Channel> {
  const { client, once, pause } = handling;
  /** What became of it: the answer of the call, or why nothing is shown. */
  async function say<Result extends object>(index: number, call: (content: Content) => Promise<Result>): Promise<Result | Failure> {
    const named = once === undefined ? {} : { metadata: writeMetadata({ once, part: index, parts: parts.length }) };
    try {
      return await sendInBlocks(parts[index]!, handling, (message) => namedOrNot({ ...message, ...named }, call));
    } catch (error) {
      return failureOf(error);
    }
  }

  return {
    rest: pause,
    async send(where, index) {
      const called = await say(index, async (content) => {
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
      const called = await say(index, async ({ text, ...content }) => {
        try {
          // The blocks hold all of it. Left out, the text before might stay, and a screen reader would read out figures that hold no more.
          return await client.chat.update({ channel, ts, ...content, text: cutToBytes(text, UPDATE_TEXT_BYTES) });
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

/** Where Slack refuses the metadata nothing was shown, and the message is sent again without a name. */
async function namedOrNot<Result>({ metadata, ...content }: Content, call: (content: Content) => Promise<Result>): Promise<Result> {
  if (metadata === undefined) return call(content);
  try {
    return await call({ ...content, metadata });
  } catch (error) {
    if (!/metadata/.test(refusedWith(error) ?? "")) throw error;
    return call(content);
  }
}
