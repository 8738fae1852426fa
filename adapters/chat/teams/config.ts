import type { PersonRef, Place } from "../../../src/ports/chat.ts";
import { addressOf, directPlace } from "./address.ts";

/** What an operator configures, and what tests put in its place. */
export interface TeamsConfig {
  /** The application (client) id of the Azure Bot registration. */
  readonly appId: string;
  /** The client secret; needed with SingleTenant, and there must be none with UserAssignedMsi. */
  readonly appPassword?: string;
  /** The directory (tenant) id. Activities of other tenants are not answered. */
  readonly tenantId: string;
  /** Never MultiTenant, which is the SDK's default: new bots cannot be registered so. */
  readonly appType: "SingleTenant" | "UserAssignedMsi";
  /** Switches authentication off. Whoever sets it makes sure that the listener is on loopback; requests from elsewhere are refused all the same. */
  readonly insecureForTests?: boolean;
  readonly overrides?: TeamsOverrides;
}

/** Stand-ins for what lies at Microsoft; for tests. */
export interface TeamsOverrides {
  /** The OpenID document whose keys sign the platform's tokens. */
  readonly openIdMetadata?: string;
  /** The token that posts carry. */
  readonly token?: () => Promise<string>;
  /** How long one request may take; 10,000 without it. */
  readonly requestMilliseconds?: number;
  /** What paces posts instead of the machine's stopwatch, in milliseconds. */
  readonly stopwatch?: () => number;
  /** How long an answer waits before it is sent again; what Teams asks for without it. */
  readonly pauseMilliseconds?: number;
  /** The connector on loopback shows a message to one person to that person alone, as Microsoft's does. */
  readonly privateAnswers?: boolean;
}

/**
 * A sentence that says what to configure, or null where nothing is missing. The SDK takes an empty app id as
 * "authentication disabled" and would answer anybody, hence the refusal.
 */
export function missingIn(config: TeamsConfig): string | null {
  if (config.insecureForTests === true) return null;
  if (config.appId.trim() === "") return "Teams needs an app id: set the application id of the Azure Bot registration.";
  if (config.tenantId.trim() === "") return "Teams needs a tenant id: set the directory id that the Azure Bot registration belongs to.";
  if (config.overrides?.token !== undefined) return null;
  const password = config.appPassword?.trim() ?? "";
  if (config.appType === "SingleTenant" && password === "")
    return "Teams needs an app password: set the client secret of the app registration, or use the app type UserAssignedMsi.";
  if (config.appType === "UserAssignedMsi" && password !== "")
    return "Teams with the app type UserAssignedMsi uses no app password: remove it, or use the app type SingleTenant.";
  return null;
}

/** The tenant of a place, or of a person: people of one tenant alone are served. Null for what another adapter minted. */
export function workspaceOf({ tenantId }: Pick<TeamsConfig, "tenantId">, minted: Place | PersonRef): string | null {
  const tenant = addressOf(minted)?.tenant ?? (/^teams:[^/]+$/.test(minted) ? tenantOf(tenantId) : null);
  return tenant === null ? null : `teams:${tenant}`;
}

/** Tests without a tenant have one all the same. */
function tenantOf(tenantId: string): string {
  return tenantId === "" ? "any" : tenantId;
}

/** A person's own conversation with the bot, as a place; null for a person of another adapter. Tests without a tenant have one place as well. */
export function directOf({ tenantId }: Pick<TeamsConfig, "tenantId">, person: PersonRef): Place | null {
  return directPlace(tenantOf(tenantId), person);
}
