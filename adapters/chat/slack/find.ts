import type { DeliveryKey, Found, Place } from "../../../src/ports/chat.ts";
import { type Instant, millisecondsOf } from "../../../src/time/instant.ts";
import { NOTE_MILLISECONDS, type Part } from "../shared/laying.ts";
import type { Channel } from "./hand.ts";
import { readMetadata } from "./metadata.ts";
import { directNote } from "./own-conversation.ts";
import { mintPost } from "./places.ts";
import { noteOf, placeIn, type Workspace } from "./post.ts";

/** As conversations.history and conversations.replies answer it; any part may be missing. */
interface Read {
  readonly ts?: string;
  readonly thread_ts?: string;
  readonly subtype?: string;
  readonly bot_id?: string;
  readonly metadata?: unknown;
}

interface Page {
  readonly messages?: readonly Read[];
  readonly has_more?: boolean;
  readonly response_metadata?: { readonly next_cursor?: string };
}

/** How far the machine's clock may be ahead of Slack's. */
const MARGIN_MILLISECONDS = 60_000;
/** Of at most 200 messages each: a conversation with more since then is not searched to its end. */
const MOST_PAGES = 10;

/**
 * Looks for the messages of that key among what stands in the conversation since then. It takes a history scope of the conversation's kind
 * (channels:history, groups:history, im:history), which the app does not ask for by default: without it Slack refuses, and nobody can tell.
 * Where only some of the card's messages stand they are noted, so that the next post with the key goes on with the rest.
 */
export async function find({ client, team, bot, state }: Workspace, to: Place, once: DeliveryKey, since: Instant): Promise<Found> {
  const place = placeIn(team, to);
  if ("ok" in place) return "cannot-tell";
  const oldest = ((millisecondsOf(since) - MARGIN_MILLISECONDS) / 1000).toFixed(6);
  try {
    const channel = /^[UW]/.test(place.channel) ? await state.get(directNote({ team: place.team, user: place.channel })) : place.channel;
    // Which conversation stands behind a user only a post tells, or another scope.
    if (typeof channel !== "string") return "cannot-tell";
    const wanted = { channel, oldest, limit: 200, include_all_metadata: true };
    const listed = await pagesOf((cursor) => client.conversations.history({ ...wanted, ...cursor }) as Promise<Page>);
    const messages = [...listed];
    let found = foundIn(channel, messages);
    // The first message of a card in a thread is seen outside it too; the others are in the thread only.
    const threads = new Set(listed.flatMap(({ subtype, thread_ts }) => (subtype === "thread_broadcast" && thread_ts ? [thread_ts] : [])));
    for (const ts of found.isWhole ? [] : threads)
      messages.push(...(await pagesOf((cursor) => client.conversations.replies({ ...wanted, ts, ...cursor }) as Promise<Page>)));
    found = foundIn(channel, messages);
    if (found.parts.length === 0) return null;
    if (found.isWhole) return mintPost({ team, timestamps: found.parts.map((part) => part!.id), ...found.where });
    await state.set(noteOf(once), { where: found.where, parts: found.parts }, NOTE_MILLISECONDS);
    return "partly";
  } catch {
    return "cannot-tell";
  }

  function foundIn(channel: string, messages: readonly Read[]) {
    const parts: (Part | null)[] = [];
    let of = Number.POSITIVE_INFINITY;
    let where: Channel = { channel };
    for (const { ts, thread_ts, bot_id, metadata } of messages) {
      const named = readMetadata(metadata);
      if (ts === undefined || named?.once !== once || (bot !== undefined && bot_id !== bot)) continue;
      while (parts.length <= named.part) parts.push(null);
      // A message that was repeated stands twice; the earlier one is the one that is kept up.
      const other = parts[named.part];
      if (!other || ts < other.id) parts[named.part] = { id: ts, content: "" };
      of = named.parts;
      if (thread_ts !== undefined && thread_ts !== ts) where = { channel, thread: thread_ts };
    }
    return { parts, where, isWhole: parts.length === of && parts.every((part) => part !== null) };
  }
}

/** The messages of all pages; throws where there are too many to have looked at every one. */
async function pagesOf(call: (cursor: { readonly cursor?: string }) => Promise<Page>): Promise<readonly Read[]> {
  const messages: Read[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const { messages: some = [], has_more, response_metadata } = await call(cursor === undefined ? {} : { cursor });
    messages.push(...some);
    cursor = response_metadata?.next_cursor;
    if (!has_more) return messages;
    if (!cursor) break;
  }
  throw new Error("more messages than are looked at");
}
