import type { AdapterState } from "../../../src/ports/chat.ts";
import { type Address, placeOf } from "./address.ts";

/** What is kept of a conversation in order to post to it unasked. */
export interface Conversation extends Address {
  readonly serviceUrl: string;
  /** The bot's own id there. */
  readonly bot: string;
  /** The team that a channel belongs to. */
  readonly team?: string;
  /** What Teams calls it: channel, groupChat or personal. */
  readonly type?: string;
  /** Of a channel, what Teams calls it: standard, private or shared. */
  readonly channel?: string;
}

/** A conversation as it is kept: with the person whose own it is, and why nothing can be posted there, each by what it came from. */
export interface Kept extends Conversation {
  readonly person?: string;
  readonly closed?: Closed;
}

export type Closed = { readonly channel?: string; readonly team?: string };

/** The conversations that the bot is in. */
export interface Conversations {
  find(address: Address): Promise<Kept | null>;
  /** A person's own conversation with the bot; null where none is known. */
  ofPerson(person: string): Promise<Kept | null>;
  /** Those of a team that the bot has heard from. */
  ofTeam(tenant: string, team: string): Promise<readonly Kept[]>;
  /** Where the bot was heard last, without the conversation: a new one is opened at the same service URL. */
  last(): Promise<Omit<Conversation, "conversation"> | null>;
  /**
   * Keeps or refreshes: the service URL of a conversation may change, and the newest is to be used (Bot Framework documentation). What was
   * closed stays closed, unless somebody has just written there.
   */
  keep(conversation: Conversation, more?: { readonly person?: string | undefined; readonly spoken?: boolean }): Promise<void>;
  /** Notes why nothing can be posted in a conversation that is known, or that it can be again. */
  close(address: Address, closed: Closed): Promise<void>;
  /** Removes everything that is kept of it. */
  forget(address: Address): Promise<void>;
  /** The same for all channels of a team that are known; answers which they were. */
  forgetTeam(tenant: string, team: string): Promise<readonly Address[]>;
}

const LAST = "last-conversation";

/**
 * Kept as records of our own, copied on the way in and out: the SDK's conversation reference is shared with the
 * turn's activity and changed by later calls, so that a stored one may lead into the wrong thread.
 */
export function conversationsIn(state: AdapterState): Conversations {
  const keyOf = ({ tenant, conversation }: Address) => `conversation/${placeOf({ tenant, conversation })}`;
  const teamKey = (tenant: string, team: string) => `team/${tenant}/${team}`;
  const inOrder = queue();
  let last: string | undefined;

  async function find(address: Address): Promise<Kept | null> {
    const kept = await state.get(keyOf(address));
    return isKept(kept) ? kept : null;
  }

  async function channelsOf(tenant: string, team: string): Promise<readonly string[]> {
    const known = await state.get(teamKey(tenant, team));
    return Array.isArray(known) ? known.filter((one) => typeof one === "string") : [];
  }

  async function forget(address: Address): Promise<void> {
    const kept = await find(address);
    await state.delete(keyOf(address));
    if (kept?.person !== undefined) await state.delete(`person/${kept.person}`);
  }

  return {
    find,
    async ofPerson(person) {
      const address = await state.get(`person/${person}`);
      return isAddress(address) ? find(address) : null;
    },
    async ofTeam(tenant, team) {
      const found = await Promise.all((await channelsOf(tenant, team)).map((conversation) => find({ tenant, conversation })));
      return found.filter((one) => one !== null);
    },
    async last() {
      const kept = await state.get(LAST);
      return isWhereabouts(kept) ? kept : null;
    },
    keep: ({ tenant, conversation, serviceUrl, bot, team, type, channel }, { person, spoken = false } = {}) =>
      inOrder(async () => {
        const before = await find({ tenant, conversation });
        const owner = person ?? before?.person;
        const of = team ?? before?.team;
        const called = type ?? before?.type;
        const membership = channel ?? before?.channel;
        const closed = spoken ? undefined : before?.closed;
        const kept: Kept = {
          ...{ tenant, conversation, serviceUrl, bot },
          ...(of === undefined ? {} : { team: of }),
          ...(called === undefined ? {} : { type: called }),
          ...(membership === undefined ? {} : { channel: membership }),
          ...(owner === undefined ? {} : { person: owner }),
          ...(closed === undefined ? {} : { closed }),
        };
        await state.set(keyOf(kept), kept);
        if (person !== undefined) await state.set(`person/${person}`, { tenant, conversation });
        if (of !== undefined && before?.team !== of)
          await state.set(teamKey(tenant, of), [...new Set([...(await channelsOf(tenant, of)), conversation])]);
        if (last === `${tenant} ${serviceUrl} ${bot}`) return;
        last = `${tenant} ${serviceUrl} ${bot}`;
        await state.set(LAST, { tenant, serviceUrl, bot });
      }),
    close: (address, closed) =>
      inOrder(async () => {
        const kept = await find(address);
        if (kept === null) return;
        const all = Object.entries({ ...kept.closed, ...closed }).filter(([, why]) => why !== "");
        const { closed: _, ...rest } = kept;
        await state.set(keyOf(address), { ...rest, ...(all.length === 0 ? {} : { closed: Object.fromEntries(all) }) });
      }),
    forget: (address) => inOrder(() => forget(address)),
    forgetTeam: (tenant, team) =>
      inOrder(async () => {
        const addresses = (await channelsOf(tenant, team)).map((conversation) => ({ tenant, conversation }));
        for (const address of addresses) await forget(address);
        await state.delete(teamKey(tenant, team));
        return addresses;
      }),
  };
}

/** One change after the other: two activities of one team would each add their channel to the list that they both have read. */
function queue(): <Result>(work: () => Promise<Result>) => Promise<Result> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
}

function isAddress(value: unknown): value is Address {
  const { tenant, conversation } = (value ?? {}) as Partial<Address>;
  return typeof tenant === "string" && typeof conversation === "string";
}

function isWhereabouts(value: unknown): value is Omit<Conversation, "conversation"> {
  const { tenant, serviceUrl, bot } = (value ?? {}) as Partial<Conversation>;
  return [tenant, serviceUrl, bot].every((part) => typeof part === "string");
}

function isKept(value: unknown): value is Kept {
  return isAddress(value) && isWhereabouts(value);
}
