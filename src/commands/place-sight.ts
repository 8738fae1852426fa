import { type Refusal, refuse } from "../law/finding.ts";
import type { Audience, Place } from "../ports/chat.ts";
import type { Context } from "./command.ts";
import { noteTrace } from "./trail.ts";

/**
 * What the people of a place may see together: the desk's matters where it is `internal`, by what the platform tells or somebody has confirmed;
 * public ones alone where it is `shared` with others, or `unconfirmed`: the platform does not tell, and nobody has confirmed it; `not-now` where
 * that will pass. `person` is somebody's own conversation.
 */
export interface PlaceSight {
  readonly sight: "internal" | "shared" | "unconfirmed" | "not-now" | "person";
  /** The bot is not in the place: whoever reads there, nothing can be posted. */
  readonly absent: boolean;
  /** Why it is shared. */
  readonly because: Extract<Audience, { kind: "shared" }>["because"] | null;
  /** Who has confirmed that it is internal, by name, and when; null where nobody has, or it was taken back. */
  readonly confirmed: { readonly name: string | null; readonly at: string } | null;
}

export async function placeSightOf({ sights, store, place }: Context): Promise<PlaceSight> {
  const { audience, confirmation } = await sights.placeOf(place);
  const holds = confirmation?.internal === true;
  const absent = isAbsent(audience, holds);
  const confirmed = holds ? { name: await store.people.nameOf(confirmation.by), at: confirmation.at } : null;
  switch (audience.kind) {
    case "person":
      return { sight: "person", absent, because: null, confirmed: null };
    case "internal":
      return { sight: "internal", absent, because: null, confirmed };
    case "shared":
      return { sight: "shared", absent, because: audience.because, confirmed };
    case "unknown":
      return { sight: holds ? "internal" : isNotNow(audience, holds) ? "not-now" : "unconfirmed", absent, because: null, confirmed };
  }
}

/** Whether the bot is not there: of a place of which its platform tells nothing else, whoever has confirmed that it is internal knows better. */
function isAbsent(audience: Audience, isConfirmed: boolean): boolean {
  if (audience.kind === "unknown") return audience.because === "absent" && !isConfirmed;
  return audience.kind !== "person" && audience.absent === true;
}

/** Whether the platform cannot tell of the place just now, and neither it nor anybody has before: what is asked of all there waits until it does. */
function isNotNow(audience: Audience, isConfirmed: boolean): boolean {
  return audience.kind === "unknown" && audience.because === "not-now" && !isConfirmed;
}

/** Why nothing may be told to all of a place at this moment, nor set up for it: what would be said of its readers may be wrong. */
export async function refusedNotNow({ sights }: Pick<Context, "sights">, place: Place, named = false): Promise<Refusal | null> {
  const { audience, confirmation } = await sights.placeOf(place);
  return isNotNow(audience, confirmation?.internal === true) ? refuse("place-not-now", named ? { place } : {}) : null;
}

/**
 * Why nothing that is set up for a place would ever arrive there: its platform says that the bot is not in it, or cannot tell just now. `named`
 * where it is another than this.
 */
export async function refusedAbsent(context: Context, place: Place, named: boolean): Promise<Refusal | null> {
  const { audience, confirmation } = await context.sights.placeOf(place);
  if (!isAbsent(audience, confirmation?.internal === true)) return refusedNotNow(context, place, named);
  return refuse("place-absent", named ? { place } : {});
}

/**
 * Whether the place may be made to watch by itself: the desk's own people alone read there, or one of them, by what the platform tells or somebody
 * has confirmed, and nothing tells that the bot is not there.
 */
export async function mayBeFirst({ sights, place }: Context): Promise<boolean> {
  const { audience, confirmation } = await sights.placeOf(place);
  if (isAbsent(audience, false) || audience.kind === "shared") return false;
  return audience.kind !== "unknown" || confirmation?.internal === true;
}

/** What --json prints of it. */
export function sightJson({ sight, absent, confirmed }: PlaceSight) {
  return { sight, ...(absent ? { absent } : {}), ...(confirmed === null ? {} : { confirmed: { by: confirmed.name, at: confirmed.at } }) };
}

/** Notes that somebody says that everybody in the place may see the desk's matters, or takes that back. Where others read too, their word does not help. */
export async function confirmPlace(internal: boolean, context: Context): Promise<Refusal | null> {
  const { sights, store, clock, person, personName, place } = context;
  const { audience, confirmation } = await sights.placeOf(place);
  if (audience.kind === "person") return refuse("internal-own");
  if (internal && audience.kind === "shared") return refuse("internal-shared", { because: audience.because });
  if ((confirmation?.internal === true) === internal) return null;
  const by = await store.people.idOf(person, personName);
  await store.access.confirm({ place, internal, by, at: clock.now() });
  await noteTrace(context, "confirmed", { verb: "settings", detail: { place, internal } });
  return null;
}
