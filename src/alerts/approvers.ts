import type { Matter } from "../matter/history.ts";
import { type Sight, sees } from "../matter/sight.ts";
import type { Access } from "../ports/access.ts";
import type { PersonRef } from "../ports/chat.ts";
import type { People } from "../ports/ledger.ts";
import { everybodysRole, type Sights } from "./sights.ts";

export interface ApproverSource {
  readonly access: Access;
  readonly people: People;
  readonly sights: Sights;
}

/**
 * Those who may approve a change of the matter: approvers and administrators who are known by name and may see it, but for whoever proposes it. Where
 * everybody may approve, nobody in particular is named.
 */
export async function approversOf(source: ApproverSource, matter: Matter, proposer: string): Promise<readonly PersonRef[]> {
  return (await approversAtAll(source, proposer)).filter(({ sight }) => sees(sight, matter)).map(({ ref }) => ref);
}

/** Whether anybody but the proposer is an approver, whatever they may see. */
export async function hasApprovers(source: ApproverSource, proposer: string): Promise<boolean> {
  return (await approversAtAll(source, proposer)).length > 0;
}

async function approversAtAll({ access, people, sights }: ApproverSource, proposer: string) {
  const named = new Set<PersonRef>(sights.admins);
  for (const [id, role] of await access.roles()) {
    const ref = role === "approver" || role === "admin" ? await people.refOf(id) : null;
    if (ref !== null) named.add(ref);
  }
  const approvers: { readonly ref: PersonRef; readonly sight: Sight }[] = [];
  for (const ref of named) {
    const { role, id, sight } = await sights.ofPerson(ref);
    if ((role === "approver" || role === "admin") && id !== proposer) approvers.push({ ref, sight });
  }
  return approvers;
}

/** Whether everybody at the desk may approve. */
export async function everybodyApproves({ sights }: Pick<ApproverSource, "sights">): Promise<boolean> {
  return everybodysRole(await sights.policy(), sights.admins) === "approver";
}

/** Whether nothing is answered any more to the person of that opaque id: what they have proposed is nobody's. */
export async function isTurnedAway({ people, sights }: Pick<ApproverSource, "people" | "sights">, id: string): Promise<boolean> {
  const ref = await people.refOf(id);
  return ref !== null && !(await sights.ofPerson(ref)).sight.any;
}
