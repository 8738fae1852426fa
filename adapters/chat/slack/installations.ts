import type { AdapterState, Log } from "../../../src/ports/chat.ts";
import type { Seal } from "./installation-seal.ts";

/** What is kept of one installation: the bot's, and of the people nobody's token. */
export interface Installed {
  /** The workspace; null for an installation in a whole organisation (Enterprise Grid). */
  readonly team: string | null;
  readonly enterprise: string | null;
  readonly bot: Bot;
  /** The second since 1970 at which it was made. */
  readonly madeAt?: number;
}

export interface Bot {
  readonly token: string;
  readonly id: string;
  readonly user: string;
  readonly scopes: readonly string[];
  /** Both where the app's tokens are rotated: what a new one is got with, and the second at which this one ends. */
  readonly refreshToken?: string;
  readonly expiresAt?: number;
}

/** Which installation is meant: an organisation's where Slack says so, else the workspace's own. */
export interface Query {
  readonly team: string | null;
  readonly enterprise: string | null;
  readonly ofOrganisation: boolean;
}

/** An installation that is no more. */
export interface Removal extends Query {
  /** The second since 1970 at which it ended; one that was made later is another and stays. */
  readonly at?: number;
  /** The bots' users whose tokens were revoked: an installation of another bot stays. */
  readonly bots?: readonly string[];
  /** The organisation's installation stands, and serves these workspaces no more; an installation of their own stays. */
  readonly left?: readonly string[];
}

/** The installations, by workspace or organisation, sealed. */
export interface Installations {
  put(installed: Installed): Promise<void>;
  /** Puts it in the place of the one before; false where that was removed or installed anew meanwhile, and nothing is changed. */
  replace(before: Installed, installed: Installed): Promise<boolean>;
  /** The same installation as it is kept now; null where it was removed. */
  again(installed: Installed): Promise<Installed | null>;
  /** Null where there is none, or none that can be opened. A workspace in which an organisation's installation speaks is remembered with it. */
  find(query: Query): Promise<Installed | null>;
  /** The installation that serves the workspace: its own, else that of its organisation if that has spoken there. */
  serving(team: string): Promise<Installed | null>;
  /** False where there was none, or one that was made since, or of another bot. */
  remove(removal: Removal): Promise<boolean>;
  /** The workspaces that are served. */
  teams(): Promise<readonly string[]>;
  /** Seals with the newest key what an older one sealed; how many there were. Only while nothing else is changed: before anybody is heard. */
  sealAnew(): Promise<number>;
}

interface Options {
  readonly state: AdapterState;
  readonly seal: Seal;
  readonly log: Log;
  /** The workspaces that are served are others now. */
  readonly changed: () => Promise<void>;
}

/** The workspaces that are served, each with the organisation through whose installation it is; null for one of its own. */
type Index = Readonly<Record<string, string | null>>;

const INDEX = "slack/installed";
/** Every key under which an installation was put: one of an organisation in which nobody has spoken is in no index. */
const KEYS = "slack/installations";
/** Keys that could not be opened are complained of once each. */
const COMPLAINT =
  "slack: an installation was sealed with another key and counts as absent: set CUREWATCH_SECRET_KEY_BEFORE to the former key, or install again";

