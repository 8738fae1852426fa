import { isDeepStrictEqual } from "node:util";
import { isTurnedAway } from "../../alerts/approvers.ts";
import { lapse } from "../../alerts/proposals-told.ts";
import { isKeptLine, proposedEvent } from "../../alerts/proposed-event.ts";
import { consentCard } from "../../cards/consent-card.ts";
import { say } from "../../cards/say.ts";
import { type Refusal, refuse } from "../../law/finding.ts";
import { decideEvent, nextEventId } from "../../matter/decide.ts";
import type { MatterEvent } from "../../matter/events.ts";
import type { Matter } from "../../matter/history.ts";
import type { Action } from "../../ports/card.ts";
import type { Proposal } from "../../ports/proposals.ts";
import { millisecondsOf } from "../../time/instant.ts";
import type { Command, Context, Outcome, Question } from "../command.ts";
import { converses, intendedBy, meanwhileOf } from "../consent.ts";
import { nameOf, todayOf } from "../find.ts";
import { buttonOf, decidedAlready, findProposal, proposeAnew } from "../proposing.ts";
import { recordNow } from "../record-event.ts";
import { commandOfProposal, noteTrace } from "../trail.ts";

export const approve: Command = {
  verb: "approve",
  summary: "help.approve",
  group: "record",
  access: "writes",
  who: "approver",
  positionals: [{ name: "id", kind: "id", required: true }],
  options: [{ name: "confirmed", kind: "count", unasked: true, about: "help.confirmed" }],
  form: null,
  examples: ["approve a1", "approve a1 --confirmed 4"],
  async run(values, context) {
    const erasures = await context.store.privacy.version();
    const found = await findProposal(values.id as string, context);
    if ("refused" in found) return found;
    const { proposal, matter } = found;
    const { id } = proposal;
    if (isKeptLine(proposal)) return refuse("proposal-kept", { id });
    const by = await context.store.people.idOf(context.person, context.personName);
    if (by === proposal.by) return refuse("proposal-own", { id });
    const isMissing = await isLost(proposal, matter, context);
    const away = proposal.outcome === null || isMissing ? await proposerAway(proposal, context) : null;
    if (away !== null) return away;
    const event = proposedEvent(proposal);
    // What was approved long ago is not recorded as if it were today: whoever still means it proposes it anew.
    if (isMissing && proposal.expiresAt <= context.clock.now()) return refuse("proposal-decided", { id, outcome: "expired", name: "" });
    if (event !== null && isMissing)
      return recordApproved({ proposal, matter, event: { ...event, ...idIn(proposal, matter) }, erasures }, context);
    const decided = await decidedAlready(proposal, context);
    if (decided !== null) return decided;
    if (event === null) return refuse("proposal-erased", { id });
    const refusal = decideEvent(matter, event, todayOf(matter, context));
    if (refusal !== null) return refusal;
    const seen = values.confirmed === undefined ? (converses(context) ? null : proposal.version) : Number(values.confirmed);
    if (seen !== matter.version) return askApprover({ proposal, matter, event, erasures }, seen, context);
    return decide({ proposal, matter, event, erasures }, by, context);
  },
};

/** Nothing more is recorded in the name of somebody who was turned away: what they have proposed lapses. */
async function proposerAway(proposal: Proposal, { store, sights, clock }: Context): Promise<Refusal | null> {
  const { id, by, outcome } = proposal;
  if (!(await isTurnedAway({ people: store.people, sights }, by))) return null;
  if (outcome === null) await lapse(proposal, store, clock.now());
  return refuse("proposal-decided", { id, outcome: "away", name: "" });
}

interface ToApprove {
  readonly proposal: Proposal;
  readonly matter: Matter;
  readonly event: MatterEvent;
  /** How many erasures there were before it was read. */
  readonly erasures: number;
}

/** Between the decision and its record lies a moment; after so long whoever decided is no more. */
const MINUTE = 60_000;

