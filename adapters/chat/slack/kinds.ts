import type { PersonKind } from "../../../src/ports/chat.ts";
import type { Clock } from "../../../src/time/clock.ts";
import { toldLately } from "../shared/told-lately.ts";
import { failureOf, scopeNeeded } from "./failure.ts";
import type { Workspace } from "./post.ts";

/** What somebody is in a workspace; `gone` has a deactivated account, and reads nothing any more. */
export type Standing = Exclude<PersonKind, "unknown"> | "gone";

/** A user as users.info and users.list answer it; what is not said is not so. */
export interface SlackUser {
  readonly id?: string;
  readonly team_id?: string;
  readonly deleted?: boolean;
  readonly is_restricted?: boolean;
  readonly is_ultra_restricted?: boolean;
  readonly is_stranger?: boolean;
  readonly enterprise_user?: { readonly teams?: readonly string[] };
}

export interface Kinds {
  /** By users.info; "unknown" where Slack does not tell. */
  of(workspace: Workspace, user: string): Promise<PersonKind>;
  /** The same of many: "untold" where Slack does not tell of one of them, or they are too many; null where it cannot tell just now. */
  ofAll(workspace: Workspace, users: readonly string[]): Promise<readonly Standing[] | "untold" | null>;
}

/** The list of a workspace is asked for more often than places are, so that both together keep within a quarter of an hour. */
const LIST_MILLISECONDS = 5 * 60_000;
/** Of the tier of users.list Slack takes twenty calls a minute: a workspace of more people is not read to its end. */
const LIST = { perPage: 500, pages: 20 } as const;
/** A command or a form has to be answered within three seconds: where Slack is slow, the last word on a person serves. */
const LONGEST_WAIT = 700;
/** Those who are not in the list, such as of another workspace of the organisation, are looked up one by one. */
const MOST_ALONE = 20;
/** Slack was in trouble, and has told nothing before. */
const NOBODY: ReadonlyMap<string, Standing> = new Map();

export function kindsOf(clock: Clock): Kinds {
  const each = toldLately<Standing | "unknown" | "not now">(() => clock, "not now", { patience: LONGEST_WAIT });
  const lists = toldLately<ReadonlyMap<string, Standing>>(() => clock, NOBODY, { fresh: LIST_MILLISECONDS });

  function standingOf(workspace: Workspace, user: string): Promise<Standing | "unknown" | "not now"> {
    const { client, team } = workspace;
    return each.of(`${team}/${user}`, async () => {
      try {
        const { user: told } = (await client.users.info({ user })) as { readonly user?: SlackUser };
        return told === undefined ? "unknown" : standingIn(team, told);
      } catch (error) {
        return failureOf(error).retry === "never" ? "unknown" : null;
      }
    });
  }

  function listOf({ client, team }: Workspace): Promise<ReadonlyMap<string, Standing>> {
    return lists.of(team, () => readList(client, team));
  }

  return {
    async of(workspace, user) {
      const standing = await standingOf(workspace, user);
      if (standing === "not now") return "unknown";
      return standing === "gone" ? "stranger" : standing;
    },
    async ofAll(workspace, users) {
      const listed = await listOf(workspace);
      const alone = users.filter((user) => !listed.has(user));
      if (alone.length > MOST_ALONE) return listed === NOBODY ? null : "untold";
      const looked = new Map<string, Standing>();
      for (const user of alone) {
        const standing = await standingOf(workspace, user);
        if (standing === "not now") return null;
        if (standing === "unknown") return "untold";
        looked.set(user, standing);
      }
      return users.map((user) => listed.get(user) ?? looked.get(user)!);
    },
  };
}

interface Page {
  readonly members?: readonly SlackUser[];
  readonly response_metadata?: { readonly next_cursor?: string };
}

/** A workspace knows of people of others whom it meets in shared channels; those of one organisation may belong to several of its workspaces. */
function standingIn(team: string, user: SlackUser): Standing {
  if (user.deleted === true) return "gone";
  if (user.is_stranger === true) return "stranger";
  if (user.is_restricted === true || user.is_ultra_restricted === true) return "guest";
  const isHere = user.team_id === undefined || user.team_id === team || user.enterprise_user?.teams?.includes(team) === true;
  return isHere ? "member" : "stranger";
}

/** Null where Slack cannot tell just now; empty where it does not tell. */
async function readList({ users }: Workspace["client"], team: string): Promise<ReadonlyMap<string, Standing> | null> {
  const found = new Map<string, Standing>();
  let cursor: string | undefined;
  try {
    for (let page = 0; page < LIST.pages; page++) {
      const asked = { team_id: team, limit: LIST.perPage, ...(cursor === undefined ? {} : { cursor }) };
      const { members = [], response_metadata: more } = (await users.list(asked)) as Page;
      for (const user of members) if (user.id !== undefined) found.set(user.id, standingIn(team, user));
      cursor = more?.next_cursor;
      if (!cursor) break;
    }
  } catch (error) {
    // Without the scope Slack never tells; whatever else it refuses, what it told before holds.
    return scopeNeeded(error) === null ? null : new Map();
  }
  return found;
}
