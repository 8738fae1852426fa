import type { PersonRef, Place, PostRef } from "../../../src/ports/chat.ts";

/** A conversation of a workspace; a user's id stands for the direct messages with that user. */
export interface SlackPlace {
  readonly team: string;
  readonly channel: string;
}

/** Messages that were posted for one card, in order. */
export interface SlackPost extends SlackPlace {
  readonly timestamps: readonly string[];
  /** The first message of the thread that they stand in. */
  readonly thread?: string;
}

export function mintPlace(team: string, channel: string): Place {
  return `slack:${team}/${channel}` as Place;
}

export function mintPerson(team: string, user: string): PersonRef {
  return `slack:${team}/${user}` as PersonRef;
}

export function mintPost(post: SlackPost): PostRef {
  const thread = post.thread === undefined ? "" : `/${post.thread}`;
  return `slack:${post.team}/${post.channel}/${post.timestamps.join(",")}${thread}` as PostRef;
}

/** Whether a user's id stands in place of a conversation's. */
export function isPerson(channel: string): boolean {
  return /^[UW]/.test(channel);
}

/** Whether it can be the id of a conversation, as a place holds it. */
export function isConversation(channel: string): boolean {
  return /^[A-Z0-9]+$/.test(channel);
}

/** The conversation that the place names; null where another adapter minted it. */
export function readPlace(place: Place): SlackPlace | null {
  const found = /^slack:([A-Z0-9]+)\/([A-Z0-9]+)$/.exec(place);
  return found === null ? null : { team: found[1]!, channel: found[2]! };
}

/** The id of the channel that the place is; null where it is none: direct messages, alone or in a group, have no name to be shown by. */
export function readChannel(place: Place): string | null {
  const channel = readPlace(place)?.channel;
  return channel !== undefined && /^[CG]/.test(channel) ? channel : null;
}

/** The workspace of a place or a person; null where another adapter minted it. */
export function readTeam(minted: Place | PersonRef): string | null {
  return /^slack:([A-Z0-9]+)\/[A-Z0-9]+$/.exec(minted)?.[1] ?? null;
}

/** The workspace of a place, a person or a workspace's own name; null where it is none of Slack. */
export function readWorkspace(minted: string): string | null {
  return /^slack:([A-Z0-9]+)(?:\/[A-Z0-9]+)?$/.exec(minted)?.[1] ?? null;
}

/** The user's id; null where it is no person of Slack: a workspace's or a conversation's id is none. */
export function readPerson(person: PersonRef): string | null {
  return /^slack:[A-Z0-9]+\/([UW][A-Z0-9]*)$/.exec(person)?.[1] ?? null;
}

/** The place of a person's direct messages: Slack takes a user's id for it. Null where the person is not of Slack. */
export function directPlace(person: PersonRef): Place | null {
  return readPerson(person) === null ? null : (person as string as Place);
}

/** The messages that the reference names; null where another adapter minted it. */
export function readPost(posted: PostRef): SlackPost | null {
  const found = /^slack:([A-Z0-9]+)\/([A-Z0-9]+)\/(\d+\.\d+(?:,\d+\.\d+)*)(?:\/(\d+\.\d+))?$/.exec(posted);
  if (found === null) return null;
  const post = { team: found[1]!, channel: found[2]!, timestamps: found[3]!.split(",") };
  return found[4] === undefined ? post : { ...post, thread: found[4] };
}
