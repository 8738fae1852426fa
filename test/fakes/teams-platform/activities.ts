/** An activity of the Bot Framework protocol, as far as the stand-in writes and reads it. */
export interface Activity {
  readonly type: string;
  readonly id?: string;
  readonly name?: string;
  readonly action?: string;
  readonly text?: string;
  readonly textFormat?: string;
  readonly summary?: string;
  readonly locale?: string;
  readonly channelId?: string;
  readonly serviceUrl?: string;
  readonly timestamp?: string;
  readonly from?: Account;
  readonly recipient?: Account;
  readonly conversation?: {
    readonly id: string;
    readonly conversationType?: string;
    readonly isGroup?: boolean;
    readonly tenantId?: string;
    readonly name?: string;
  };
  readonly entities?: readonly { readonly type: string; readonly text?: string; readonly mentioned?: Account }[];
  readonly attachments?: readonly { readonly contentType: string; readonly content?: unknown }[];
  readonly channelData?: unknown;
  readonly membersAdded?: readonly Account[];
  readonly membersRemoved?: readonly Account[];
  readonly value?: unknown;
  readonly replyToId?: string;
}

export interface Account {
  readonly id: string;
  readonly name?: string;
  readonly aadObjectId?: string;
  readonly tenantId?: string;
  /** What the roster calls them: user without it. */
  readonly userRole?: string;
  readonly userPrincipalName?: string;
  /** Of the bot as the recipient: only it and the sender see the message. */
  readonly isTargeted?: boolean;
}

export const TENANT = "11111111-2222-3333-4444-555555555555";
export const BOT: Account = { id: "28:00000000-aaaa-bbbb-cccc-000000000001", name: "Curewatch" };
export const ANNA: Account = { id: "29:anna", name: "Anna Weber", aadObjectId: "aaaaaaaa-0000-0000-0000-000000000001" };
export const BOB: Account = { id: "29:bob", name: "Bob Stone", aadObjectId: "bbbbbbbb-0000-0000-0000-000000000002" };
export const TEAM = { id: "19:the-team@thread.tacv2", name: "Compliance" };
export const OTHER_CHANNEL = "19:another-channel@thread.tacv2";
export const CHANNEL = "19:legal-and-compliance@thread.tacv2";
export const GROUP = "19:meeting-of-three@thread.v2";
export const PERSONAL = "a:one-to-one-with-anna";

/** The id of a channel's conversation without the thread that a message came from. */
export function conversationWithoutThread(id: string): string {
  return id.split(";messageid=")[0]!;
}

let counted = 0;

function nextId(): string {
  counted += 1;
  return `1:activity-${counted}`;
}

function typeOf(conversation: string): string {
  if (conversation.includes("@thread.tacv2")) return "channel";
  return conversation.startsWith("19:") ? "groupChat" : "personal";
}

function envelope(serviceUrl: string, conversation: string): Activity {
  const kind = typeOf(conversation);
  return {
    type: "message",
    id: nextId(),
    channelId: "msteams",
    serviceUrl,
    from: ANNA,
    recipient: BOT,
    locale: "en-GB",
    conversation: { id: conversation, conversationType: kind, tenantId: TENANT, ...(kind === "personal" ? {} : { isGroup: true }) },
    channelData: { tenant: { id: TENANT } },
  };
}

/** What Teams sends when somebody types to the bot: with its mention in a channel or a group, which reach it in no other way. */
export function typed(serviceUrl: string, conversation: string, text: string, more: Partial<Activity> = {}): Activity {
  const base = envelope(serviceUrl, conversation);
  const kind = typeOf(conversation);
  if (kind === "personal") return { ...base, textFormat: "plain", text, ...more };
  const root = kind === "channel" && !conversation.includes(";messageid=") ? `${conversation};messageid=1690000000001` : conversation;
  const mention = { type: "mention", text: "<at>Curewatch</at>", mentioned: BOT };
  return {
    ...base,
    conversation: { ...base.conversation!, id: root },
    textFormat: "plain",
    text: `<at>Curewatch</at> ${text}\n`,
    entities: [mention],
    ...more,
  };
}

/** A press on an Action.Execute button. */
export function executed(serviceUrl: string, conversation: string, data: unknown, replyToId: string): Activity {
  return {
    ...envelope(serviceUrl, conversation),
    type: "invoke",
    name: "adaptiveCard/action",
    replyToId,
    value: { action: { type: "Action.Execute", verb: "command", data }, trigger: "manual" },
  };
}

/** A press on an Action.Submit button: a message with a value and no text. */
export function submitted(serviceUrl: string, conversation: string, data: unknown, replyToId: string): Activity {
  return { ...envelope(serviceUrl, conversation), replyToId, value: data };
}

/** The bot is added to a conversation or removed from it. */
export function installation(
  serviceUrl: string,
  conversation: string,
  action: "add" | "remove" | "add-upgrade" | "remove-upgrade",
): Activity {
  return { ...envelope(serviceUrl, conversation), type: "installationUpdate", action };
}

/** A change of who is in the conversation. */
export function members(serviceUrl: string, conversation: string, change: Pick<Activity, "membersAdded" | "membersRemoved">): Activity {
  return { ...envelope(serviceUrl, conversation), type: "conversationUpdate", ...change };
}

/** A slash command, or a message in targeted mode: only its sender and the bot see it. */
export function slashed(serviceUrl: string, conversation: string, text: string, more: Partial<Activity> = {}): Activity {
  return { ...envelope(serviceUrl, conversation), recipient: { ...BOT, isTargeted: true }, textFormat: "plain", text, ...more };
}

/** Something happened to a channel or a team, told in the team's first channel. */
export function happened(
  serviceUrl: string,
  eventType: string,
  more: { readonly channel?: string; readonly type?: string } = {},
): Activity {
  const { channel, type = "standard" } = more;
  const channelData = {
    tenant: { id: TENANT },
    team: TEAM,
    eventType,
    ...(channel === undefined ? {} : { channel: { id: channel, type } }),
  };
  return { ...envelope(serviceUrl, CHANNEL), type: "conversationUpdate", channelData };
}

/** The same activity as of a channel of the team. */
export function ofTeam(activity: Activity, type = "standard"): Activity {
  const id = conversationWithoutThread(activity.conversation!.id);
  return { ...activity, channelData: { tenant: { id: TENANT }, team: TEAM, channel: { id, type } } };
}
