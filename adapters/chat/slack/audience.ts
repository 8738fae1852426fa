import type { Audience, ChatHost } from "../../../src/ports/chat.ts";
import { type ToldLately, toldLately } from "../shared/told-lately.ts";
import { failureOf, refusedWith } from "./failure.ts";
import type { Kinds, Standing } from "./kinds.ts";
import { isDirect, ownerOf } from "./own-conversation.ts";
import { mintPerson } from "./places.ts";
import type { Workspace } from "./post.ts";

/** Who reads each conversation, as Slack tells. */
export interface Audiences {
  of(workspace: Workspace, channel: string): Promise<Audience>;
  /** It was shared, or somebody joined: Slack is asked anew. */
  changed(team: string, channel: string): void;
}

/** As conversations.info answers it; what is not said is not so. */
interface Conversation {
  readonly is_im?: boolean;
  readonly is_shared?: boolean;
  readonly is_org_shared?: boolean;
  readonly is_ext_shared?: boolean;
  readonly is_pending_ext_shared?: boolean;
  readonly pending_shared?: readonly string[];
  readonly pending_connected_team_ids?: readonly string[];
  readonly is_member?: boolean;
}

/** What the token may do: Slack says so with every answer, and with every refusal. */
interface Granted {
  readonly response_metadata?: { readonly scopes?: readonly string[] };
}

/** More members than that are not read to the end, and nobody can tell then. */
const MEMBERS = { perPage: 500, pages: 20 } as const;

const UNKNOWN: Audience = { kind: "unknown" };
const NOT_NOW: Audience = { kind: "unknown", because: "not-now" };
const EXTERNAL: Audience = { kind: "shared", because: "external" };
const ABSENT: Audience = { kind: "unknown", because: "absent" };

/** With these Slack knows for the bot every conversation that it is in, whichever kind it is, but direct ones of two. */
const KINDS_READ: readonly string[] = ["channels:read", "groups:read", "mpim:read"];
/** With it the bot posts in public channels to which nobody has invited it. */
const POSTS_ANYWHERE = "chat:write.public";

/**
 * A channel is internal where it is shared with no other company and none of its members is a guest. It takes channels:read, or groups:read of
 * a private one, which are optional: without them, and where not every member can be told, it is unknown. A private one in which the bot is not,
 * and the direct messages of others, Slack does not know for it. A public one it tells all the same: whether the bot can post there is told apart.
 */
export function audiencesOf({ clock, state }: Pick<ChatHost, "clock" | "state">, kinds: Kinds): Audiences {
  const told: ToldLately<Audience> = toldLately(() => clock, NOT_NOW, { kept: { state, under: "slack/audience" } });

  async function look(workspace: Workspace, channel: string): Promise<Audience | null> {
    const { client } = workspace;
    try {
      const answer = (await client.conversations.info({ channel })) as Granted & { readonly channel?: Conversation };
      const found = answer.channel;
      if (found === undefined) return UNKNOWN;
      // Only the bot's own direct messages are known to it, and whose they are it was told otherwise.
      if (found.is_im === true) return UNKNOWN;
      const readers = isExternal(found) ? EXTERNAL : await readersOf(workspace, channel);
      return readers !== null && cannotPost(found, answer) ? asAbsent(readers) : readers;
    } catch (error) {
      if (refusedWith(error) === "channel_not_found") return isNoneOfItsOwn(channel, error) ? ABSENT : UNKNOWN;
      return failureOf(error).retry === "never" ? UNKNOWN : null;
    }
  }

  /** Null where it cannot be told just now. */
  async function readersOf(workspace: Workspace, channel: string): Promise<Audience | null> {
    const members = await membersOf(workspace, channel);
    if (members === null) return UNKNOWN;
    const standings = await kinds.ofAll(workspace, members);
    if (standings === "untold") return UNKNOWN;
    return standings === null ? null : among(standings);
  }

  return {
    async of(workspace, channel) {
      const { state, team } = workspace;
      const owner = isDirect(channel) ? await ownerOf(state, team, channel) : null;
      if (owner !== null) return { kind: "person", person: mintPerson(team, owner) };
      const found = await told.of(`${team}/${channel}`, () => look(workspace, channel));
      // Somebody is told to invite the bot, and tries again at once: then Slack is asked anew.
      if (isAbsent(found)) told.forget(`${team}/${channel}`);
      return found;
    },
    changed: (team, channel) => told.forget(`${team}/${channel}`),
  };
}

/** Where Slack did not say what is granted, nobody can tell. */
function cannotPost({ is_member }: Conversation, { response_metadata }: Granted): boolean {
  return is_member === false && response_metadata?.scopes?.includes(POSTS_ANYWHERE) === false;
}

/** Whether a conversation that Slack does not know for the bot is one in which it is not: for want of a scope Slack hides those in which it is. */
function isNoneOfItsOwn(channel: string, error: unknown): boolean {
  const granted = (error as { readonly data?: Granted }).data?.response_metadata?.scopes ?? [];
  return isDirect(channel) || KINDS_READ.every((scope) => granted.includes(scope));
}

function asAbsent(readers: Audience): Audience {
  return readers.kind === "unknown" ? ABSENT : readers.kind === "person" ? readers : { ...readers, absent: true };
}

function isAbsent(audience: Audience): boolean {
  return audience.kind === "unknown" ? audience.because === "absent" : audience.kind !== "person" && audience.absent === true;
}

/**
 * An invitation that is pending counts: whoever takes it reads what stands there already. Shared among the workspaces of one organisation is not
 * shared with others.
 */
function isExternal(channel: Conversation): boolean {
  const pending = [...(channel.pending_shared ?? []), ...(channel.pending_connected_team_ids ?? [])];
  if (channel.is_ext_shared === true || channel.is_pending_ext_shared === true || pending.length > 0) return true;
  return channel.is_shared === true && channel.is_org_shared !== true;
}

function among(standings: readonly Standing[]): Audience {
  if (standings.includes("stranger")) return EXTERNAL;
  return standings.includes("guest") ? { kind: "shared", because: "guests" } : { kind: "internal" };
}

/** Null where there are more than are read, or Slack does not say. */
async function membersOf({ client }: Workspace, channel: string): Promise<readonly string[] | null> {
  const members: string[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MEMBERS.pages; page++) {
    const asked = { channel, limit: MEMBERS.perPage, ...(cursor === undefined ? {} : { cursor }) };
    const { members: some, response_metadata: more } = await client.conversations.members(asked);
    if (some === undefined) return null;
    members.push(...some);
    cursor = more?.next_cursor;
    if (!cursor) return members;
  }
  return null;
}
