import type { webApi } from "@slack/bolt";
import type { ChatHost } from "../../../src/ports/chat.ts";
import { millisecondsOf } from "../../../src/time/instant.ts";
import type { Language } from "../../../src/time/wording.ts";
import { soon } from "../shared/soon.ts";
import type { Asker } from "./asker.ts";
import { unescapeText } from "./text.ts";

/** A person as the workspace shows them. */
export interface Known {
  readonly name: string;
  readonly language?: Language;
}

/** Looks a person up for whoever asks; null where Slack does not tell, or not soon enough. Never throws. */
export type People = (asker: Pick<Asker, "client" | "team" | "userTeam">, team: string, user: string) => Promise<Known | null>;

const DAY = 86_400_000;
/** Without the scope, or while Slack fails, it is not asked again at every word. */
const UNKNOWN_FOR = 600_000;
/** An answer waits no longer for a name: a trigger serves three seconds. */
const LONGEST_WAIT = 700;
const REMEMBERED = 2_000;

/** People of the workspaces, and what is kept of their language. */
export interface KnownPeople {
  readonly people: People;
  /** In which language a person reads Slack, as they were last seen to: Slack is not asked. Never throws. */
  languageOf(team: string, user: string): Promise<Language | null>;
}

/** What users.info says, kept a day by workspace: names of one workspace are never read for another. */
export function peopleOf({ state, clock, log }: Pick<ChatHost, "state" | "clock" | "log">): KnownPeople {
  const remembered = new Map<string, { readonly known: Known | null; readonly until: number }>();
  const asking = new Map<string, Promise<Known | null>>();
  const now = () => millisecondsOf(clock.now());

  function remember(key: string, known: Known | null, until: number): Known | null {
    remembered.delete(key);
    remembered.set(key, { known, until });
    if (remembered.size > REMEMBERED) remembered.delete(remembered.keys().next().value!);
    return known;
  }

  async function look(client: webApi.WebClient, key: string, user: string): Promise<Known | null> {
    try {
      const kept = readKnown(await state.get(key));
      if (kept !== null) return remember(key, kept, now() + UNKNOWN_FOR);
      const answered = await client.users.info({ user, include_locale: true });
      const known = knownIn(answered.user);
      if (known === null) return remember(key, null, now() + UNKNOWN_FOR);
      await state.set(key, known, DAY);
      return remember(key, known, now() + DAY);
    } catch (err) {
      log.warn({ err }, "slack: a person's name could not be looked up; the handle stands in for it");
      return remember(key, null, now() + UNKNOWN_FOR);
    } finally {
      asking.delete(key);
    }
  }

  async function languageOf(team: string, user: string): Promise<Language | null> {
    const key = `slack/person/${team}/${user}`;
    const before = remembered.get(key)?.known;
    if (before?.language !== undefined) return before.language;
    try {
      return readKnown(await state.get(key))?.language ?? null;
    } catch (err) {
      log.warn({ err }, "slack: a person's language could not be read; the house's stands in for it");
      return null;
    }
  }

  const people: People = async ({ client, team, userTeam }, of, user) => {
    if (of !== team && of !== userTeam) return null;
    const key = `slack/person/${team}/${user}`;
    const before = remembered.get(key);
    if (before !== undefined && before.until > now()) return before.known;
    const looking = asking.get(key) ?? look(client, key, user);
    if (!asking.has(key)) asking.set(key, looking);
    return soon(looking, LONGEST_WAIT, null);
  };

  return { people, languageOf };
}

interface Answered {
  readonly name?: string;
  readonly real_name?: string;
  readonly locale?: string;
  readonly profile?: { readonly display_name?: string; readonly real_name?: string };
}

function knownIn(user: Answered | undefined): Known | null {
  const name = user?.profile?.display_name || user?.profile?.real_name || user?.real_name || user?.name;
  if (!name) return null;
  const language = /^(en|fr)\b/.exec(user?.locale ?? "")?.[1] as Language | undefined;
  return { name: unescapeText(name), ...(language === undefined ? {} : { language }) };
}

function readKnown(value: unknown): Known | null {
  const { name } = (value ?? {}) as Partial<Known>;
  return typeof name === "string" ? (value as Known) : null;
}
