import type { AdapterState, Log } from "../../../src/ports/chat.ts";
import type { Clock } from "../../../src/time/clock.ts";
import { millisecondsOf } from "../../../src/time/instant.ts";
import type { Found, Grant, Installed, Query, Removal, Team } from "./installation.ts";
import type { Seal } from "./installation-seal.ts";

/** The installations, by workspace or organisation, sealed. */
export interface Installations {
  put(installed: Installed): Promise<void>;
  /** Puts it in the place of the one before; false where that was removed or installed anew meanwhile, and nothing is changed. */
  replace(before: Installed, installed: Installed): Promise<boolean>;
  /** The same installation as it is kept now; null where it was removed. */
  again(installed: Installed): Promise<Installed | null>;
  /** A workspace in which an organisation's installation speaks is remembered with it. */
  find(query: Query): Promise<Found>;
  /** The installation that serves the workspace: its own, else that of its organisation if that has spoken there. */
  serving(team: string): Promise<Found>;
  /** A workspace in which the organisation's installation has spoken before is served again. */
  grant(grant: Grant): Promise<void>;
  /** False where there was none, or one that was made since, or of another bot; of a workspace that is left, where it was served again since. */
  remove(removal: Removal): Promise<boolean>;
  /** The workspaces in which the app is installed, and with them an organisation whose installation no key opens. */
  teams(): Promise<readonly Team[]>;
  /** Seals with the newest key what an older one sealed; how many there were. Only while nothing else is changed: before anybody is heard. */
  sealAnew(): Promise<number>;
}

interface Options {
  readonly state: AdapterState;
  readonly seal: Seal;
  readonly log: Log;
  readonly clock: Clock;
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
  "slack: an installation was sealed with a key that this process does not have, so nothing is said in its workspace from here: set CUREWATCH_SECRET_KEY_BEFORE to that key, or install again";

export function installationsIn({ state, seal, log, clock, changed }: Options): Installations {
  const complained = new Set<string>();
  let last: Promise<unknown> = Promise.resolve();

  async function look(key: string): Promise<Found> {
    const sealed = await state.get(noteOf(key));
    if (typeof sealed !== "string") return null;
    const plain = seal.open(sealed, key);
    if (plain !== null) {
      complained.delete(key);
      return JSON.parse(plain) as Installed;
    }
    if (!complained.has(key)) log.error({ installation: key }, COMPLAINT);
    complained.add(key);
    return "sealed";
  }

  async function read(key: string): Promise<Installed | null> {
    const found = await look(key);
    return found === "sealed" ? null : found;
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

  const serving = async (team: string): Promise<Found> => {
    const through = (await index())[team];
    return through === undefined ? null : look(through ?? team);
  };

  async function keys(): Promise<readonly string[]> {
    const known = (await state.get(KEYS)) ?? [];
    const indexed = Object.entries(await index()).map(([team, through]) => through ?? team);
    return [...new Set([...(known as readonly string[]), ...indexed])];
  }

  /** The last second at which the organisation's installation is known to have come to serve a workspace or to have left it; null before it spoke. */
  async function changedAt(enterprise: string, team: string): Promise<number | null> {
    const at = await state.get(servingOf(enterprise, team));
    return typeof at === "number" ? at : null;
  }

  /** Those of the workspaces of which what Slack tells of that second is still news; the others have changed since. */
  async function newsOf(enterprise: string, teams: readonly string[], at: number): Promise<readonly string[]> {
    const changes = await Promise.all(teams.map((team) => changedAt(enterprise, team)));
    const known = teams.filter((_, index) => changes[index] !== null && changes[index]! <= at);
    for (const team of known) await state.set(servingOf(enterprise, team), at);
    return [...known, ...teams.filter((_, index) => changes[index] === null)];
  }

  /** The organisation takes its installation back from these. */
  async function leave({ enterprise, at }: Removal, left: readonly string[]): Promise<boolean> {
    if (enterprise === null) return false;
    const gone = at === undefined ? left : await newsOf(enterprise, left, at);
    let isLeft = false;
    await reindex((before) => {
      const kept = Object.entries(before).filter(([team, through]) => !(gone.includes(team) && through === enterprise));
      isLeft = kept.length < Object.keys(before).length;
      return Object.fromEntries(kept);
    });
    return isLeft;
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
      const found = await look(key);
      if (found !== null && found !== "sealed" && team !== null) {
        const through = ofOrganisation ? enterprise : null;
        if ((await index())[team] !== through) {
          if (through !== null) await state.set(servingOf(through, team), Math.floor(millisecondsOf(clock.now()) / 1000));
          await reindex((before) => ({ ...before, [team]: through }));
        }
      }
      return found;
    },
    async grant({ enterprise, teams, at }) {
      if (enterprise === null || at === undefined || (await look(enterprise)) === null) return;
      const news = await newsOf(enterprise, teams, at);
      const spoken = await Promise.all(news.map((team) => changedAt(enterprise, team)));
      const known = news.filter((_, index) => spoken[index] !== null);
      await reindex((before) => ({ ...Object.fromEntries(known.map((team) => [team, enterprise])), ...before }));
    },
    async remove(removal) {
      const { team, enterprise, ofOrganisation, at, bots, left } = removal;
      if (left !== undefined) return leave(removal, left);
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
      const indexed = Object.entries(await index()).map(([team, through]) => ({ team, key: through ?? team }));
      const silent = (await keys()).filter((key) => indexed.every((one) => one.key !== key)).map((key) => ({ team: key, key }));
      const found = await Promise.all([...indexed, ...silent].map(async ({ team, key }) => ({ team, of: await look(key) })));
      const kept = found.filter(({ team, of }) => of === "sealed" || (of !== null && indexed.some((one) => one.team === team)));
      return kept.map(({ team, of }) => ({ team, isOpen: of !== "sealed" })).toSorted((one, other) => (one.team < other.team ? -1 : 1));
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

function servingOf(enterprise: string, team: string): string {
  return `slack/serving/${enterprise}/${team}`;
}

function noteOf(key: string): string {
  return `slack/installation/${key}`;
}