/** Approved, and not recorded by a process that died in that moment: whoever approves it again records it, unless it waits anew. */
async function isLost({ id, outcome, by, event }: Proposal, { events, key }: Matter, { store, clock }: Context): Promise<boolean> {
  if (outcome?.kind !== "approved" || millisecondsOf(clock.now()) - millisecondsOf(outcome.at) < MINUTE) return false;
  if (events.some((one) => one.id === outcome.eventId && one.by === by)) return false;
  return !(await store.proposals.about(key)).some(
    (other) => other.id !== id && other.at >= outcome.at && isDeepStrictEqual(other.event, event),
  );
}

/** The id that was meant for it, where nothing else has taken that since. */
function idIn({ outcome }: Proposal, { events }: Matter): { readonly id?: string } {
  const id = outcome?.eventId ?? null;
  return id === null || events.some((one) => one.id === id) ? {} : { id };
}

async function askApprover({ proposal, matter, event }: ToApprove, seen: number | null, context: Context): Promise<Question> {
  const { language } = context;
  const { id, version } = proposal;
  const button = buttonOf(proposal, context);
  const line = `approve ${button} --confirmed ${matter.version}`;
  const offer: Action = { label: say(language, "proposal.approve"), command: line, style: "primary" };
  const since = seen ?? version;
  const changed = since !== matter.version;
  const card = consentCard(language, await intendedBy({ matter, event, today: todayOf(matter, context) }, context, proposal.by), {
    title: changed ? "consent.changed-title" : "approval.confirm-title",
    meanwhile: changed ? await meanwhileOf(matter, since, context) : null,
    twoPersons: false,
    actions: [offer, { label: say(language, "proposal.decline"), command: `decline ${button}` }],
  });
  return { ...refuse(changed ? "approval-changed" : "approval-needed", { id, ref: nameOf(matter), line }), offer, card };
}

/** Of two who approve at once one does. The event is settled first under the id that it will have, then recorded: by its proposer. */
async function decide({ proposal, matter, event, erasures }: ToApprove, by: string, context: Context): Promise<Outcome> {
  const { store, clock } = context;
  const { id, stream } = proposal;
  const eventId = event.id ?? nextEventId(new Set(matter.events.map((one) => one.id)), matter.events.length + 1);
  const isFirst = await store.proposals.settle(id, { kind: "approved", by, at: clock.now(), eventId });
  if (!isFirst) return (await decidedAlready((await store.proposals.of(id))!, context))!;
  await noteTrace(context, "approved", { verb: "approve", stream, detail: { proposal: id, event: eventId } });
  return recordApproved({ proposal, matter, event: { ...event, id: eventId }, erasures }, context);
}

async function recordApproved({ proposal, matter, event, erasures }: ToApprove, context: Context): Promise<Outcome> {
  const { id, by } = proposal;
  const stamp = { recordedAt: context.clock.now(), by, commandId: commandOfProposal(id), via: "command", erasures } as const;
  const recorded = await recordNow({ matter, event, today: todayOf(matter, context), confirmed: matter.version }, stamp, context);
  if ("refused" in recorded && recorded.refused === "erased-since") return recordUnerased({ proposal, matter, event }, context);
  if (!("refused" in recorded) || recorded.refused !== "consent-changed") return recorded;
  // Somebody has recorded something between the look and this: it waits anew, as it is.
  const now = (await context.register.matter(matter.key)) ?? matter;
  // Nor does what was erased in that moment come back with it.
  if (proposedEvent((await context.store.proposals.of(id))!) === null) return refuse("proposal-erased", { id });
  const again = await proposeAnew(proposal, now, context);
  return refuse("proposal-anew", { id, ref: nameOf(now), again: again.id });
}

/** Something was erased between the look and this: a text of it, and nothing is recorded, or of others, and it is recorded all the same. */
async function recordUnerased({ proposal, matter, event }: Omit<ToApprove, "erasures">, context: Context): Promise<Outcome> {
  const { store } = context;
  const erasures = await store.privacy.version();
  const now = (await store.proposals.of(proposal.id))!;
  return proposedEvent(now) === null
    ? refuse("proposal-erased", { id: proposal.id })
    : recordApproved({ proposal: now, matter, event, erasures }, context);
}
