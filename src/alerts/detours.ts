import { type Sight, sees, visibilityOf } from "../matter/sight.ts";
import type { Place } from "../ports/chat.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import { escalates } from "./escalate.ts";
import { letInOn } from "./let-in.ts";
import type { Scene } from "./look.ts";
import { sightsNow } from "./sight-book.ts";
import type { Telling } from "./telling.ts";
import type { TickHost } from "./tick.ts";
import { peopleOf } from "./who-hears.ts";

/** Where a stage goes on to from a place that sends it to another: to that one, or to people in its stead. */
export type Onward = (telling: Telling, to: Place) => readonly Place[] | null;

/**
 * A place that may not see a matter, or that is another desk's by now, is not sent its stages, whoever set it so: the matter's own people are, who
 * have it or, of a restricted one, are let in. The answer is null where the place itself may be told.
 */
export async function onwardOf(
  host: TickHost,
  tellings: readonly Telling[],
  subscriptions: ReadonlyMap<Place, Subscription>,
): Promise<Onward> {
  const going = tellings.filter((one) => escalates(one) && one.to.escalation !== null);
  if (going.length === 0) return () => null;
  const targets = new Set<Place>();
  for (const { to } of [...going, ...[...subscriptions.values()].map((one) => ({ to: one }))]) {
    if (to.escalation !== null) targets.add(to.escalation.to);
  }
  const reachable = [...targets].filter((place) => host.adapterOf(place) !== null);
  const elsewhere = new Set([...targets].filter((place) => host.isElsewhere?.(place)));
  // What waits for a platform that does not run here is told by whoever serves it, or not at all: it is not sent elsewhere for that.
  const sights = new Map<Place, Sight>(await sightsNow(host, reachable));
  const instead = new Map<string, readonly Place[]>();
  for (const { scene } of going) {
    const { matter } = scene;
    const isOpen = elsewhere.size === 0 && reachable.every((place) => sees(sights.get(place)!, matter));
    if (instead.has(matter.key) || isOpen) continue;
    instead.set(matter.key, await insteadOf(host, scene));
  }
  return ({ scene: { matter } }, to) => {
    const sight = sights.get(to);
    const mayGo = !elsewhere.has(to) && (sight === undefined || sees(sight, matter));
    return mayGo ? null : (instead.get(matter.key) ?? []);
  };
}

/** The matter's own people who may see it. */
export async function insteadOf(host: TickHost, { matter, now }: Pick<Scene, "matter" | "now">): Promise<readonly Place[]> {
  const isRestricted = visibilityOf(matter) === "restricted";
  const people = isRestricted ? (await letInOn(host, matter.key)).map(({ place }) => place) : await peopleOf(host, matter, now);
  const reached = [...new Set(people)].filter((place) => host.adapterOf(place) !== null);
  const sights = await sightsNow(host, reached);
  return reached.filter((place) => sees(sights.get(place)!, matter));
}
