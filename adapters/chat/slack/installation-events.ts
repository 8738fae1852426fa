import type { Grant, Removal } from "./installation.ts";

/** An event as Slack wraps it; what does not apply is left out or null. */
export interface Wrapped {
  readonly team_id?: string | null;
  readonly enterprise_id?: string | null;
  readonly event_time?: number;
  readonly authorizations?: readonly { readonly is_enterprise_install?: boolean; readonly enterprise_id?: string | null }[];
  readonly event?: Happened & { readonly enterprise_id?: string | null; readonly event?: Happened };
}

interface Happened {
  readonly type?: string;
  readonly tokens?: { readonly bot?: readonly string[] };
  readonly team_ids?: readonly unknown[];
}

/**
 * The installation that an event says is no more: app_uninstalled, or tokens_revoked where a bot's is among them; of an organisation's installation,
 * team_access_revoked says in which workspaces it serves no more. Null for any other event.
 * Bolt would leave the installation where it is, with a token that opens nothing. Slack tells of it for a day where it was not heard, and the app
 * may be installed again by then: so it is said when it ended.
 */
export function removalIn(wrapped: Wrapped): Removal | null {
  const { event, team_id: team = null, authorizations } = wrapped;
  const left = teamsOf(wrapped, "team_access_revoked");
  if (left !== null) return { team: null, ofOrganisation: true, left, ...said(wrapped) };
  const bots = event?.type === "tokens_revoked" ? (event.tokens?.bot ?? []) : undefined;
  const isRemoval = event?.type === "app_uninstalled" || (bots !== undefined && bots.length > 0);
  if (!isRemoval) return null;
  const ofOrganisation = team === null || authorizations?.[0]?.is_enterprise_install === true;
  return { ...said(wrapped), team, ofOrganisation, ...(bots === undefined ? {} : { bots }) };
}

/** The workspaces in which an organisation's installation may serve from now on (team_access_granted). Null for any other event. */
export function grantIn(wrapped: Wrapped): Grant | null {
  const teams = teamsOf(wrapped, "team_access_granted");
  return teams === null ? null : { teams, ...said(wrapped) };
}

/** Slack's own page of these events wraps them twice. */
function teamsOf({ event }: Wrapped, type: string): readonly string[] | null {
  const access = event?.event ?? event;
  return access?.type === type ? (access.team_ids ?? []).filter((id) => typeof id === "string") : null;
}

/** Of which organisation, which may be named only where it says for whom the event is, and when. */
function said({ event, enterprise_id, authorizations, event_time: at }: Wrapped): {
  readonly enterprise: string | null;
  readonly at?: number;
} {
  const enterprise = event?.enterprise_id ?? enterprise_id ?? authorizations?.[0]?.enterprise_id ?? null;
  return { enterprise, ...(typeof at === "number" ? { at } : {}) };
}
