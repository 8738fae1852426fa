import type { AdapterState } from "../../../src/ports/chat.ts";
import { type Address, placeOf } from "./address.ts";

/** What is kept of a conversation in order to post to it unasked. */
export interface Conversation extends Address {
  readonly serviceUrl: string;
  /** The bot's own id there. */
  readonly bot: string;
}

/** The conversations that the bot is in. */
export interface Conversations {
  find(address: Address): Promise<Conversation | null>;
  /** A person's own conversation with the bot; null where none is known. */
  ofPerson(person: string): Promise<Conversation | null>;
  /** The one that the bot heard from last: a new conversation is opened at the same service URL. */
  last(): Promise<Conversation | null>;
  /** Keeps or refreshes: the service URL of a conversation may change, and the newest is to be used (Bot Framework documentation). */
  keep(conversation: Conversation, person?: string): Promise<void>;
  forget(address: Address): Promise<void>;
}

const LAST = "last-conversation";

/**
 * Kept as records of our own, copied on the way in and out: the SDK's conversation reference is shared with the
 * turn's activity and changed by later calls, so that a stored one may lead into the wrong thread.
 */
export function conversationsIn(state: AdapterState): Conversations {
  const keyOf = ({ tenant, conversation }: Address) => `conversation/${placeOf({ tenant, conversation })}`;
  const read = async (key: string) => {
    const kept = await state.get(key);
    if (!isConversation(kept)) return null;
    return { tenant: kept.tenant, conversation: kept.conversation, serviceUrl: kept.serviceUrl, bot: kept.bot };
  };
  let last: string | undefined;
  return {
    find: (address) => read(keyOf(address)),
    async ofPerson(person) {
      const address = await state.get(`person/${person}`);
      return isAddress(address) ? read(keyOf(address)) : null;
    },
    last: () => read(LAST),
    async keep({ tenant, conversation, serviceUrl, bot }, person) {
      await state.set(keyOf({ tenant, conversation }), { tenant, conversation, serviceUrl, bot });
      if (person !== undefined) await state.set(`person/${person}`, { tenant, conversation });
      if (last === `${tenant} ${serviceUrl} ${bot}`) return;
      last = `${tenant} ${serviceUrl} ${bot}`;
      await state.set(LAST, { tenant, conversation, serviceUrl, bot });
    },
    async forget(address) {
      await state.delete(keyOf(address));
    },
  };
}

function isAddress(value: unknown): value is Address {
  const { tenant, conversation } = (value ?? {}) as Partial<Address>;
  return typeof tenant === "string" && typeof conversation === "string";
}

function isConversation(value: unknown): value is Conversation {
  if (!isAddress(value)) return false;
  const { serviceUrl, bot } = value as Partial<Conversation>;
  return typeof serviceUrl === "string" && typeof bot === "string";
}
