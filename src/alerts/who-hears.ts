import { authorityOf } from "../law/catalogue.ts";
import type { Matter } from "../matter/history.ts";
import { standingNow } from "../matter/standing.ts";
import type { Place } from "../ports/chat.ts";
import type { Delivery } from "../ports/delivery-log.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import type { TickHost } from "./tick.ts";

/** Who is to hear that something was not delivered: the operations place, and the people of the matter that it was about. */
export async function namedHearers(
  host: TickHost,
  letters: readonly Delivery[],
  now: Instant,
): Promise<(letter: Delivery) => readonly Place[]> {
  const operations = await host.operations();
  const streams = [...new Set(letters.flatMap(({ basis }) => basis.stream ?? []))];
  const people = new Map<string, readonly Place[]>();
  for (const matter of await host.register.some(streams)) people.set(matter.key, await peopleOf(host, matter, now));
  return ({ basis }) => [...new Set([...(operations === null ? [] : [operations]), ...(people.get(basis.stream ?? "") ?? [])])];
}

/** The direct conversations of whoever set up the places, and what they watch: who else would know that nothing arrives there? */
export async function settersHearing(
  { people, direct }: TickHost,
  letters: readonly Delivery[],
  subscriptions: ReadonlyMap<Place, Subscription>,
): Promise<(letter: Delivery) => readonly Place[]> {
  const found = new Map<Place, readonly Place[]>();
  for (const place of new Set(letters.map(({ basis }) => basis.place))) {
    const subscription = subscriptions.get(place);
    const ids = subscription === undefined ? [] : [subscription.by, ...subscription.watches.map(({ by }) => by)];
    const refs = await Promise.all([...new Set(ids)].map((id) => people.refOf(id)));
    found.set(
      place,
      refs.flatMap((ref) => (ref === null ? [] : (direct(ref) ?? []))),
    );
  }
  return ({ basis }) => found.get(basis.place) ?? [];
}

/** The direct conversations of who owns the matter and to whom it is assigned, as far as their names are one known person's. */
async function peopleOf({ people, direct, log }: TickHost, matter: Matter, now: Instant): Promise<readonly Place[]> {
  const places: Place[] = [];
  for (const name of holdersOf(matter, now, log)) {
    const ids = await people.named(name);
    const ref = ids.length === 1 ? await people.refOf(ids[0]!) : null;
    const place = ref === null ? null : direct(ref);
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
    log.error({ stream: matter.key, error: error instanceof Error ? error.stack : String(error) }, "whose matter it is cannot be told");
    return [];
  }
}
