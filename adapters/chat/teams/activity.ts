import type { Language } from "../../../src/time/wording.ts";
import { withoutThread } from "./address.ts";
import type { Conversation } from "./conversations.ts";

/** What an activity of Teams asks for, in our own words. */
export interface Heard {
  readonly what:
    | { readonly kind: "command"; readonly text: string }
    /** A press on Action.Execute, which is answered in the response itself. */
    | { readonly kind: "press"; readonly command: string }
    | { readonly kind: "removed" }
    /** Nothing to answer; the conversation is kept all the same. */
    | { readonly kind: "nothing" }
    /** An invoke that is not ours. */
    | { readonly kind: "unknown invoke" };
  readonly id: string;
  readonly conversation: Conversation;
  /** Where an answer goes: in a channel, into the thread that it was asked in. */
  readonly thread: string;
  readonly person: { readonly id: string; readonly aadObjectId?: string; readonly name: string };
  readonly language?: Language;
  /** A channel or a group chat, where Teams shows an answer to all. */
  readonly overheard: boolean;
}

/** Reads an authenticated activity; a sentence where it is not one that Teams sends. */
export function readActivity(raw: object): Heard | string {
  const activity = raw as Raw;
  if (activity.channelId !== "msteams") return "an activity of another channel than msteams";
  const thread = textOf(activity.conversation?.id);
  const tenant = textOf(activity.conversation?.tenantId) || textOf(activity.channelData?.tenant?.id);
  const serviceUrl = textOf(activity.serviceUrl);
  const bot = textOf(activity.recipient?.id);
  if (thread === "" || tenant === "" || serviceUrl === "" || bot === "")
    return "an activity without its conversation, tenant, service URL or recipient";
  const language = languageOf(activity.locale);
  const aadObjectId = textOf(activity.from?.aadObjectId);
  return {
    what: whatOf(activity, bot),
    id: `${thread}/${textOf(activity.id)}`,
    conversation: { tenant, conversation: withoutThread(thread), serviceUrl, bot },
    thread,
    overheard: activity.conversation?.conversationType !== "personal",
    person: {
      id: textOf(activity.from?.id),
      ...(aadObjectId === "" ? {} : { aadObjectId }),
      name: textOf(activity.from?.name) || textOf(activity.from?.id),
    },
    ...(language === undefined ? {} : { language }),
  };
}

function whatOf(activity: Raw, bot: string): Heard["what"] {
  switch (activity.type) {
    case "message":
      // Action.Submit arrives as a message whose value is the button's data.
      return { kind: "command", text: commandIn(activity.value) ?? wordsOf(activity, bot) };
    case "invoke": {
      const command = activity.name === "adaptiveCard/action" ? commandIn((activity.value as Raw["value"])?.action?.data) : undefined;
      return command === undefined ? { kind: "unknown invoke" } : { kind: "press", command };
    }
    case "installationUpdate":
      // remove-upgrade is followed by add-upgrade: the bot stays.
      return { kind: activity.action === "remove" ? "removed" : "nothing" };
    case "conversationUpdate":
      return { kind: listOf(activity.membersRemoved).some((member) => member?.id === bot) ? "removed" : "nothing" };
    default:
      return { kind: "nothing" };
  }
}

/** What was typed without the bot's mention; the mentions of others as their names. The text is no markup but for the mentions. */
function wordsOf(activity: Raw, bot: string): string {
  let words = textOf(activity.text);
  for (const entity of listOf(activity.entities)) {
    const mention = textOf(entity?.text);
    if (entity?.type !== "mention" || mention === "") continue;
    words = words.replaceAll(mention, () => (entity.mentioned?.id === bot ? "" : textOf(entity.mentioned?.name)));
  }
  // Teams puts a no-break space behind a mention.
  return words.replaceAll("\u00a0", " ").trim();
}

function commandIn(value: unknown): string | undefined {
  const command = typeof value === "object" && value !== null ? (value as { command?: unknown }).command : undefined;
  return typeof command === "string" ? command : undefined;
}

function languageOf(locale: unknown): Language | undefined {
  const found = /^(en|fr)\b/.exec(textOf(locale))?.[1];
  return found === "en" || found === "fr" ? found : undefined;
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}

function listOf<Item>(value: readonly Item[] | undefined): readonly Item[] {
  return Array.isArray(value) ? value : [];
}

/** As it arrives: any part may be missing or of another type. */
interface Raw {
  readonly type?: unknown;
  readonly id?: unknown;
  readonly name?: unknown;
  readonly action?: unknown;
  readonly text?: unknown;
  readonly locale?: unknown;
  readonly channelId?: unknown;
  readonly serviceUrl?: unknown;
  readonly from?: RawAccount;
  readonly recipient?: RawAccount;
  readonly conversation?: { readonly id?: unknown; readonly tenantId?: unknown; readonly conversationType?: unknown };
  readonly channelData?: { readonly tenant?: { readonly id?: unknown } };
  readonly entities?: readonly ({ readonly type?: unknown; readonly text?: unknown; readonly mentioned?: RawAccount } | null)[];
  readonly membersRemoved?: readonly (RawAccount | null)[];
  readonly value?: { readonly action?: { readonly data?: unknown } };
}

interface RawAccount {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly aadObjectId?: unknown;
}
