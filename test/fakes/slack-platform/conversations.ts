import type { Showing } from "../shown-record.ts";
import { isJson, type Json } from "./blocks/shape.ts";
import { type Refused, refusalOf, refused } from "./check.ts";
import { render } from "./render.ts";
import { conversationOf, type Workspace } from "./workspaces.ts";

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

/** Where an answer over a response_url goes, and the message whose button it answers. */
export interface Respondent {
  readonly workspace: Workspace;
  readonly channel: string;
  readonly user: string;
  readonly ts?: string;
}

/** What stands in Slack's conversations: posting, changing, removing and reading, each as the Web API answers it. */
export interface SlackConversations {
  readonly shown: SlackMessageShown[];
  readonly record: Showing[];
  /** To one person alone; or also to a public channel that the bot is not in (chat:write.public). */
  post(workspace: Workspace, args: Json, to?: { readonly user?: string; readonly isPublicOpen?: boolean }): Json;
  change(workspace: Workspace, args: Json): Json;
  remove(workspace: Workspace, args: Json): Json;
  /** Shows an answer over a response_url; what Slack refuses of it. */
  respond(to: Respondent, message: Json): Refused | undefined;
  history(workspace: Workspace, args: Json): Json;
  replies(workspace: Workspace, args: Json): Json;
  /** Takes away every message of the channel. */
  wipe(channel: string): void;
}

/** The longest text of an update, in bytes (docs.slack.dev/reference/methods/chat.update, msg_too_long). */
const UPDATE_BYTES = 4_000;

export interface ConversationOptions {
  readonly now: () => number;
  /** How many messages a page of history holds, however many are asked for. */
  readonly most: number;
  /** Whether a file of that id can be shown in the workspace. */
  readonly hasFile: (workspace: Workspace, id: string) => boolean;
}

