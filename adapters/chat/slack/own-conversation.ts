import type { AdapterState } from "../../../src/ports/chat.ts";

/** A user in a workspace, whose direct messages with the bot are a conversation of their own. */
export interface Owner {
  readonly team: string;
  readonly user: string;
}

/** The conversation of the direct messages with a user, once Slack has told it. */
export function directNote({ team, user }: Owner): string {
  return `slack/direct/${team}/${user}`;
}

function ownerNote(team: string, conversation: string): string {
  return `slack/whose/${team}/${conversation}`;
}

/** Keeps which conversation the direct messages with a user are: posting there tells, and so does whoever opens them. */
export async function keepOwn(state: AdapterState, { team, user }: Owner, conversation: string): Promise<void> {
  if ((await state.get(directNote({ team, user }))) !== conversation) await state.set(directNote({ team, user }), conversation);
  if ((await state.get(ownerNote(team, conversation))) !== user) await state.set(ownerNote(team, conversation), user);
}

/** With whom the bot has that conversation; null where it was never told. Two people's own has the same form of id, and is none of the bot's. */
export async function ownerOf(state: AdapterState, team: string, conversation: string): Promise<string | null> {
  const kept = await state.get(ownerNote(team, conversation));
  return typeof kept === "string" ? kept : null;
}

export function isDirect(channel: string): boolean {
  return channel.startsWith("D");
}
