import type { Language } from "../../../src/time/wording.ts";
import { type RawMention, type Word, wordsOf } from "./activity-words.ts";
import { withoutThread } from "./address.ts";
import type { Conversation } from "./conversations.ts";
import { type PlaceEvent, placeEventOf, type RawChange } from "./places-events.ts";

/** A person or a bot as Teams names them; the directory's id is missing in mentions. */
export interface Account {
  readonly id: string;
  readonly aadObjectId?: string;
  readonly name: string;
}

/** What an activity of Teams asks for, in our own words. */
export interface Heard {
  readonly what: /** Typed, or sent by Action.Submit; people who are mentioned stand in place of their mentions. */
    | { readonly kind: "command"; readonly words: readonly Word[] }
    /** Answered in the response itself: a press on Action.Execute, a dialog, a search. */
    | { readonly kind: "invoke"; readonly name: string; readonly value: unknown }
    | { readonly kind: "place"; readonly event: PlaceEvent }
    /** Nothing to answer; the conversation is kept all the same. People may have come or gone. */
    | { readonly kind: "nothing"; readonly people?: true };
  /** The activity's id with its conversation: the same when Teams delivers it again. */
  readonly id: string;
  /** The activity's own id, as Teams wants it named in an answer. */
  readonly activity: string;
  readonly conversation: Conversation;
  /** Where an answer goes: in a channel, into the thread that it was asked in. */
  readonly thread: string;
  readonly person: Account;
  readonly language?: Language;
  /** A channel or a group chat, where Teams shows an answer to all unless it is sent to one. */
  readonly overheard: boolean;
  /** Only the person and the bot see it: a slash command, or a message in targeted mode. */
  readonly targeted: boolean;
  /** The bot is not there: somebody searches, or presses on a card that they inserted, in a conversation of others. Nothing can be posted there. */
  readonly away?: true;
}

/** Reads an authenticated activity; a sentence where it is not one that Teams sends. */
export function readActivity(raw: object): Heard | string {
  const activity = raw as Raw;
  if (activity.channelId !== "msteams") return "an activity of another channel than msteams";
  const thread = textOf(activity.conversation?.id);
  const data = activity.channelData;
  const tenants = [activity.conversation?.tenantId, data?.tenant?.id, activity.from?.tenantId].map(textOf).filter((id) => id !== "");
  const serviceUrl = textOf(activity.serviceUrl);
  const bot = textOf(activity.recipient?.id);
  const id = textOf(activity.id);
  if (thread === "" || tenants.length === 0 || serviceUrl === "" || bot === "")
    return "an activity without its conversation, tenant, service URL or recipient";
  // In a shared channel the conversation belongs to one tenant and the person perhaps to another.
  if (new Set(tenants).size > 1) return "an activity of a person of another tenant";
  const what = whatOf(activity, bot);
  // What is answered must be known again when it is delivered again.
  if (id === "" && (what.kind === "command" || what.kind === "invoke")) return "an activity without an id";
  const language = languageOf(activity.locale);
  const team = textOf(data?.team?.id);
  const chosen = activity.type === "installationUpdate" && team !== "" ? textOf(data?.settings?.selectedChannel?.id) : "";
  const conversation = chosen === "" ? withoutThread(thread) : chosen;
  const type = chosen === "" ? textOf(activity.conversation?.conversationType) : "channel";
  // An activity may tell of another channel than the one in which it arrives.
  const channel = textOf(data?.channel?.id) === conversation ? textOf(data?.channel?.type) : "";
  return {
    what,
    id: `${thread}/${id}`,
    activity: id,
    conversation: {
      tenant: tenants[0]!,
      conversation,
      serviceUrl,
      bot,
      ...(team === "" ? {} : { team }),
      ...(type === "" ? {} : { type }),
      ...(channel === "" ? {} : { channel }),
    },
    thread,
    overheard: activity.conversation?.conversationType !== "personal",
    targeted: activity.recipient?.isTargeted === true,
    person: accountOf(activity.from),
    ...(language === undefined ? {} : { language }),
  };
}

function whatOf(activity: Raw, bot: string): Heard["what"] {
  switch (activity.type) {
    case "message": {
      // Action.Submit arrives as a message whose value is the button's data.
      const pressed = commandIn(activity.value);
      return { kind: "command", words: pressed === undefined ? wordsOf(activity, bot) : [pressed] };
    }
    case "invoke":
      return { kind: "invoke", name: textOf(activity.name), value: activity.value };
    case "installationUpdate":
    case "conversationUpdate": {
      const event = placeEventOf(activity, bot);
      return event === null ? { kind: "nothing", people: true } : { kind: "place", event };
    }
    default:
      return { kind: "nothing" };
  }
}

export function accountOf(raw: RawAccount | undefined): Account {
  const aadObjectId = textOf(raw?.aadObjectId);
  return {
    id: textOf(raw?.id),
    ...(aadObjectId === "" ? {} : { aadObjectId }),
    name: textOf(raw?.name) || textOf(raw?.id),
  };
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

/** As it arrives: any part may be missing or of another type. */
interface Raw extends RawChange {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly text?: unknown;
  readonly locale?: unknown;
  readonly channelId?: unknown;
  readonly serviceUrl?: unknown;
  readonly from?: RawAccount;
  readonly recipient?: RawAccount & { readonly isTargeted?: unknown };
  readonly conversation?: { readonly id?: unknown; readonly tenantId?: unknown; readonly conversationType?: unknown };
  readonly channelData?: RawChange["channelData"] & { readonly tenant?: { readonly id?: unknown } };
  readonly entities?: readonly (RawMention | null)[];
  readonly value?: unknown;
}

export interface RawAccount {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly aadObjectId?: unknown;
  readonly tenantId?: unknown;
}
