import type { PersonRef, Place, PostRef } from "../../../src/ports/chat.ts";

/** A conversation of a tenant; in a channel without the thread that a message came from. */
export interface Address {
  readonly tenant: string;
  readonly conversation: string;
}

const THREAD = ";messageid=";
/** In place of a conversation: a person, whose own conversation with the bot is looked up or opened. */
const PERSON = "person:";

/** A channel's message names its thread behind the channel: 19:…@thread.tacv2;messageid=1690000000001. */
export function withoutThread(conversation: string): string {
  return conversation.split(THREAD)[0]!;
}

/**
 * The thread under a message of a channel; the conversation itself where it is a group or a person's, which have no threads. `type` is what Teams
 * calls the conversation; where that was never told, the form of its id tells.
 */
export function threadUnder({ conversation, type }: { readonly conversation: string; readonly type?: string }, root: string): string {
  const isChannel = type === undefined ? /@thread\.(tacv2|skype)$/.test(conversation) : type === "channel";
  return isChannel ? `${conversation}${THREAD}${root}` : conversation;
}

/** The message that a thread stands under; null where the conversation names no thread. */
export function rootOf(conversation: string): string | null {
  return conversation.split(THREAD)[1] ?? null;
}

export function placeOf(address: Address): Place {
  return `teams:${address.tenant}/${address.conversation}` as Place;
}

/** Null where the place is not one of ours. */
export function addressOf(place: string): Address | null {
  const found = /^teams:([^/]+)\/(.+)$/.exec(place);
  return found === null ? null : { tenant: found[1]!, conversation: found[2]! };
}

/**
 * The id of a person, by the directory or by Teams (29:…); null for what is none: a conversation (19:…, a:…), a bot (28:…), or another adapter's.
 */
export function personIdOf(ref: string): string | null {
  const id = /^teams:([^/]+)$/.exec(ref)?.[1];
  return id === undefined || /^(?:(?!29:)\d+:|a:|person$|person:)|@/.test(id) ? null : id;
}

/** The place of a person's own conversation; null for what is no person of Teams, and for the tenant itself. */
export function directPlace(tenant: string, person: PersonRef): Place | null {
  const id = personIdOf(person);
  return id === null || id === tenant ? null : placeOf({ tenant, conversation: `${PERSON}${id}` });
}

/** The person whose own conversation the address stands for; null where it names a conversation. */
export function personIn(address: Address): string | null {
  return address.conversation.startsWith(PERSON) ? address.conversation.slice(PERSON.length) : null;
}

/** Names the messages of one card, in order; in a channel's thread the conversation names it. Activity ids hold neither "#" nor ",". */
export function postRefOf(address: Address, activities: readonly string[]): PostRef {
  return `${placeOf(address)}#${activities.join(",")}` as PostRef;
}

/** Null where the reference is not one of ours. */
export function postedAt(posted: PostRef): { readonly address: Address; readonly activities: readonly string[] } | null {
  const at = posted.lastIndexOf("#");
  const address = at < 0 ? null : addressOf(posted.slice(0, at));
  return address === null
    ? null
    : {
        address,
        activities: posted
          .slice(at + 1)
          .split(",")
          .filter((id) => id !== ""),
      };
}

/** The directory's id of a person where it is known (it is the same in every conversation), else the id of Teams. */
export function personOf(account: { readonly id: string; readonly aadObjectId?: string | undefined }): PersonRef {
  return `teams:${account.aadObjectId ?? account.id}` as PersonRef;
}
