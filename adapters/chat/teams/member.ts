import type { PersonKind } from "../../../src/ports/chat.ts";

/** As the roster of a conversation tells of somebody; either name of the directory's id occurs. */
export interface Member {
  readonly id?: unknown;
  readonly name?: unknown;
  readonly aadObjectId?: unknown;
  readonly objectId?: unknown;
  readonly tenantId?: unknown;
  readonly userRole?: unknown;
  readonly userPrincipalName?: unknown;
  readonly email?: unknown;
}

/** What Teams calls members of the tenant (TeamsChannelAccount.userRole). */
const INSIDE: ReadonlySet<string> = new Set(["user", "member", "owner", "admin"]);

/**
 * Anonymous and federated people have no part in the tenant's directory; guests have one, under a name of their own (…#EXT#@…). Of whom Teams tells
 * neither role nor such a name nobody knows.
 */
export function kindOfMember(member: Member, tenant: string): PersonKind {
  if (isOfAnother(member, tenant) || directoryIdOf(member) === undefined) return "stranger";
  if (typeof member.userPrincipalName === "string" && /#EXT#/i.test(member.userPrincipalName)) return "guest";
  const role = typeof member.userRole === "string" ? member.userRole.toLowerCase() : "";
  if (role === "guest") return "guest";
  if (INSIDE.has(role)) return "member";
  return role === "" ? "unknown" : "stranger";
}

export function isOfAnother({ tenantId }: Member, tenant: string): boolean {
  return typeof tenantId === "string" && tenantId !== "" && tenantId !== tenant;
}

export function directoryIdOf({ aadObjectId, objectId }: Member): string | undefined {
  const id = aadObjectId ?? objectId;
  return typeof id === "string" && id !== "" ? id : undefined;
}
