import { askingCard, outcomeCard, type ShownProposal } from "../cards/proposal-card.ts";
import { compareWith } from "../matter/difference.ts";
import type { MatterEvent } from "../matter/events.ts";
import type { Matter } from "../matter/history.ts";
import { sees } from "../matter/sight.ts";
import type { Access } from "../ports/access.ts";
import type { PersonRef, Place } from "../ports/chat.ts";
import type { Proposal, Proposals } from "../ports/proposals.ts";
import type { Trail } from "../ports/trail.ts";
import type { Day } from "../time/day.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import { approversOf, isTurnedAway } from "./approvers.ts";
import { lookAt } from "./look.ts";
import { marked, proposalMark } from "./marks.ts";
import { called, nameApart, namesOfPeople } from "./names.ts";
import { orFault } from "./or-fault.ts";
import { ownerOf } from "./owner.ts";
import { isKeptLine, isSlip, proposedEvent } from "./proposed-event.ts";
import type { Round } from "./round.ts";
import { sightsNow } from "./sight-book.ts";
import type { TickHost } from "./tick.ts";
import { NEWS, ownPlace, singlesFor, type ToldAlone, type ToTell } from "./told-alone.ts";
import { mendedBefore, valuesBefore } from "./values-before.ts";

/** What owners, approvers and proposers are told of. */
export interface ConsentSource {
  readonly proposals: Proposals;
  readonly trail: Trail;
  readonly access: Access;
  /** Of what was recorded before, nothing is said. */
  announcesSince(): Promise<Instant>;
  /** The desk's name, to which what is shown is tied. */
  readonly name: string;
}

/**
 * What waits for an approval is told to those who can give it and to whose matter it is; what nobody has approved in time lapses, and what became of
 * a proposal is told to its proposer, of one that lapsed to the approvers as well.
 */
export async function proposalsDue(host: TickHost, round: Round): Promise<readonly ToldAlone[]> {
  const { consent } = host;
  if (consent === undefined) return [];
  const waiting = await lapsed(host, await consent.proposals.open(), consent, round.now);
  const settled = await consent.proposals.settledSince(instantOf(millisecondsOf(round.now) - NEWS));
  const told = [...waiting.filter((one) => !isSlip(one, waiting)), ...settled].filter((proposal) => !isKeptLine(proposal));
  if (told.length === 0) return [];
  const matters = new Map((await host.register.some([...new Set(told.map(({ stream }) => stream))])).map((matter) => [matter.key, matter]));
  const wanted: ToTell[] = [];
  for (const proposal of told) {
    const matter = matters.get(proposal.stream);
    if (matter === undefined) continue;
    const of = { host, consent, proposal, matter };
    wanted.push(...(proposal.outcome === null ? await asking(of, round.now) : await answering(of)));
  }
  return singlesFor(host, round, wanted);
}

/** Settles those whose time is over, or whose proposer was turned away since, and answers the others. */
async function lapsed(host: TickHost, open: readonly Proposal[], consent: ConsentSource, now: Instant): Promise<readonly Proposal[]> {
  const waiting: Proposal[] = [];
  for (const proposal of open) {
    const waits = proposal.expiresAt > now && !(await isTurnedAway(host, proposal.by));
    if (waits) waiting.push(proposal);
    else await lapse(proposal, consent, now);
  }
  return waiting;
}

/** Settles a proposal that nobody can approve any more, and notes it in the trail. */
export async function lapse(
  proposal: Proposal,
  { proposals, trail }: Pick<ConsentSource, "proposals" | "trail">,
  now: Instant,
): Promise<void> {
  const { id, by, stream } = proposal;
  const isFirst = await proposals.settle(id, { kind: "expired", by: null, at: now, eventId: null });
  if (!isFirst || isKeptLine(proposal)) return;
  await trail.note([{ at: now, by, from: "", action: "expired", stream, verb: String(proposal.event.type), detail: { proposal: id } }]);
}

interface Told {
  readonly host: TickHost;
  readonly consent: ConsentSource;
  readonly proposal: Proposal;
  readonly matter: Matter;
}

/**
 * Each approver, and whose matter it is, unless it is their own proposal. Where the desk can write to no approver alone, as where it has but a
 * channel in another's workspace, the place in which it was proposed is told, or the operations place: whichever may see the matter.
 */
