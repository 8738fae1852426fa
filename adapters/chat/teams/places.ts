import type { AdapterState } from "../../../src/ports/chat.ts";
import { type Address, placeOf } from "./address.ts";
import type { Conversation, Conversations } from "./conversations.ts";
import type { At, PlaceEvent } from "./places-events.ts";

/** Why nothing can be posted in a place, as the end of what whoever is told of an undelivered message reads. */
const REASONS = {
  channel: {
    deleted: "the channel was deleted: choose another place for these messages, or restore it",
    archived: "the channel is archived",
  },
  team: {
    deleted: "the team was deleted: choose another place for these messages",
    archived: "the team is archived: take it out of the archive, or choose another place for these messages",
  },
} as const;

/** Notes what happened to a place: whether it can be posted to, and that nothing is kept of one that the bot was taken out of. */
export async function heedPlace(
  conversations: Conversations,
  state: AdapterState,
  event: PlaceEvent,
  { tenant, conversation, team }: Conversation,
): Promise<void> {
  switch (event.did) {
    case "removed": {
      const ofTeam = event.ofTeam && team !== undefined ? await conversations.forgetTeam(tenant, team) : [];
      await conversations.forget({ tenant, conversation });
      if (event.ofTeam && team !== undefined) await state.delete(welcomeKey({ tenant, conversation, team }, true));
      for (const address of [...ofTeam, { tenant, conversation }]) await forgetNotes(state, address);
      return;
    }
    case "closed":
    case "opened": {
      const of = "channel" in event.at ? "channel" : "team";
      const why = event.did === "closed" ? REASONS[of][event.why] : "";
      for (const address of await placesAt(conversations, tenant, event.at)) await conversations.close(address, { [of]: why });
      return;
    }
    case "added":
      // Whatever was noted of an earlier stay is void.
      await conversations.close({ tenant, conversation }, { channel: "", team: "" });
  }
}

async function placesAt(conversations: Conversations, tenant: string, at: At): Promise<readonly Address[]> {
  return "channel" in at ? [{ tenant, conversation: at.channel }] : conversations.ofTeam(tenant, at.team);
}

/** Whether Teams takes messages to one person in a group: "refused" for a day after it did not. */
export interface PrivateAnswers {
  /** A message to one person of that conversation is shown to nobody else, or not at all. */
  served(address: Address): Promise<boolean | null>;
  note(address: Address, works: boolean): Promise<void>;
}

const DAY = 86_400_000;

export function privateAnswersIn(state: AdapterState): PrivateAnswers {
  return {
    async served(address) {
      const noted = await state.get(privateKey(address));
      return typeof noted === "boolean" ? noted : null;
    },
    async note(address, works) {
      await (works ? state.set(privateKey(address), true) : state.set(privateKey(address), false, DAY));
    },
  };
}

async function forgetNotes(state: AdapterState, address: Address): Promise<void> {
  await state.delete(welcomeKey(address, false));
  await state.delete(privateKey(address));
}

/** Under which it is noted that the bot has greeted a place, or a team in one of its channels: once, until it is taken out. */
export function welcomeKey({ tenant, conversation, team }: Address & Pick<Conversation, "team">, ofTeam: boolean): string {
  return `welcomed/${ofTeam && team !== undefined ? `${tenant}/${team}` : placeOf({ tenant, conversation })}`;
}

function privateKey(address: Address): string {
  return `private/${placeOf(address)}`;
}
