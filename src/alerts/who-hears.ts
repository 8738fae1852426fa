import { authorityOf } from "../law/catalogue.ts";
import type { Matter } from "../matter/history.ts";
import { standingNow } from "../matter/standing.ts";
import type { Place } from "../ports/chat.ts";
import type { Delivery } from "../ports/delivery-log.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import { streamShown } from "./or-fault.ts";
import { personCalled } from "./owner.ts";
import type { TickHost } from "./tick.ts";

/** The direct conversations of whoever set up the places, and what they watch: who else would know that nothing arrives there? */
export async function settersHearing(
  host: TickHost,
  letters: readonly Delivery[],
  subscriptions: ReadonlyMap<Place, Subscription>,
): Promise<(letter: Delivery) => readonly Place[]> {
  const found = new Map<Place, readonly Place[]>();
  for (const place of new Set(letters.map(({ basis }) => basis.place))) {
    const subscription = subscriptions.get(place);
    found.set(place, subscription === undefined ? [] : await settersOf(host, subscription));
  }
  return ({ basis }) => found.get(basis.place) ?? [];
}

/** The direct conversations of whoever set up one place, and what it watches. */
export async function settersOf({ people, direct }: TickHost, { by: setter, watches }: Subscription): Promise<readonly Place[]> {
  const ids = new Set([setter, ...watches.map(({ by }) => by)]);
  const refs = await Promise.all([...ids].map((id) => people.refOf(id)));
  return refs.flatMap((ref) => (ref === null ? [] : (direct(ref) ?? [])));
}

/** The direct conversations of who owns the matter and to whom it is assigned, as far as it can be told who they are. */
export async function peopleOf({ people, direct, log }: TickHost, matter: Matter, now: Instant): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const name of holdersOf(matter, now, log)) {
    const person = await personCalled(people, name);
    const place = person === null ? null : direct(person);
    if (place !== null) places.push(place);
  }
  return places;
}

/** A matter that cannot be told, by a fault of ours, has nobody; the others of its letters are told all the same. */
function holdersOf(matter: Matter, now: Instant, log: TickHost["log"]): readonly string[] {
  try {
    const { ownedBy, assignedTo } = standingNow(matter, dayIn(authorityOf(matter.facts.authority)!.zone, now));
    return [ownedBy, assignedTo].filter((name) => name !== null);
  } catch (error) {
    log.error(
      { stream: streamShown(matter), error: error instanceof Error ? error.stack : String(error) },
      "whose matter it is cannot be told",
    );
    return [];
  }
}
