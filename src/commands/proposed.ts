import { approversOf, everybodyApproves, hasApprovers } from "../alerts/approvers.ts";
import { nameApart } from "../alerts/names.ts";
import { isKeptLine, proposedEvent } from "../alerts/proposed-event.ts";
import { type ErasedProposal, proposalsCard, proposedCard, type ShownProposal } from "../cards/proposal-card.ts";
import { authorityOf } from "../law/catalogue.ts";
import type { Refusal } from "../law/finding.ts";
import type { Matter } from "../matter/history.ts";
import { visibilityOf } from "../matter/sight.ts";
import type { Card } from "../ports/card.ts";
import type { Proposal } from "../ports/proposals.ts";
import type { Context, Result } from "./command.ts";
import { type Intention, intendedBy } from "./consent.ts";
import { nameOf, todayOf } from "./find.ts";
import { atLeast } from "./permission.ts";
import { buttonOf, propose } from "./proposing.ts";

/** Proposes what is intended, and says who can approve it and until when. */
export async function proposed({ matter, event, confirmed, beside = null }: Intention, context: Context): Promise<Result | Refusal> {
  const { store, sights, language } = context;
  const proposal = await propose({ matter, event }, confirmed === null ? null : { beside }, context);
  if ("refused" in proposal) return proposal;
  const source = { access: store.access, people: store.people, sights };
  const approvers = (await everybodyApproves(source)) ? null : await approversOf(source, matter, proposal.by);
  const isUnreached = context.terminal === null && approvers !== null && approvers.every((person) => context.direct(person) === null);
  const shown = await shownProposal(proposal, matter, context);
  const isRestricted = visibilityOf(matter) === "restricted";
  // That there are others who approve is all that is told of who is not let in.
  const letIn = isRestricted && approvers?.length === 0 ? { others: await hasApprovers(source, proposal.by) } : null;
  return {
    cards: [proposedCard(language, shown!, approvers === null ? null : { n: approvers.length, isUnreached, letIn })],
    json: { proposed: await proposalJson(proposal, matter, context) },
  };
}

/** A proposal as a card shows it; null where its texts were erased. */
export async function shownProposal(proposal: Proposal, matter: Matter, context: Context): Promise<ShownProposal | null> {
  const event = proposedEvent(proposal);
  if (event === null) return null;
  const { id, by, expiresAt } = proposal;
  const intended = await intendedBy({ matter, event, today: todayOf(matter, context) }, context, by);
  const name = await nameApart(by, context.store.people);
  const button = buttonOf(proposal, context);
  return { id, button, key: matter.key, intended, name, expiresAt, zone: authorityOf(matter.facts.authority)!.zone };
}

export async function proposalJson(proposal: Proposal, matter: Matter, { store }: Context) {
  const { id, version, at, expiresAt, by, outcome } = proposal;
  const event = proposedEvent(proposal);
  return {
    id,
    ref: nameOf(matter),
    version,
    event,
    by: await nameApart(by, store.people),
    byId: by,
    at,
    expiresAt,
    ...(outcome === null ? {} : { outcome: outcome.kind }),
  };
}

/** A proposal that waits, with its matter as it is now. */
export interface Waiting {
  readonly proposal: Proposal;
  readonly matter: Matter;
  readonly shown: ShownProposal;
  /** It is the asker's own: they can withdraw it. */
  readonly own: boolean;
  /** The asker may approve it. */
  readonly approves: boolean;
}

/** What waits for an approval and is in sight, the oldest first: of what the desk only considers nobody else knows. */
export async function waitingProposals(context: Context, which: "all" | "to-approve" = "all"): Promise<readonly Waiting[]> {
  const { store, register, clock } = context;
  const { role, id } = await context.clearance();
  if (!(await context.sight()).desk) return [];
  const waiting: Waiting[] = [];
  for (const proposal of await store.proposals.open()) {
    if (isKeptLine(proposal) || proposal.expiresAt <= clock.now()) continue;
    const own = proposal.by === id;
    const approves = !own && atLeast(role, "approver");
    // What is not shown is not looked at.
    if (which === "to-approve" && !approves) continue;
    const matter = await register.matter(proposal.stream);
    const shown = matter === null ? null : await shownProposal(proposal, matter, context);
    if (matter === null || shown === null) continue;
    waiting.push({ proposal, matter, shown, own, approves });
  }
  return waiting;
}

/** What waits in sight though a text of it was erased: it can only be declined, or withdrawn by whoever proposed it. */
export async function erasedProposals(
  context: Context,
): Promise<readonly { readonly proposal: Proposal; readonly matter: Matter; readonly own: boolean }[]> {
  const { store, register, clock } = context;
  const { id } = await context.clearance();
  const erased: { proposal: Proposal; matter: Matter; own: boolean }[] = [];
  if (!(await context.sight()).desk) return erased;
  for (const proposal of await store.proposals.open()) {
    if (isKeptLine(proposal) || proposal.expiresAt <= clock.now() || proposedEvent(proposal) !== null) continue;
    const matter = await register.matter(proposal.stream);
    if (matter !== null) erased.push({ proposal, matter, own: proposal.by === id });
  }
  return erased;
}

/** What waits for this person's approval, for their home; null where nothing does. */
export async function proposalsWaiting(context: Context): Promise<Card | null> {
  const mine = await waitingProposals(context, "to-approve");
  return mine.length === 0 ? null : waitingCard(mine, context, "proposals.waiting-you");
}

export function waitingCard(
  waiting: readonly Waiting[],
  { language }: Context,
  title?: "proposals.title" | "proposals.waiting-you",
  erased: readonly ErasedProposal[] = [],
): Card {
  const shown = waiting.map(({ shown: one, matter, own, approves }) => ({ ...one, version: matter.version, own, approves }));
  return proposalsCard(language, shown, title, erased);
}