export function installationsIn({ state, seal, log, changed }: Options): Installations {
  const complained = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  async function read(key: string): Promise<Installed | null> {
    const sealed = await state.get(noteOf(key));
    if (typeof sealed !== "string") return null;
    const plain = seal.open(sealed, key);
    if (plain !== null) return JSON.parse(plain) as Installed;
    if (!complained.has(key)) log.error({ installation: key }, COMPLAINT);
    complained.add(key);
    return null;
  }

  const index = async () => ((await state.get(INDEX)) ?? {}) as Index;

  /** One change after the other, so that none is lost; whoever cares is told of the ones that changed something. */
  function reindex(change: (index: Index) => Index): Promise<void> {
    const doing = last.then(async () => {
      const before = await index();
      const after = change(before);
      if (JSON.stringify(before) === JSON.stringify(after)) return false;
      await state.set(INDEX, after);
      return true;
    });
    last = doing.catch(() => undefined);
    return doing.then((isOther) => (isOther ? changed() : undefined));
  }

  const serving = async (team: string): Promise<Installed | null> => {
    const through = (await index())[team];
    return through === undefined ? null : read(through ?? team);
  };

  async function keys(): Promise<readonly string[]> {
    const known = (await state.get(KEYS)) ?? [];
    const indexed = Object.entries(await index()).map(([team, through]) => through ?? team);
    return [...new Set([...(known as readonly string[]), ...indexed])];
  }

  const write = (key: string, installed: Installed) => state.set(noteOf(key), seal.close(JSON.stringify(installed), key));

  return {
    serving,
    async put(installed) {
      const { team } = installed;
      const key = keyOf(installed);
      complained.delete(key);
      await write(key, installed);
      await state.set(KEYS, [...new Set([...(await keys()), key])]);
      if (team !== null) await reindex((before) => ({ ...before, [team]: null }));
    },
    async replace(before, installed) {
      const key = keyOf(installed);
      if ((await read(key))?.bot.token !== before.bot.token) return false;
      await write(key, installed);
      return true;
    },
    again: (installed) => read(keyOf(installed)),
    async find({ team, enterprise, ofOrganisation }) {
      const key = ofOrganisation ? enterprise : team;
      if (key === null) return null;
      const found = await read(key);
      if (found !== null && team !== null) {
        const through = ofOrganisation ? enterprise : null;
        if ((await index())[team] !== through) await reindex((before) => ({ ...before, [team]: through }));
      }
      return found;
    },
    async remove({ team, enterprise, ofOrganisation, at, bots, left }) {
      if (left !== undefined) {
        let isLeft = false;
        await reindex((before) => {
          const kept = Object.entries(before).filter(
            ([one, through]) => !(left.includes(one) && through !== null && through === enterprise),
          );
          isLeft = kept.length < Object.keys(before).length;
          return Object.fromEntries(kept);
        });
        return isLeft;
      }
      const key = ofOrganisation ? enterprise : team;
      if (key === null) return false;
      const standing = at === undefined && bots === undefined ? null : await read(key);
      if (at !== undefined && standing?.madeAt !== undefined && at < standing.madeAt) return false;
      if (bots !== undefined && isOfAnother(standing, bots)) return false;
      const isRemoved = await state.delete(noteOf(key));
      await reindex((before) => Object.fromEntries(Object.entries(before).filter(([one, through]) => one !== key && through !== key)));
      return isRemoved;
    },
    async teams() {
      const all = Object.entries(await index()).toSorted(([one], [other]) => (one < other ? -1 : 1));
      const open = await Promise.all(all.map(async ([team, through]) => ((await read(through ?? team)) === null ? [] : [team])));
      return open.flat();
    },
    async sealAnew() {
      let count = 0;
      for (const key of await keys()) {
        const sealed = await state.get(noteOf(key));
        if (typeof sealed !== "string" || seal.isNewest(sealed)) continue;
        const installed = await read(key);
        if (installed === null) continue;
        await write(key, installed);
        count += 1;
      }
      return count;
    },
  };
}

/** Where the installation's own bot is not known, Slack's word is taken for it. */
function isOfAnother(standing: Installed | null, bots: readonly string[]): boolean {
  const user = standing?.bot.user;
  return typeof user === "string" && user !== "" && !bots.includes(user);
}

function keyOf({ team, enterprise }: Installed): string {
  const key = team ?? enterprise;
  if (key === null) throw new Error("Slack named neither a workspace nor an organisation.");
  return key;
}

function noteOf(key: string): string {
  return `slack/installation/${key}`;
}
