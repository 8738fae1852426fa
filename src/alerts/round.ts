import type { Matter } from "../matter/history.ts";
import type { Heed } from "../ports/attention.ts";
import type { DeliveryKey, Place } from "../ports/chat.ts";
import type { Delivery } from "../ports/delivery-log.ts";
import type { DueMatter, LiveCard } from "../ports/matter-index.ts";
import type { PlaceSettings, Subscription } from "../ports/subscriptions.ts";
import type { Instant } from "../time/instant.ts";
import { onwardOf } from "./detours.ts";
import { type Blocked, type Escalation, escalates, escalationKeys, escalations, unansweredSince } from "./escalate.ts";
import { type Hearer, hearersOf } from "./hearers.ts";
import { snoozeIn } from "./heeding.ts";
import { meantByNow } from "./kept-by-name.ts";
import { lawChanged } from "./law-changed.ts";
import { lookAt, type Scene } from "./look.ts";
import { orFault } from "./or-fault.ts";
import { heardBy } from "./seen-since.ts";
import { forgetSights, watchSights } from "./sight-book.ts";
import type { View } from "./steps.ts";
import { isSaidThen, type Telling, tellingsFor } from "./telling.ts";
import type { TickHost } from "./tick.ts";
import { hourFrom } from "./timing.ts";
import { toldLater } from "./told-later.ts";

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
  /** Who is told of each of them. */
  readonly hearers: ReadonlyMap<string, readonly Hearer[]>;
  readonly heeds: ReadonlyMap<string, Heed>;
  readonly cards: readonly LiveCard[];
  /** All that ought to have been said of them by now, said or not. */
  readonly tellings: readonly Telling[];
  /** What goes on to another place, now or later. */
  readonly escalated: readonly Escalation[];
  /** What was to go on, by now or later, to a place that may not see it. */
  readonly blocked: readonly Blocked[];
  readonly known: ReadonlyMap<DeliveryKey, Delivery>;
  /** From when on a place that is told of a matter can have heard of it. */
  heardSince(hearer: Hearer, scene: Scene): Instant | null;
}

/** Reads what is due and plans it. */
export async function roundAt(host: TickHost, now: Instant, most: number): Promise<Round> {
  const all = await meantByNow(host, now);
  const subscriptions = new Map(all.map((one) => [one.place, one]));
  const reached = all.filter(({ place }) => host.adapterOf(place) !== null);
  // A place that is another desk's for a while is asked anew when it is back.
  forgetSights(host, (place) => host.adapterOf(place) === null);
  // First of all: what it finds to have changed is due at once.
  await watchSights(
    host,
    reached.map(({ place }) => place),
  );
  const rows = await host.index.due(now, most);
  const { hash: head } = await host.register.head();
  const scenes = scenesOf(host, await host.register.some(rows.map(({ stream }) => stream)), now);
  const streams = [...scenes.keys()];
  const heeds = streams.length === 0 ? new Map<string, Heed>() : await host.attention.of(streams);
  const cards = streams.length === 0 ? [] : await host.liveCards.of(streams);
  const hearers = await hearersOf(host, scenes, reached);
  const heardSince = await heardBy(host, scenes, subscriptions);
  const told = (hearer: Hearer, scene: Scene, view: View) =>
    orFault(host, scene, () => tellingsFor(scene, hearer, { ...view, heardSince: heardSince(hearer, scene) }, head)) ?? [];
  // A place that put a matter off has said stages before, which go on all the same: by the plan that it would have.
  const mayGoOn: Telling[] = [];
  const byPlace = new Map<Place, Telling[]>(reached.map(({ place }) => [place, []]));
  for (const scene of scenes.values())
    for (const hearer of hearers.get(scene.matter.key)!)
      if (hearer.heldUntil === undefined) {
        const view = viewOf(hearer.to, heeds, scene);
        const said = told(hearer, scene, view);
        pushTo(byPlace, hearer.to.place, said);
        const isPutOff = view.snoozedUntil !== null && hearer.to.escalation !== null;
        mayGoOn.push(...(isPutOff ? told(hearer, scene, { ...view, snoozedUntil: null }) : said).filter(escalates));
      }
  const planned = [...byPlace.values()].flat();
  planned.push(...(await lawChanged(host, scenes.values(), hearers, head)));
  const onward = await onwardOf(host, mayGoOn, subscriptions);
  const known = await host.deliveries.known([
    ...new Set([...planned.map(({ key }) => key), ...mayGoOn.flatMap((one) => escalationKeys(one, subscriptions, onward))]),
  ]);
  // What was begun there was news.
  const news = planned.filter(({ key, scene, isNews }) => isNews === undefined || known.has(key) || orFault(host, scene, isNews) === true);
  const toldSince = await toldLater(host.deliveries, news, known, now);
  const escalated: Escalation[] = [];
  const blocked: Blocked[] = [];
  for (const one of mayGoOn) {
    // What waits to go on goes on all the same.
    if (isSaidThen(one, known, now) && !escalationKeys(one, subscriptions, onward).some((key) => isOpen(known.get(key)))) continue;
    const heed = heeds.get(one.scene.matter.key);
    const since = await unansweredSince(host.deliveries, one, heed, onward);
    const found = escalations(one, since, known, heed, { subscriptions, head, onward });
    escalated.push(...found.going);
    blocked.push(...found.blocked);
  }
  const going = escalated.filter(({ at }) => at <= now).map(({ telling }) => telling);
  const tellings = unique([
    ...news.filter((one) => !isSaidThen(one, known, now) && !toldSince.has(one.key)),
    ...going.filter(({ to }) => host.adapterOf(to.place) !== null),
  ]);
  return { now, head, subscriptions, reached, rows, scenes, hearers, heeds, cards, tellings, escalated, blocked, known, heardSince };
}

function isOpen(delivery: Delivery | undefined): boolean {
  return delivery?.outcome?.kind === "later" || delivery?.outcome?.kind === "unknown";
}

function pushTo<Thing>(lists: Map<Place, Thing[]>, place: Place, things: readonly Thing[]): void {
  const list = lists.get(place);
  if (list === undefined) lists.set(place, [...things]);
  else list.push(...things);
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

/** A snooze holds until the place is spoken to again, which may be later than the beginning of its day. */
export function viewOf(to: PlaceSettings, heeds: ReadonlyMap<string, Heed>, { matter, now }: Scene): View {
  const { zone, weekdays, holidays, quiet, stages, place } = to;
  const until = snoozeIn(heeds.get(matter.key), place)?.until ?? null;
  return { zone, weekdays, holidays, quiet, stages, snoozedUntil: until !== null && now < hourFrom(to, until) ? until : null };
}

/** A stage that two places send on to the same third is told there once. */
function unique(tellings: readonly Telling[]): readonly Telling[] {
  return [...new Map(tellings.map((one) => [one.key, one])).values()];
}
