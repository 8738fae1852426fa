import type { Matter } from "../matter/history.ts";
import type { RoleGrant } from "../ports/access.ts";
import type { Acknowledgement, Snooze } from "../ports/attention.ts";
import type { PersonRef } from "../ports/chat.ts";
import type { Proposal } from "../ports/proposals.ts";
import type { Instant } from "../time/instant.ts";
import type { Context } from "./command.ts";
import { spokenName } from "./erasing.ts";
import { keysInSight } from "./sighted-register.ts";

/** Somebody by their opaque id; reference and name are null where they were erased. */
export interface Somebody {
  readonly id: string;
  readonly ref: PersonRef | null;
  readonly name: string | null;
}

/** Something of a matter that is theirs. */
export interface OfMatter {
  readonly key: string;
  /** The event's id; null for the registration. */
  readonly event: string | null;
  readonly type: string;
  readonly at: string;
}

/** What the register holds about a person, of matters in sight; what they did besides stands in the trail. */
export interface About {
  readonly roles: readonly RoleGrant[];
  readonly admissions: readonly { readonly key: string; readonly admitted: boolean; readonly by: string; readonly at: Instant }[];
  readonly recorded: readonly OfMatter[];
  readonly acknowledged: readonly Acknowledgement[];
  readonly snoozed: readonly Snooze[];
  readonly proposals: readonly (Pick<Proposal, "id" | "at"> & { readonly key: string; readonly outcome: string | null })[];
  readonly assigned: readonly OfMatter[];
  readonly places: readonly {
    readonly place: string;
    readonly at: Instant;
    readonly watch: string | null;
    readonly filters: readonly string[];
  }[];
}

/** Reads it from every table that names them. */
export async function aboutPerson(one: Somebody, context: Context): Promise<About> {
  const { store, register } = context;
  const { id } = one;
  const [recorded, assigned]: [OfMatter[], OfMatter[]] = [[], []];
  const [acknowledged, snoozed]: [Acknowledgement[], Snooze[]] = [[], []];
  const called = await namesOf(one, context);
  for await (const matters of register.each()) {
    const heeds = [...(await store.attention.of(matters.map(({ key }) => key))).values()];
    recorded.push(...matters.flatMap((matter) => recordedBy(id, matter)));
    assigned.push(...matters.flatMap((matter) => assignedTo(called, matter)));
    acknowledged.push(...heeds.flatMap(({ acknowledgements }) => acknowledgements).filter(({ by }) => by === id));
    snoozed.push(...heeds.flatMap(({ snoozes }) => snoozes).filter(({ by }) => by === id));
  }
  return {
    roles: await store.access.grants(id),
    admissions: await admissionsOf(id, context),
    ...{ recorded, acknowledged, snoozed },
    proposals: await proposalsOf(id, context),
    assigned,
    places: await placesOf(one, context),
  };
}

async function admissionsOf(id: string, context: Context) {
  const { access, trail } = context.store;
  const now = [...(await access.admitted())].flatMap(([stream, people]) => (people.has(id) ? [stream] : []));
  const noted = (await trail.latest(MOST, { about: id })).flatMap(({ stream }) => stream ?? []);
  const all = [];
  for (const key of await keysInSight(new Set([...now, ...noted]), context.register)) {
    const theirs = (await access.admissions(key)).filter(({ person }) => person === id);
    all.push(...theirs.map(({ admitted, by, at }) => ({ key, admitted, by, at })));
  }
  return all.toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

/** So many traces are looked through for the matters on which somebody was let in. */
const MOST = 10_000;

function recordedBy(id: string, { key, registeredBy, registeredAt, events }: Matter): readonly OfMatter[] {
  const first = registeredBy === id ? [{ key, event: null, type: "registered", at: registeredAt }] : [];
  const theirs = events.filter(({ by, initial }) => by === id && !initial);
  return [...first, ...theirs.map(({ id: event, event: { type }, recordedAt }) => ({ key, event, type, at: recordedAt }))];
}

async function proposalsOf(id: string, context: Context) {
  const { proposals } = context.store;
  const all = [...(await proposals.open()), ...(await proposals.settledSince("" as Instant))];
  const theirs = all.filter(({ by, outcome }) => by === id || outcome?.by === id);
  const seen = await keysInSight(new Set(theirs.map(({ stream }) => stream)), context.register);
  return theirs
    .filter(({ stream }) => seen.has(stream))
    .map(({ id: name, at, stream, outcome }) => ({ id: name, key: stream, at, outcome: outcome?.kind ?? null }))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
}

/** By the reference, or by the name where they alone bear it. */
async function namesOf({ ref, name }: Somebody, { store }: Context): Promise<ReadonlySet<string>> {
  const isAlone = name !== null && (await store.people.named(name)).length === 1;
  return new Set([...(ref === null ? [] : [spokenName(ref)]), ...(isAlone ? [spokenName(name)] : [])]);
}

function assignedTo(called: ReadonlySet<string>, { key, events }: Matter): readonly OfMatter[] {
  return events.flatMap(({ id, event, recordedAt }) =>
    event.type === "assigned" && called.has(spokenName(event.to)) ? [{ key, event: id, type: event.as ?? "assignee", at: recordedAt }] : [],
  );
}

/** Places that they set up or confirmed, their own conversation, and watches. */
async function placesOf({ id, ref }: Somebody, { store, direct }: Context): Promise<About["places"]> {
  const own = ref === null ? null : direct(ref);
  const settings = (await store.subscriptions.all()).flatMap(({ place, by, since, watches }) => [
    ...(by === id || place === own ? [{ place, at: since, watch: null, filters: [] }] : []),
    ...watches.filter((watch) => watch.by === id).map((watch) => ({ place, at: watch.since, watch: watch.id, filters: watch.filters })),
  ]);
  const confirmed = [...(await store.access.confirmations()).values()].filter((one) => one.by === id);
  return [...settings, ...confirmed.map(({ place, at }) => ({ place, at, watch: null, filters: [] }))];
}