async function asking(told: Told, now: Instant): Promise<readonly ToTell[]> {
  const { host, proposal, matter } = told;
  const event = proposedEvent(proposal);
  const scene = orFault(host, { matter }, () => lookAt(matter, now));
  if (event === null || scene === null) return [];
  const shown = await shownProposal(told, event, scene.today);
  if (shown === null) return [];
  const approvers = await approversFor(told);
  const owner = await ownerOf(host.people, matter, scene.standing);
  const isOwn = owner !== null && (await host.people.known(owner)) === proposal.by;
  const all = new Set([...approvers, ...(owner === null || isOwn ? [] : [owner])]);
  const wanted = new Map<Place, boolean>();
  for (const person of all) {
    const place = ownPlace(host, person);
    if (place !== null) wanted.set(place, approves(person) || wanted.get(place) === true);
  }
  if (approvers.length > 0 && ![...wanted.values()].includes(true)) {
    const place = await commonPlace(told);
    if (place === null) host.log.warn({ proposal: proposal.id }, "a proposal waits, and none of those who may approve it can be told");
    else wanted.set(place, true);
  }
  const name = ["proposal", matter.key, proposal.id];
  return [...wanted].map(([place, mayApprove]): ToTell => {
    const reader = { approves: mayApprove, version: matter.version };
    const card = (language: Language) => askingCard(language, shown, reader);
    return { place, matter, name, kind: "proposal", shown: { proposal: proposal.id }, card };
  });

  function approves(person: PersonRef): boolean {
    return approvers.includes(person);
  }
}

/** Where those who may approve it can be reached together. */
async function commonPlace({ host, proposal, matter }: Told): Promise<Place | null> {
  const places = [proposal.place, await host.operations()].filter((place) => place !== null && host.adapterOf(place) !== null) as Place[];
  const sights = await sightsNow(host, places);
  return places.find((place) => sees(sights.get(place)!, matter)) ?? null;
}

async function shownProposal({ host, consent, proposal, matter }: Told, event: MatterEvent, today: Day): Promise<ShownProposal | null> {
  const compared = orFault(host, { matter }, () => compareWith(matter, event, today));
  if (compared === null) return null;
  const { id, by, expiresAt } = proposal;
  const people = await namesOfPeople([matter], host.people);
  const intended = {
    ref: refOf(matter),
    event,
    comparison: { ...compared, before: called(compared.before, people) },
    was: valuesBefore(matter, { event, order: matter.version + 1 }),
    mends: mendedBefore(matter, { event, order: matter.version + 1 }),
  };
  const button = marked(id, proposalMark(consent.name, proposal));
  return { id, button, key: matter.key, intended, name: await nameApart(by, host.people), expiresAt, zone: compared.after.zone };
}

/** The proposer, where somebody else has decided; the approvers, where nobody has. */
async function answering(told: Told): Promise<readonly ToTell[]> {
  const { host, proposal, matter } = told;
  const { id, by, place: from } = proposal;
  const outcome = proposal.outcome!;
  const because = proposal.texts.declined ?? null;
  const name = outcome.by === null || (await host.people.nameOf(outcome.by)) === null ? null : await nameApart(outcome.by, host.people);
  const proposer = await host.people.refOf(by);
  const own = ownPlace(host, proposer) ?? (from === null || host.adapterOf(from) === null ? null : from);
  const others = outcome.kind === "expired" ? (await approversFor(told)).map((person) => ownPlace(host, person)) : [];
  const places = new Set<Place>([...(outcome.kind === "withdrawn" ? [] : [own]), ...others].filter((place) => place !== null));
  return [...places].map(
    (place): ToTell => ({
      place,
      matter,
      name: ["proposal-outcome", matter.key, id],
      kind: "proposal-outcome",
      shown: { proposal: id, outcome: outcome.kind },
      card: (language) => outcomeCard(language, { id, ref: refOf(matter), key: matter.key }, { kind: outcome.kind, name, because }),
    }),
  );
}

function approversFor({ host, consent, proposal, matter }: Told): Promise<readonly PersonRef[]> {
  return approversOf({ access: consent.access, people: host.people, sights: host.sights }, matter, proposal.by);
}

function refOf({ facts: { ref, addressee } }: Matter): string {
  return addressee === undefined ? ref : `${ref}/${addressee}`;
}
