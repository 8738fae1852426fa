import { type Visibility, visibilityOf } from "../matter/sight.ts";
import type { Access } from "../ports/access.ts";
import type { Place } from "../ports/chat.ts";
import type { People } from "../ports/ledger.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import { type Instant, momentOf } from "../time/instant.ts";
import { visibilityBefore, watchedSince } from "./heard-since.ts";
import type { Hearer } from "./hearers.ts";
import { admittedSince, letInOn } from "./let-in.ts";
import type { Scene } from "./look.ts";
import { type SightMemory, sightLately } from "./sight-book.ts";
import type { Sights } from "./sights.ts";
import { firstOfToday } from "./steps.ts";
import type { TickHost } from "./tick.ts";

/** What is known of how a place sees one matter. */
interface Seeing {
  /** When the day began at the authority, and who might know of the matter then. */
  readonly began: Instant;
  readonly visibility: Visibility;
  /** What it watches and is told of by that. */
  readonly watches: Subscription["watches"];
  /** Since when its one reader is let in, of a restricted matter, and whether they were as the day began; null and false of all others. */
  readonly admitted: Instant | null;
  readonly wasAdmitted: boolean;
  /** Whether it sees the desk's matters and, where it does by that alone, since when it is confirmed. */
  readonly desk: boolean;
  readonly confirmed: Instant | null;
}

/**
 * From when on a place can have heard of a matter, by what it watches and by what it may see: that may be only since this morning, as somebody was let
 * in, as the matter was opened, or restricted to people who had not watched it, or as the place was confirmed. May be too early within that day, never
 * too late; null where it is told whatever it watches, since before.
 */
function heardFrom(scene: Scene, seeing: Seeing): Instant | null {
  const { began, visibility, watches, admitted, wasAdmitted, desk, confirmed } = seeing;
  const isLetIn = visibilityOf(scene.matter) === "restricted";
  const watched = watchedSince({ watches }, scene);
  const own = isLetIn ? null : watched;
  if (own !== null && own >= began) return own;
  const wasSeen = visibility === "public" || (desk && (confirmed === null || confirmed < began));
  const heardBefore = visibility === "restricted" ? wasAdmitted : watched !== null && watched < began && wasSeen;
  if (heardBefore) return own;
  const moments = [admitted, firstOfToday(scene)?.recordedAt ?? null, confirmed].filter((at) => at !== null && at >= began);
  return (moments.sort()[0] ?? own) as Instant | null;
}

/** Of each place that is told of each of the matters. */
export async function heardBy(
  host: TickHost,
  scenes: ReadonlyMap<string, Scene>,
  subscriptions: ReadonlyMap<Place, Subscription>,
): Promise<(hearer: Hearer, scene: Scene) => Instant | null> {
  const mornings = new Map<string, Pick<Seeing, "began" | "visibility"> & { readonly letIn: ReadonlySet<Place> }>();
  for (const [stream, scene] of scenes) {
    // One that cannot be told is told of as such where it is planned.
    const visibility = orNull(() => visibilityBefore(scene));
    if (visibility === null) continue;
    const began = momentOf(scene.zone, scene.today);
    const letIn = visibility === "restricted" ? (await letInOn(host, stream, began)).map(({ place }) => place) : [];
    mornings.set(stream, { began, visibility, letIn: new Set(letIn) });
  }
  const confirmed = await confirmedSince(host, [...mornings.values()].map(({ began }) => began).sort()[0]);
  return ({ to: { place }, since, watches }, scene) => {
    const morning = mornings.get(scene.matter.key);
    if (morning === undefined) return watchedSince({ watches: watches ?? [] }, scene);
    const own = subscriptions.get(place);
    return heardFrom(scene, {
      ...morning,
      watches: watches ?? (own?.reminders === true ? own.watches : []),
      admitted: watches === undefined ? (since as Instant) : null,
      wasAdmitted: morning.letIn.has(place),
      desk: sightLately(host, place).desk,
      confirmed: confirmed.get(place) ?? null,
    });
  };
}

function orNull<Result>(find: () => Result): Result | null {
  try {
    return find();
  } catch {
    return null;
  }
}

/** Since when the places are confirmed that see what is the desk's by that alone; those that were since a moment. */
async function confirmedSince(host: TickHost, moment: Instant | undefined): Promise<ReadonlyMap<Place, Instant>> {
  const found = new Map<Place, Instant>();
  if (moment === undefined) return found;
  for (const [place, at] of await confirmedIn(host))
    if (at >= moment && (await host.sights.placeOf(place)).audience.kind !== "internal") found.set(place, at);
  return found;
}

/** Read again when something of the access tables has changed. */
const CONFIRMED = new WeakMap<SightMemory, { readonly version: number | null; readonly at: ReadonlyMap<Place, Instant> }>();

async function confirmedIn({ access, memory: { sights } }: Pick<TickHost, "access" | "memory">): Promise<ReadonlyMap<Place, Instant>> {
  const kept = CONFIRMED.get(sights);
  if (kept !== undefined && kept.version === sights.version) return kept.at;
  const all = [...(await access.confirmations()).values()].filter(({ internal }) => internal);
  const at = new Map(all.map((one) => [one.place, one.at]));
  CONFIRMED.set(sights, { version: sights.version, at });
  return at;
}

interface SeenSource {
  readonly access: Pick<Access, "admissions">;
  readonly people: Pick<People, "known">;
  readonly sights: Pick<Sights, "placeOf" | "ofPlace">;
}

/** Of one place, which asks by itself what it is told. */
export async function heardIn(
  { access, people, sights }: SeenSource,
  place: Place,
  settings: Pick<Subscription, "watches" | "reminders"> | null,
  scene: Scene,
): Promise<Instant | null> {
  const watches = settings?.reminders === true ? settings.watches : [];
  const visibility = visibilityBefore(scene);
  if (visibility === null) return watchedSince({ watches }, scene);
  const began = momentOf(scene.zone, scene.today);
  const { audience, confirmation } = await sights.placeOf(place);
  const id = audience.kind === "person" ? await people.known(audience.person) : null;
  const admissions = id === null ? [] : (await access.admissions(scene.matter.key)).filter(({ person }) => person === id);
  const isByWord = audience.kind !== "internal" && confirmation?.internal === true;
  const isLetIn = visibilityOf(scene.matter) === "restricted";
  return heardFrom(scene, {
    ...{ began, visibility, watches },
    admitted: isLetIn && id !== null ? (admittedSince(admissions).get(id) ?? null) : null,
    wasAdmitted: id !== null && admittedSince(admissions.filter(({ at }) => at < began)).has(id),
    desk: (await sights.ofPlace(place)).desk,
    confirmed: isByWord ? confirmation.at : null,
  });
}
