import type { ChatAdapter, PersonRef, Place } from "../ports/chat.ts";

/** The desk of a terminal, and of every platform that reaches one workspace alone. */
export const HOUSE_DESK = "main";

/** The desk to which a place or a person belongs. */
export function deskNameOf(adapters: readonly ChatAdapter[], minted: Place | PersonRef): string {
  const adapter = adapters.find(({ name }) => minted.startsWith(`${name}:`));
  return adapter?.workspaces?.deskOf(minted) ?? HOUSE_DESK;
}
