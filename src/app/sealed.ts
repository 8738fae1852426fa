import type { ChatAdapter } from "../ports/chat.ts";

/** How many workspaces have the app installed whose installation this process cannot read, as it lacks the key. */
export async function sealedIn(adapters: readonly ChatAdapter[]): Promise<number> {
  const sealed = await Promise.all(adapters.map(async ({ workspaces }) => (await workspaces?.sealed()) ?? []));
  return sealed.flat().length;
}
