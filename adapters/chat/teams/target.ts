import { type Failure, neverFailure } from "../shared/failure.ts";
import { type Address, personIn, withoutThread } from "./address.ts";
import type { Connector } from "./connector.ts";
import type { Conversation, Conversations, Kept } from "./conversations.ts";
import { isServiceUrl } from "./service-url.ts";

export interface Finding {
  readonly conversations: Conversations;
  readonly connector: Connector;
  /** Service URLs on loopback are good too. */
  readonly insecure: boolean;
}

/** The conversation behind an address, a person's own one opened where there is none yet; a refusal where the bot was told of none. */
export async function conversationAt(finding: Finding, address: Address): Promise<Conversation | Failure> {
  const person = personIn(address);
  if (person !== null) return (await usable(finding, await finding.conversations.ofPerson(person))) ?? opened(finding, person);
  const { tenant } = address;
  const found = await finding.conversations.find({ tenant, conversation: withoutThread(address.conversation) });
  return (
    (await usable(finding, found)) ??
    neverFailure("the bot is not, or no longer, in this Teams conversation: add the app there and mention it once")
  );
}

async function usable({ insecure }: Finding, found: Kept | null): Promise<Conversation | Failure | null> {
  const [closed] = Object.values(found?.closed ?? {});
  if (closed !== undefined) return neverFailure(closed);
  // Kept by an earlier run, perhaps one for tests: a token goes to Microsoft's hosts only.
  if (found === null || isServiceUrl(found.serviceUrl, insecure)) return found;
  return neverFailure(
    "the stored address of this Teams conversation is not one of Microsoft's: mention the bot there once, so that it learns the right one",
  );
}

/** Opening shows nothing, and the same person twice is the same conversation: what is not known to have worked is tried again. */
async function opened(finding: Finding, person: string): Promise<Conversation | Failure> {
  const known = await finding.conversations.last();
  const last = await usable(finding, known === null ? null : { ...known, conversation: "" });
  if (last === null) return neverFailure("the bot has heard from nobody in Teams yet: add the app for this person and greet it once");
  if ("ok" in last) return last;
  const { tenant, serviceUrl, bot } = last;
  const parameters = {
    bot: { id: bot },
    members: [{ id: person }],
    isGroup: false,
    tenantId: tenant,
    channelData: { tenant: { id: tenant } },
  };
  const created = await finding.connector.open(serviceUrl, parameters);
  if (!created.ok) return created.retry === "unknown" ? { ok: false, retry: "later", reason: created.reason } : created;
  if (created.id === "") return neverFailure("Teams opened a conversation and did not say which");
  const conversation = { tenant, serviceUrl, bot, conversation: created.id, type: "personal" };
  await finding.conversations.keep(conversation, { person });
  return conversation;
}
