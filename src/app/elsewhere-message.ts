import { createHash } from "node:crypto";
import type { Single } from "../alerts/messages.ts";
import { rulebook } from "../alerts/rulebook.ts";
import { keyOf } from "../alerts/telling.ts";
import { elsewhereCard } from "../cards/desks-card.ts";
import type { Place } from "../ports/chat.ts";
import type { Basis } from "../ports/delivery-log.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import { dayIn, type Instant } from "../time/instant.ts";
import { adapterOf, type Desk } from "./answer.ts";

/** Under which the desk keeps digests of the places that it had set up and that were another's when it last looked: one may be a person's. */
const LOST = "places elsewhere";

/**
 * Places that this desk has set up and that belong to another by now: nothing of this desk is said there, what is due waits, and the operations
 * place is told how many they are, once for each time that one was given away; where there is none, or it is among them, whoever set them up, and
 * where those cannot be reached a place that watches. What comes back is looked at again, so that what waited is said.
 */
export function elsewhereMessages(
  desk: Desk,
  operations: () => Promise<Place | null>,
): (now: Instant, head: string) => Promise<readonly Single[]> {
  const { store, zone, language, log } = desk;
  const kept = store.state("desk");
  let before: readonly string[] | null = null;

  return async (now, head) => {
    const subscriptions = await store.subscriptions.all();
    const all = subscriptions.map(({ place }) => place);
    const lost = all.filter((place) => adapterOf(desk, place) !== null && !desk.running.owns.place(place)).sort();
    before ??= ((await kept.get(LOST)) as readonly string[] | undefined) ?? [];
    const names = lost.map(digestOf);
    if (names.join() !== before.join()) {
      const there = new Set(all.map(digestOf));
      // Woken first: what fails in between is done again.
      if (before.some((name) => !names.includes(name) && there.has(name))) await store.index.wake("all");
      await kept.set(LOST, names);
      if (lost.length > 0) log.warn({ places: lost.length }, "places that this desk has set up belong to another: what is due there waits");
      before = names;
    }
    if (lost.length === 0) return [];
    const hearers = await hearersOf(subscriptions, new Set(lost));
    if (hearers.length === 0) return [];
    const shown = { day: dayIn(zone, now), count: lost.length };
    const name = await nameOf(lost);
    return hearers.map((place): Single => {
      const basis: Basis = { place, kind: "withheld", reason: "withheld", stream: null, version: null, head, rulebook: rulebook(), shown };
      const due = { key: keyOf(place, ["elsewhere", name]), basis };
      return { place, language, due, card: () => elsewhereCard(language, lost.length) };
    });
  };

  /** The operations place, else each who has set up one that is lost, else the first place of those that are left to the desk and watch. */
  async function hearersOf(all: readonly Subscription[], lost: ReadonlySet<Place>): Promise<readonly Place[]> {
    const isHeard = (place: Place | null): place is Place =>
      place !== null && adapterOf(desk, place) !== null && desk.running.owns.place(place);
    const named = await operations();
    if (isHeard(named)) return [named];
    const setters = new Set<Place>();
    for (const by of new Set(all.flatMap(({ place, by: setter }) => (lost.has(place) ? [setter] : [])))) {
      const ref = await store.people.refOf(by);
      const own = ref === null || !desk.running.owns.person(ref) ? null : (adapterOf(desk, ref)?.direct(ref) ?? null);
      if (isHeard(own)) setters.add(own);
    }
    if (setters.size > 0) return [...setters].sort();
    return all.flatMap(({ place, watches }) => (watches.length > 0 && isHeard(place) ? [place] : [])).slice(0, 1);
  }

  /** Which places they are and when each was given away: the same as long as nothing more is. */
  async function nameOf(lost: readonly Place[]): Promise<string> {
    const words: string[] = [];
    for (const place of lost) {
      const workspace = adapterOf(desk, place)?.workspaceOf(place) ?? "";
      const given = [...(await store.members.given(place)), ...(await store.members.given(workspace))];
      words.push(`${place} ${given.flatMap(({ desk: to, at }) => (to === null ? [] : [at])).join(" ")}`);
    }
    return digestOf(words.join("\n"));
  }
}

function digestOf(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 16);
}