export function slackConversations({ now, most, hasFile }: ConversationOptions): SlackConversations {
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

  function refusalIn(workspace: Workspace, message: Json): Refused | undefined {
    return refusalOf(message, { taken: workspace.taken, hasFile: (id) => hasFile(workspace, id) });
  }

  function removeAt(index: number): boolean {
    const [removed] = index < 0 ? [] : shown.splice(index, 1);
    if (removed !== undefined) note("removed", removed, "");
    return removed !== undefined;
  }

  /** Newest first, from `oldest` on, a page at a time; metadata only where they are asked for. */
  function page({ botId }: Workspace, found: readonly SlackMessageShown[], args: Json): Json {
    const { oldest = "0", cursor = "0", limit = "100", include_all_metadata } = args;
    const all = found.filter(({ ts, user }) => user === undefined && Number(ts) > Number(oldest)).toReversed();
    const end = Number(cursor) + Math.min(most, Number(limit));
    const messages = all.slice(Number(cursor), end).map(({ channel: _, reply_broadcast, metadata, ...message }) => ({
      type: "message",
      bot_id: botId,
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
    post(workspace, args, { isPublicOpen = false, ...to } = {}) {
      const channel = conversationOf(workspace, String(args.channel));
      if (channel === null) return { ok: false, error: "channel_not_found" };
      const closed = closedTo(workspace, channel);
      if (closed !== undefined && !(isPublicOpen && closed === "not_in_channel")) return { ok: false, error: closed };
      if (to.user !== undefined && !workspace.users.has(to.user)) return { ok: false, error: "user_not_in_channel" };
      const wrong = refusalIn(workspace, args);
      if (wrong !== undefined) return refused(wrong);
      if (args.thread_ts !== undefined && at({ ts: args.thread_ts, channel }) < 0) return { ok: false, error: "thread_not_found" };
      const message: SlackMessageShown = { ...args, ...to, ts: mint(), channel };
      shown.push(message);
      note("posted", message, render(message));
      return to.user === undefined ? { ok: true, channel, ts: message.ts } : { ok: true, message_ts: message.ts };
    },
    change(workspace, args) {
      const channel = conversationOf(workspace, String(args.channel));
      if (channel === null) return { ok: false, error: "channel_not_found" };
      const closed = closedTo(workspace, channel);
      if (closed !== undefined) return { ok: false, error: closed };
      const standing = shown[at(args)];
      if (standing === undefined || standing.user !== undefined) return { ok: false, error: "message_not_found" };
      if (Buffer.byteLength(String(args.text ?? "")) > UPDATE_BYTES) return { ok: false, error: "msg_too_long" };
      const wrong = refusalIn(workspace, args);
      if (wrong !== undefined) return refused(wrong);
      // Metadata that an update does not name stay.
      const { thread_ts, reply_broadcast, metadata } = standing;
      const kept = { ...(thread_ts && { thread_ts }), ...(reply_broadcast && { reply_broadcast }), ...(metadata && { metadata }) };
      const message: SlackMessageShown = { ...kept, ...args, ts: standing.ts, channel: standing.channel };
      shown[at(args)] = message;
      note("changed", message, render(message));
      return { ok: true, channel: args.channel, ts: args.ts };
    },
    remove(workspace, args) {
      if (conversationOf(workspace, String(args.channel)) === null) return { ok: false, error: "channel_not_found" };
      return removeAt(at(args)) ? { ok: true, channel: args.channel, ts: args.ts } : { ok: false, error: "message_not_found" };
    },
    respond({ workspace, channel, user, ts }, message) {
      const original = ts === undefined ? -1 : at({ ts, channel });
      if (message.delete_original === true) {
        removeAt(original);
        return undefined;
      }
      const wrong = refusalIn(workspace, message);
      if (wrong !== undefined) return wrong;
      const standing = message.replace_original === true ? shown[original] : undefined;
      const seenBy = standing === undefined ? (message.response_type === "in_channel" ? {} : { user }) : {};
      const answer: SlackMessageShown = { ...standing, ...message, ts: standing?.ts ?? mint(), channel, ...seenBy };
      if (standing === undefined) shown.push(answer);
      else shown[original] = answer;
      note(standing === undefined ? "posted" : "changed", answer, render(answer));
      return undefined;
    },
    history: (workspace, args) =>
      page(
        workspace,
        shown.filter(({ channel, thread_ts, reply_broadcast }) => channel === args.channel && (!thread_ts || reply_broadcast === true)),
        args,
      ),
    replies: (workspace, args) =>
      page(
        workspace,
        shown.filter(({ channel, ts, thread_ts }) => channel === args.channel && (ts === args.ts || thread_ts === args.ts)),
        args,
      ),
    wipe(channel) {
      for (let index = shown.length - 1; index >= 0; index -= 1) if (shown[index]!.channel === channel) removeAt(index);
    },
  };
}

/** The bot may not post there now. */
function closedTo({ channels }: Workspace, id: string): string | undefined {
  const channel = channels.get(id);
  if (channel === undefined) return undefined;
  if (channel.isArchived) return "is_archived";
  // A private channel that the bot is not in does not exist for it.
  if (!channel.isMember) return channel.isPrivate ? "channel_not_found" : "not_in_channel";
  return undefined;
}

/** The arguments of a call as they came: forms hold JSON in these, and words for yes and no. */
export function argumentsOf(form: Json): Json {
  const read: Record<string, unknown> = { ...form };
  for (const key of ["blocks", "metadata", "view", "files"]) if (typeof read[key] === "string") read[key] = parsed(read[key]);
  for (const key of ["mrkdwn", "reply_broadcast"]) if (typeof read[key] === "string") read[key] = read[key] === "true";
  return read;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
}

/** Whether the message is one that the person sees. */
export function isSeenBy(message: { readonly person?: string | null; readonly user?: string }, user: string): boolean {
  const alone = isJson(message) && message.person !== undefined ? message.person : message.user;
  return alone === undefined || alone === null || alone === user;
}
