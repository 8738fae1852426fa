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
}

/** More members than that are not read to the end, and nobody can tell then. */
const MEMBERS = { perPage: 500, pages: 20 } as const;

const UNKNOWN: Audience = { kind: "unknown" };
const ABSENT: Audience = { kind: "unknown", because: "absent" };

/**
 * A channel is internal where it is shared with no other company and none of its members is a guest. It takes channels:read, or groups:read of
 * a private one, which are optional: without them, and where not every member can be told, it is unknown. A private one in which the bot is not,
 * and the direct messages of others, Slack does not know for it.
 */
export function audiencesOf({ clock, state }: Pick<ChatHost, "clock" | "state">, kinds: Kinds): Audiences {
  const told: ToldLately<Audience> = toldLately(() => clock, UNKNOWN, { kept: { state, under: "slack/audience" } });

  async function look(workspace: Workspace, channel: string): Promise<Audience | null> {
    const { client } = workspace;
    try {
      const { channel: found } = (await client.conversations.info({ channel })) as { readonly channel?: Conversation };
      if (found === undefined) return UNKNOWN;
      // Only the bot's own direct messages are known to it, and whose they are it was told otherwise.
      if (found.is_im === true) return UNKNOWN;
      if (isExternal(found)) return { kind: "shared", because: "external" };
      const members = await membersOf(workspace, channel);
      if (members === null) return UNKNOWN;
      const standings = await kinds.ofAll(workspace, members);
      return standings === null ? null : among(standings);
    } catch (error) {
      if (refusedWith(error) === "channel_not_found") return ABSENT;
      return failureOf(error).retry === "never" ? UNKNOWN : null;
    }
  }

  return {
    async of(workspace, channel) {
      const { state, team } = workspace;
      const owner = isDirect(channel) ? await ownerOf(state, team, channel) : null;
      if (owner !== null) return { kind: "person", person: mintPerson(team, owner) };
      const found = await told.of(`${team}/${channel}`, () => look(workspace, channel));
      // Somebody is told to invite the bot, and tries again at once: then Slack is asked anew.
      if (found === ABSENT) told.forget(`${team}/${channel}`);
      return found;
    },
    changed: (team, channel) => told.forget(`${team}/${channel}`),
  };
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
  if (standings.includes("stranger")) return { kind: "shared", because: "external" };
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
