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
  /** Keeps or refreshes: the service URL of a conversation may change, and the newest is to be used (Bot Framework documentation). */
  keep(conversation: Conversation): Promise<void>;
  forget(address: Address): Promise<void>;
}

/**
 * Kept as records of our own, copied on the way in and out: the SDK's conversation reference is shared with the
 * turn's activity and changed by later calls, so that a stored one may lead into the wrong thread.
 */
export function conversationsIn(state: AdapterState): Conversations {
  const keyOf = (address: Address) => `conversation/${placeOf(address)}`;
  return {
    async find(address) {
      const kept = await state.get(keyOf(address));
      return isConversation(kept)
        ? { tenant: kept.tenant, conversation: kept.conversation, serviceUrl: kept.serviceUrl, bot: kept.bot }
        : null;
    },
    async keep({ tenant, conversation, serviceUrl, bot }) {
      await state.set(keyOf({ tenant, conversation }), { tenant, conversation, serviceUrl, bot });
    },
    async forget(address) {
      await state.delete(keyOf(address));
    },
  };
}

function isConversation(value: unknown): value is Conversation {
  if (typeof value !== "object" || value === null) return false;
  const { tenant, conversation, serviceUrl, bot } = value as Partial<Conversation>;
  return [tenant, conversation, serviceUrl, bot].every((part) => typeof part === "string");
}
