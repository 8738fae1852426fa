import { isDeepStrictEqual } from "node:util";
import { marked, proposalMark, unmarked } from "../alerts/marks.ts";
import { nameApart } from "../alerts/names.ts";
import { isKeptLine, proposedEvent, sameConfirmed } from "../alerts/proposed-event.ts";
import { type Refusal, refuse } from "../law/finding.ts";
import type { MatterEvent } from "../matter/events.ts";
import type { Matter } from "../matter/history.ts";
import { splitTexts } from "../matter/texts.ts";
import type { Json } from "../ports/ledger.ts";
import type { Proposal } from "../ports/proposals.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import type { Context } from "./command.ts";
import { noteTrace } from "./trail.ts";

/** What is proposed, or kept until its own writer confirms it. */
export interface Proposed {
  readonly matter: Matter;
  readonly event: MatterEvent;
}

const HOUR = 60 * 60_000;

/** The very same that this person has proposed already and that waits, the latest; null where nothing of the kind does. */
export async function proposedAlready({ matter, event }: Proposed, context: Context): Promise<Proposal | null> {
  const { store, person, clock } = context;
  const by = await store.people.known(person);
  const about = by === null ? [] : await store.proposals.about(matter.key);
  const own = about.filter((one) => one.by === by && waits(one, clock.now()) && !isKeptLine(one));
  return own.findLast((one) => isDeepStrictEqual(proposedEvent(one), event)) ?? null;
}

function waits({ outcome, expiresAt }: Proposal, now: Instant): boolean {
  return outcome === null && expiresAt > now;
}

/**
 * Waits for another person's approval. What was confirmed by a button that was pressed before, or is pressed twice at once, is refused: of two
 * the first stands, and of the other nobody is told.
 */
export async function propose(
  proposed: Proposed,
  confirmed: { readonly beside: string | null } | null,
  context: Context,
): Promise<Proposal | Refusal> {
  const { store, clock } = context;
  const kept = { asked: false, ...(confirmed === null ? {} : { beside: confirmed.beside ?? "a0" }) };
  const asked = await asProposed(proposed, kept, context);
  const first = async () => {
    const about = await store.proposals.about(asked.stream);
    return sameConfirmed(
      asked,
      about.filter((one) => waits(one, clock.now())),
    );
  };
  const before = await first();
  if (before !== null) return refuse("proposal-waits", { id: before.id });
  const proposal = await store.proposals.propose(asked);
  const { id, stream } = proposal;
  // They are numbered one after the other: of two presses at once, both of which have seen none before, one is the first.
  const earliest = (await first()) ?? proposal;
  if (earliest.id !== id) {
    await store.proposals.settle(id, { kind: "withdrawn", by: proposal.by, at: clock.now(), eventId: null });
    return refuse("proposal-waits", { id: earliest.id });
  }
  await noteTrace(context, "proposed", { verb: proposed.event.type, stream, detail: { proposal: id } });
  return proposal;
}

/** A line that is too long for a button, kept for whoever wrote it: nothing of it is lost. */
export async function keep(proposed: Proposed, context: Context): Promise<Proposal> {
  return context.store.proposals.propose(await asProposed(proposed, { asked: true }, context));
}

async function asProposed(
  { matter, event }: Proposed,
  kept: { readonly asked: boolean; readonly beside?: string },
  context: Context,
): Promise<Omit<Proposal, "id" | "outcome">> {
  const { store, clock, person, personName, place, terminal } = context;
  const { data, texts } = splitTexts(event, event.type);
  const at = clock.now();
  return {
    stream: matter.key,
    version: matter.version,
    event: { ...(data as { readonly [key: string]: Json }), kept: { texts: Object.keys(texts), ...kept } },
    texts,
    by: await store.people.idOf(person, personName),
    at,
    place: terminal === null ? place : null,
    expiresAt: await expiryFrom(at, context),
  };
}

/** The same once more, of the matter as it is now: it has changed in the very moment of the approval. */
export async function proposeAnew(
  { outcome: _outcome, id: _id, ...proposal }: Proposal,
  matter: Matter,
  context: Context,
): Promise<Proposal> {
  const at = context.clock.now();
  return context.store.proposals.propose({ ...proposal, version: matter.version, at, expiresAt: await expiryFrom(at, context) });
}

async function expiryFrom(at: Instant, { store }: Context): Promise<Instant> {
  return instantOf(millisecondsOf(at) + (await store.access.policy()).pendingHours * HOUR);
}

/** As a button names it. */
export function buttonOf(proposal: Proposal, { store }: Context): string {
  return marked(proposal.id, proposalMark(store.name, proposal));
}

/** A proposal with its matter, both in sight of whoever asks; else it is not known. A button that was shown about another is refused. */
export async function findProposal(
  typed: string,
  context: Context,
): Promise<{ readonly proposal: Proposal; readonly matter: Matter } | Refusal> {
  const { id, mark } = unmarked(typed.toLowerCase());
  const proposal = await context.store.proposals.of(id);
  const matter = await context.register.matter(proposal?.stream ?? "");
  if (proposal === null || matter === null) return refuse("proposal-not-found", { id });
  if (mark !== null && mark !== proposalMark(context.store.name, proposal))
    return refuse("shown-elsewhere", { what: id, line: "proposals" });
  // What another has decided meanwhile is settled before it is recorded: read again, it agrees with the matter.
  return { proposal: (await context.store.proposals.of(proposal.id)) ?? proposal, matter };
}

/** Why it can be decided no more; null while it waits. */
export async function decidedAlready({ id, outcome, expiresAt }: Proposal, { store, clock }: Context): Promise<Refusal | null> {
  if (outcome === null && expiresAt > clock.now()) return null;
  const name = outcome?.by == null ? "" : await nameApart(outcome.by, store.people);
  return refuse("proposal-decided", { id, outcome: outcome?.kind ?? "expired", name: name === "" ? "" : `@${name.replace(/^@/, "")}` });
}

/** Who approved which event of a matter: opaque ids by the events' ids. */
export async function approvalsOf(
  { key, events }: Pick<Matter, "key" | "events">,
  { store }: Context,
): Promise<ReadonlyMap<string, string>> {
  const settled = (await store.proposals.about(key)).flatMap(({ by, outcome }) =>
    outcome?.kind === "approved" && outcome.by !== null && events.some(({ id, by: recorder }) => id === outcome.eventId && recorder === by)
      ? [[outcome.eventId!, outcome.by] as const]
      : [],
  );
  return new Map(settled);
}
