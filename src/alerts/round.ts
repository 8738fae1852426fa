import type { Matter } from "../matter/history.ts";
import type { Heed } from "../ports/attention.ts";
import type { DeliveryKey, Place } from "../ports/chat.ts";
import type { Delivery } from "../ports/delivery-log.ts";
import type { DueMatter, LiveCard } from "../ports/matter-index.ts";
import type { Subscription } from "../ports/subscriptions.ts";
import type { Instant } from "../time/instant.ts";
import { type Escalation, escalates, escalationKeys, escalations, unansweredSince } from "./escalate.ts";
import { snoozedUntil } from "./heeding.ts";
import { lawChanged } from "./law-changed.ts";
import { lookAt, type Scene } from "./look.ts";
import type { View } from "./steps.ts";
import { type Telling, tellingsFor } from "./telling.ts";
import type { TickHost } from "./tick.ts";

/** What one tick knows, read once. */
export interface Round {
  readonly now: Instant;
  readonly head: string;
  readonly subscriptions: ReadonlyMap<Place, Subscription>;
  /** The places whose adapters run, in the order in which they were set up. */
  readonly reached: readonly Subscription[];
  /** The rows of the derived table that are due. */
  readonly rows: readonly DueMatter[];
  /** Those of the due matters that can be told. */
  readonly scenes: ReadonlyMap<string, Scene>;
  readonly heeds: ReadonlyMap<string, Heed>;
  readonly cards: readonly LiveCard[];
  /** All that ought to have been said of them by now, said or not. */
  readonly tellings: readonly Telling[];
  /** What goes on to another place, now or later. */
  readonly escalated: readonly Escalation[];
  readonly known: ReadonlyMap<DeliveryKey, Delivery>;
}

/** Reads what is due and plans it. */
export async function roundAt(host: TickHost, now: Instant, most: number): Promise<Round> {
  const rows = await host.index.due(now, most);
  const all = await host.subscriptions.all();
  const subscriptions = new Map(all.map((one) => [one.place, one]));
  const reached = all.filter(({ place }) => host.adapterOf(place) !== null);
  const { hash: head } = await host.register.head();
  const scenes = scenesOf(host, await host.register.some(rows.map(({ stream }) => stream)), now);
  const streams = [...scenes.keys()];
  const heeds = streams.length === 0 ? new Map<string, Heed>() : await host.attention.of(streams);
  const cards = streams.length === 0 ? [] : await host.liveCards.of(streams);
  const told = (to: Subscription, scene: Scene) => orFault(host, scene, () => tellingsFor(scene, to, viewOf(to, heeds, scene), head)) ?? [];
  const planned = reached.flatMap((to) => [...scenes.values()].flatMap((scene) => told(to, scene)));
  planned.push(...(await lawChanged(host, scenes.values(), reached, head)));
  const known = await host.deliveries.known([...new Set(planned.flatMap((one) => [one.key, ...escalationKeys(one, subscriptions)]))]);
  const escalated: Escalation[] = [];
  for (const one of planned) {
    const heed = heeds.get(one.scene.matter.key);
    const since = escalates(one) ? await unansweredSince(host.deliveries, one, heed) : null;
    escalated.push(...escalations(one, since, known, heed, subscriptions, head));
  }
  const going = escalated.filter(({ at }) => at <= now).map(({ telling }) => telling);
  const tellings = unique([...planned, ...going.filter(({ to }) => host.adapterOf(to.place) !== null)]);
  return { now, head, subscriptions, reached, rows, scenes, heeds, cards, tellings, escalated, known };
}

/** What each matter has to say. One that cannot be told, by a fault of ours, must not silence the others. */
function scenesOf({ log }: TickHost, matters: readonly Matter[], now: Instant): ReadonlyMap<string, Scene> {
  const scenes = new Map<string, Scene>();
  for (const matter of matters) {
    const scene = orFault({ log }, { matter }, () => lookAt(matter, now));
    if (scene !== null) scenes.set(matter.key, scene);
  }
  return scenes;
}

/** What can be reckoned of a matter; null, and a word in the log, where that is a fault of ours. */
export function orFault<T>({ log }: Pick<TickHost, "log">, { matter }: Pick<Scene, "matter">, reckon: () => T): T | null {
  try {
    return reckon();
  } catch (error) {
    const about = { stream: matter.key, error: error instanceof Error ? error.stack : String(error) };
    log.error(about, "a matter cannot be told: nothing is said of it");
    return null;
  }
}

export function viewOf(to: Subscription, heeds: ReadonlyMap<string, Heed>, { matter, now }: Scene): View {
  const { zone, weekdays, holidays, quiet, stages, place } = to;
  return { zone, weekdays, holidays, quiet, stages, snoozedUntil: snoozedUntil(heeds.get(matter.key), place, zone, now) };
}

/** A stage that two places send on to the same third is told there once. */
function unique(tellings: readonly Telling[]): readonly Telling[] {
  return [...new Map(tellings.map((one) => [one.key, one])).values()];
}
