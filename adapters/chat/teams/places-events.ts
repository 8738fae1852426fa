import type { RawAccount } from "./activity.ts";

/** What happened to a place, as far as it changes whether and where the bot can write. */
export type PlaceEvent =
  /** The bot was added, to a whole team or one conversation; with an upgrade it was there before. */
  | { readonly did: "added"; readonly upgraded: boolean; readonly ofTeam: boolean }
  /** It was taken out: of a whole team, or of one conversation. */
  | { readonly did: "removed"; readonly ofTeam: boolean }
  | { readonly did: "closed"; readonly at: At; readonly why: "archived" | "deleted" }
  | { readonly did: "opened"; readonly at: At };

/** One channel of a team, or all of them. */
export type At = { readonly channel: string } | { readonly team: string };

/** What Teams calls them (Teams documentation, "Conversation events in your Teams bot"). */
const CLOSED: Readonly<Record<string, readonly ["channel" | "team", "archived" | "deleted"]>> = {
  channelDeleted: ["channel", "deleted"],
  teamArchived: ["team", "archived"],
  teamDeleted: ["team", "deleted"],
  teamHardDeleted: ["team", "deleted"],
};
const OPENED: Readonly<Record<string, "channel" | "team">> = {
  channelCreated: "channel",
  channelRestored: "channel",
  teamUnarchived: "team",
  teamRestored: "team",
};

/** Null where nothing changes for the bot: a name, a member, a channel that is shared with one more team. */
export function placeEventOf(activity: RawChange, bot: string): PlaceEvent | null {
  const { channelData, action } = activity;
  const team = idOf(channelData?.team);
  // A private or shared channel has members of its own, the bot among them.
  const ofTeam = team !== "" && !["private", "shared"].includes(String(channelData?.channel?.type));
  if (activity.type === "installationUpdate") {
    if (action === "add") return { did: "added", upgraded: false, ofTeam };
    // remove-upgrade is followed by add-upgrade: the bot stays.
    if (action === "add-upgrade") return { did: "added", upgraded: true, ofTeam };
    return action === "remove" ? { did: "removed", ofTeam } : null;
  }
  if (isAmong(activity.membersRemoved, bot)) return { did: "removed", ofTeam };
  if (isAmong(activity.membersAdded, bot)) return { did: "added", upgraded: false, ofTeam };
  const name = String(channelData?.eventType);
  const [of, why] = Object.hasOwn(CLOSED, name) ? CLOSED[name]! : [];
  const opened = Object.hasOwn(OPENED, name) ? OPENED[name]! : undefined;
  const at = atOf(of ?? opened, team, idOf(channelData?.channel));
  if (at === null) return null;
  return why === undefined ? { did: "opened", at } : { did: "closed", at, why };
}

function atOf(of: "channel" | "team" | undefined, team: string, channel: string): At | null {
  if (of === "channel") return channel === "" ? null : { channel };
  return of === undefined || team === "" ? null : { team };
}

function isAmong(members: RawChange["membersAdded"], bot: string): boolean {
  return Array.isArray(members) && members.some((member) => member?.id === bot);
}

function idOf(raw: { readonly id?: unknown } | undefined): string {
  return typeof raw?.id === "string" ? raw.id : "";
}

export interface RawChange {
  readonly type?: unknown;
  readonly action?: unknown;
  readonly membersAdded?: readonly (RawAccount | null)[];
  readonly membersRemoved?: readonly (RawAccount | null)[];
  readonly channelData?: {
    readonly eventType?: unknown;
    readonly team?: { readonly id?: unknown };
    readonly channel?: { readonly id?: unknown; readonly type?: unknown };
    /** The channel that was chosen when the app was added to a team: there its messages belong. */
    readonly settings?: { readonly selectedChannel?: { readonly id?: unknown } };
  };
}
