import type { Matter } from "../matter/history.ts";
import { type Sight, sees, visibilityOf } from "../matter/sight.ts";
import type { Place } from "../ports/chat.ts";
import type { Delivery } from "../ports/delivery-log.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import type { Instant } from "../time/instant.ts";
import { insteadOf } from "./detours.ts";
import { sightsNow } from "./sight-book.ts";
import type { TickHost } from "./tick.ts";
import { settersHearing } from "./who-hears.ts";

/** Who is to hear of what could not be delivered, and what of it may be named to them. */
export interface LetterHearers {
  /** The operations place, and the people of the matter that it was about. */
  named(letter: Delivery): readonly Place[];
  /** Where none of those can be reached: other places, and whoever set up the one that failed. */
  others(letters: readonly Delivery[]): Promise<(letter: Delivery) => readonly Place[]>;
  /** Only asked of those that were answered above. What is restricted is named nowhere, nor whose conversation it was. */
  mayName(letter: Delivery, to: Place): boolean;
}

/** What was about no single matter, such as a digest, is the desk's; a matter that is not in the register any more is nobody's to name. */
export async function letterHearers(
  host: TickHost,
  letters: readonly Delivery[],
  subscriptions: ReadonlyMap<Place, Subscription>,
  now: Instant,
): Promise<LetterHearers> {
  const operations = await host.operations();
  const matters = new Map<string, Matter>();
  const people = new Map<string, readonly Place[]>();
  for (const matter of await host.register.some([...new Set(letters.flatMap(({ basis }) => basis.stream ?? []))])) {
    matters.set(matter.key, matter);
    people.set(matter.key, await insteadOf(host, { matter, now }));
  }
  const sights = new Map<Place, Sight>(operations === null ? [] : await sightsNow(host, [operations]));
  const isAbout = (stream: string, sight: Sight) => matters.has(stream) && sees(sight, matters.get(stream)!);

  function mayHear({ basis }: Delivery, sight: Sight): boolean {
    const matter = basis.stream === null ? undefined : matters.get(basis.stream);
    if (matter === undefined || visibilityOf(matter) === "restricted") return sight.desk;
    return sees(sight, matter);
  }

  return {
    named: ({ basis }) => [...new Set([...(operations === null ? [] : [operations]), ...(people.get(basis.stream ?? "") ?? [])])],
    async others(of) {
      const elsewhere = [...subscriptions.values()].filter(({ reminders }) => reminders).map(({ place }) => place);
      const setters = await settersHearing(host, of, subscriptions);
      const asked = [...elsewhere, ...of.flatMap(setters)].filter((place) => host.adapterOf(place) !== null);
      if (of.length > 0) for (const [place, sight] of await sightsNow(host, asked)) sights.set(place, sight);
      // Whoever set a place up hears that nothing arrives there, and no more than they may see; other places hear of what their members may see.
      return (letter) => {
        const there = elsewhere.filter((place) => sights.has(place) && mayHear(letter, sights.get(place)!));
        return [...new Set([...there, ...setters(letter)])];
      };
    },
    mayName({ basis: { stream } }, to) {
      if (stream === null) return sights.get(to)?.desk !== false;
      const matter = matters.get(stream);
      if (matter === undefined || visibilityOf(matter) === "restricted") return false;
      return (people.get(stream) ?? []).includes(to) || isAbout(stream, sights.get(to) ?? NOTHING);
    },
  };
}

const NOTHING: Sight = { any: false, desk: false, restricted: new Set(), amounts: false };
