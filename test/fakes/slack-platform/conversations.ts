import type { Showing } from "../shown-record.ts";
import { type Json, refusalOf } from "./check.ts";
import { render } from "./render.ts";

export const CHANNEL = "C0WATCH";
export const USER = "U0ANA";
/** The conversation of the direct messages with that user. */
export const DIRECT = "D0ANA";
export const BOT = "B0BOT";

export interface SlackMessageShown {
  readonly ts: string;
  readonly channel: string;
  /** Who alone sees it, where it is ephemeral. */
  readonly user?: string;
  readonly text?: string;
  readonly blocks?: readonly Json[];
  readonly mrkdwn?: boolean;
  /** The first message of the thread that it stands in. */
  readonly thread_ts?: string;
  /** Seen outside the thread as well. */
  readonly reply_broadcast?: boolean;
  readonly metadata?: { readonly event_type: string; readonly event_payload: Json };
}

/** What stands in Slack's conversations: posting, changing, removing and reading, each as the Web API answers it. */
export interface SlackConversations {
  readonly shown: SlackMessageShown[];
  readonly record: Showing[];
  post(args: Json, to?: { readonly user?: string }): Json;
  change(args: Json): Json;
  remove(args: Json): Json;
  /** Shows an answer over a response_url; the error's code where Slack would refuse it. */
  respond(message: Json, channel: string, user: string): string | undefined;
  history(args: Json): Json;
  replies(args: Json): Json;
}

/** `most`: how many messages a page of history holds, however many are asked for. */
export function slackConversations(now: () => number, most: number): SlackConversations {
  const shown: SlackMessageShown[] = [];
  const record: Showing[] = [];
  let minted = 0;
  const mint = () => `${Math.floor(now() / 1000)}.${String(++minted).padStart(6, "0")}`;

  function note(did: Showing["did"], { ts: id, channel: place, user, thread_ts, metadata }: SlackMessageShown, text: string): void {
    const { once, part } = (metadata?.event_payload ?? {}) as { once?: string; part?: number };
    const named = { thread: thread_ts ?? null, once: once ?? null, part: part ?? null };
    record.push({ at: now(), did, place, id, person: user ?? null, ...named, text });
  }

  function at({ ts, channel }: Json): number {
    return shown.findIndex((message) => message.ts === ts && message.channel === channel);
  }

  /** Newest first, from `oldest` on, a page at a time; metadata only where they are asked for. */
  function page(found: readonly SlackMessageShown[], { oldest = "0", cursor = "0", limit = "100", include_all_metadata }: Json): Json {
    const all = found.filter(({ ts, user }) => user === undefined && Number(ts) > Number(oldest)).toReversed();
    const end = Number(cursor) + Math.min(most, Number(limit));
    const messages = all.slice(Number(cursor), end).map(({ channel: _, reply_broadcast, metadata, ...message }) => ({
      type: "message",
      bot_id: BOT,
      ...message,
      ...(reply_broadcast === true ? { subtype: "thread_broadcast" } : {}),
      ...(include_all_metadata === "true" && metadata !== undefined ? { metadata } : {}),
    }));
    const more = all.length > end;
    return { ok: true, messages, has_more: more, ...(more ? { response_metadata: { next_cursor: String(end) } } : {}) };
  }

  return {
    shown,
    record,
    post(args, to = {}) {
      if (args.channel !== CHANNEL && args.channel !== USER && args.channel !== DIRECT) return { ok: false, error: "channel_not_found" };
      const error = refusalOf(args);
      if (error !== undefined) return { ok: false, error };
      // A message to a person stands in the conversation with that person.
      const channel = args.channel === USER ? DIRECT : String(args.channel);
      if (args.thread_ts !== undefined && at({ ts: args.thread_ts, channel }) < 0) return { ok: false, error: "thread_not_found" };
      const message: SlackMessageShown = { ...args, ...to, ts: mint(), channel };
      shown.push(message);
      note("posted", message, render(message));
      return { ok: true, channel, ts: message.ts };
    },
    change(args) {
      const standing = shown[at(args)];
      if (standing === undefined) return { ok: false, error: "message_not_found" };
      const error = refusalOf(args);
      if (error !== undefined) return { ok: false, error };
      // Metadata that an update does not name stay.
      const { thread_ts, reply_broadcast, metadata } = standing;
      const kept = { ...(thread_ts && { thread_ts }), ...(reply_broadcast && { reply_broadcast }), ...(metadata && { metadata }) };
      const message: SlackMessageShown = { ...kept, ...args, ts: standing.ts, channel: standing.channel };
      shown[at(args)] = message;
      note("changed", message, render(message));
      return { ok: true, channel: args.channel, ts: args.ts };
    },
    remove(args) {
      const [removed] = at(args) < 0 ? [] : shown.splice(at(args), 1);
      if (removed === undefined) return { ok: false, error: "message_not_found" };
      note("removed", removed, "");
      return { ok: true, channel: args.channel, ts: args.ts };
    },
    respond(message, channel, user) {
      const error = refusalOf(message);
      if (error !== undefined) return error;
      const answer: SlackMessageShown = { ...message, ts: mint(), channel, ...(message.response_type === "in_channel" ? {} : { user }) };
      shown.push(answer);
      note("posted", answer, render(answer));
      return undefined;
    },
    history: (args) =>
      page(
        shown.filter(({ channel, thread_ts, reply_broadcast }) => channel === args.channel && (!thread_ts || reply_broadcast === true)),
        args,
      ),
    replies: (args) =>
      page(
        shown.filter(({ channel, ts, thread_ts }) => channel === args.channel && (ts === args.ts || thread_ts === args.ts)),
        args,
      ),
  };
}
