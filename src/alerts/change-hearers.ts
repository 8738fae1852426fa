import type { ToldAs } from "../cards/consent-card.ts";
import type { RecordedEvent } from "../matter/events.ts";
import type { Matter } from "../matter/history.ts";
import { sees } from "../matter/sight.ts";
import type { PersonRef, Place } from "../ports/chat.ts";
import type { Instant } from "../time/instant.ts";
import type { Scene } from "./look.ts";
import { sightsNow } from "./sight-book.ts";
import type { TickHost } from "./tick.ts";
import { ownPlace } from "./told-alone.ts";
import { holdersOf, takenFrom } from "./whose.ts";

export interface ChangeHearers {
  readonly told: readonly { readonly place: Place; readonly person: PersonRef; readonly as: ToldAs }[];
  /** The conversations of those whose it was who do not see it now. */
  readonly hidden: readonly Place[];
  /** Nobody whose it was could be told, and they did not do it themselves. */
  readonly isUnheard: boolean;
}

interface Asked {
  readonly scene: Scene;
  readonly recorded: RecordedEvent;
  readonly before: Matter;
  readonly after: Matter;
  readonly isTaken: boolean;
}

const NOBODY: ChangeHearers = { told: [], hidden: [], isUnheard: false };

/**
 * Who hears of a change: whose the matter was before it, the first who is known, can be reached and sees it; and those from whom it was taken over
 * since then. Not who did it, nor anybody in their stead.
 */
export async function hearersOfChange(host: TickHost, asked: Asked, since: Instant): Promise<ChangeHearers> {
  const { scene, recorded, before, after, isTaken } = asked;
  const { people } = host;
  const holders = await holdersOf(people, before, scene.today);
  // The same person by another name.
  const first = holders[0]?.person ?? null;
  if (isTaken && first !== null && first === (await holdersOf(people, after, scene.today))[0]?.person) return NOBODY;
  const hidden = new Set<Place>();
  const told = new Map<Place, { readonly place: Place; readonly person: PersonRef; readonly as: ToldAs }>();
  const asNamed = isTaken ? "changed.was-yours" : "changed.told";
  const asRegistered = holders.length === 1 ? "changed.registered" : "changed.registered-instead";
  let isOver = false;
  let isMissed = holders.length === 0;
  for (const { person, isNamed } of holders) {
    const reached = await reach(host, scene.matter, person, recorded.by);
    if (reached === "self") {
      // Where somebody before them could not be told, they are not the one to hear of it.
      if (!isMissed) isOver = true;
    } else if (reached?.sees === true) {
      if (!isOver) told.set(reached.place, { ...reached, as: isNamed ? asNamed : asRegistered });
      isOver = true;
    } else {
      if (reached !== null) hidden.add(reached.place);
      if (!isOver) isMissed = true;
    }
  }
  if (!isTaken)
    for (const { person, isNamed } of await takenFrom(people, before, since, scene.today)) {
      const reached = await reach(host, scene.matter, person, recorded.by);
      if (reached === null || reached === "self") continue;
      if (!reached.sees) hidden.add(reached.place);
      else if (!told.has(reached.place))
        told.set(reached.place, { ...reached, as: isNamed ? "changed.was-yours" : "changed.registered-until" });
    }
  const isUnheard = !isOver && isMissed && !(await wasHeard(host, scene.matter, recorded));
  return { told: [...told.values()], hidden: [...hidden], isUnheard };
}

type Reached = { readonly place: Place; readonly person: PersonRef; readonly sees: boolean } | "self" | null;

async function reach(host: TickHost, matter: Matter, person: PersonRef | null, by: string): Promise<Reached> {
  if (person === null) return null;
  if ((await host.people.known(person)) === by) return "self";
  const place = ownPlace(host, person);
  if (place === null) return null;
  return { place, person, sees: sees((await sightsNow(host, [place])).get(place)!, matter) };
}

/** Somebody whose it was has been told already: that they do not see it any more, or that their name is borne by another now, changes nothing of it. */
async function wasHeard({ deliveries }: TickHost, { key }: Matter, { id }: RecordedEvent): Promise<boolean> {
  return (await deliveries.about(key)).some(({ basis, outcome }) => {
    const { event, as } = basis.shown as { readonly event?: string; readonly as?: ToldAs };
    return basis.kind === "change" && event === id && as !== "changed.no-owner" && outcome?.kind === "delivered";
  });
}
