import type { Json } from "./blocks/shape.ts";
import { directOf, type User, type Workspace } from "./workspaces.ts";

/** What Slack tells of channels and people: conversations.info and .members, users.info and .list. */
export function information(workspace: Workspace, { channel: id }: Json): Json {
  const owner = [...workspace.users.keys()].find((user) => directOf(user) === id);
  if (owner !== undefined) return { ok: true, channel: { id, is_im: true, user: owner } };
  const channel = workspace.channels.get(String(id));
  if (channel === undefined || (channel.isPrivate && !channel.isMember)) return { ok: false, error: "channel_not_found" };
  const { name, isPrivate, isMember, isArchived, sharing, isGroupDirect } = channel;
  const shares = {
    is_shared: sharing === "external" || sharing === "organisation",
    is_ext_shared: sharing === "external",
    is_org_shared: sharing === "organisation",
    is_pending_ext_shared: sharing === "pending",
    pending_shared: [],
    pending_connected_team_ids: sharing === "pending" ? ["T0ELSEWHERE"] : [],
    shared_team_ids: [workspace.team],
  };
  const kind = { is_channel: !isGroupDirect, is_im: false, is_mpim: isGroupDirect, is_private: isPrivate };
  return { ok: true, channel: { id, name, ...kind, is_member: isMember, is_archived: isArchived, ...shares } };
}

/** A page at a time, by the names of the first who is left. */
export function membership(workspace: Workspace, { channel: id, cursor = "0", limit = "100" }: Json): Json {
  const channel = workspace.channels.get(String(id));
  if (channel === undefined || (channel.isPrivate && !channel.isMember)) return { ok: false, error: "channel_not_found" };
  const everybody = [...workspace.users.values()].filter(({ is, home }) => is === null && home === null).map((user) => user.id);
  const all = [...(channel.members ?? everybody), ...(channel.isMember ? [workspace.botUser] : [])];
  return paged(all, cursor, limit, (members) => ({ members }));
}

export function person(workspace: Workspace, { user: id, include_locale }: Json): Json {
  const user = workspace.users.get(String(id));
  if (user === undefined && id !== workspace.botUser) return { ok: false, error: "user_not_found" };
  const isLocaleAsked = include_locale === true || include_locale === "true" || include_locale === "1";
  const told = user === undefined ? botOf(workspace) : toldOf(workspace, user);
  return { ok: true, user: { ...told, ...(isLocaleAsked ? { locale: user?.locale ?? "en-US" } : {}) } };
}

/** People of other workspaces are not listed before they are met; here never. */
export function people(workspace: Workspace, { cursor = "0", limit = "100" }: Json): Json {
  const own = [...workspace.users.values()].filter(({ home }) => home === null).map((user) => toldOf(workspace, user));
  return paged([...own, botOf(workspace)], cursor, limit, (members) => ({ members }));
}

function paged<Item>(all: readonly Item[], cursor: unknown, limit: unknown, said: (items: readonly Item[]) => Json): Json {
  const end = Number(cursor) + Number(limit);
  return {
    ok: true,
    ...said(all.slice(Number(cursor), end)),
    response_metadata: { next_cursor: end < all.length ? String(end) : "" },
  };
}

/** Of a deactivated account Slack tells hardly more than that. */
function toldOf({ team }: Workspace, { id, name, realName, is, home }: User): Json {
  const profile = { real_name: realName, display_name: name };
  const common = { id, team_id: home ?? team, name, real_name: realName, is_bot: false, profile, deleted: is === "deleted" };
  if (is === "deleted") return common;
  const restricted = is === "guest" || is === "single-channel guest";
  return {
    ...common,
    is_restricted: restricted,
    is_ultra_restricted: is === "single-channel guest",
    ...(is === "stranger" ? { is_stranger: true } : {}),
  };
}

function botOf({ team, botUser }: Workspace): Json {
  const profile = { real_name: "Curewatch", display_name: "curewatch" };
  return { id: botUser, team_id: team, name: "curewatch", real_name: "Curewatch", is_bot: true, deleted: false, profile };
}
