import type { Utterance } from "../cards/contents.ts";
import { writeAmount } from "../law/money.ts";
import type { RecordedEvent } from "../matter/events.ts";
import type { DeliveryKey, Place } from "../ports/chat.ts";
import type { Basis, Delivery } from "../ports/delivery-log.ts";
import type { PlaceSettings } from "../ports/subscriptions.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import type { Past } from "./cap-of-last-year.ts";
import type { Hearer } from "./hearers.ts";
import type { Scene } from "./look.ts";
import { hasLeftByCap, hearsNews, isNewsOfLeaving, leavesAfter } from "./news-heard.ts";
import { capsDue, eventsDue, type Planned, plan, type Stage } from "./plan.ts";
import { POLICY } from "./policy.ts";
import { rulebook } from "./rulebook.ts";
import type { View } from "./steps.ts";
import { watchesOn } from "./subscription.ts";

/** Something that a place ought to have been told by now. */
export interface Telling {
  readonly to: PlaceSettings;
  readonly key: DeliveryKey;
  readonly name: Planned["name"];
  readonly basis: Basis;
  readonly utterance: Utterance;
  readonly stage: Stage | null;
  readonly scene: Scene;
  /** Of what was due in a year that is over: by when. */
  readonly dueBy?: Instant;
  /** Whether what was recorded is news there; absent where it is. It takes a look at the matter of then. */
  isNews?(): boolean;
}

/** As long as a sum is asked about, of which the next is told a week later. */
const ASKED_FOR = POLICY.totalEveryDays * 24 * 60 * 60_000;

export function keyOf(place: Place, name: readonly (string | number)[]): DeliveryKey {
  return JSON.stringify([place, ...name]) as DeliveryKey;
}

/** What a place that hears of the matter ought to have been told of it by now. */
export function tellingsFor(
  scene: Scene,
  { to, since, watches, left }: Pick<Hearer, "to" | "since" | "watches" | "left">,
  view: View,
  head: string,
): readonly Telling[] {
  if (left === true) return leavingFor(scene, { to, watches: watches! }, view, head);
  const wasWatched = ({ by, standing }: Past) => since < by && (watches === undefined || watchesOn(watches, standing).length > 0);
  return plan(scene, view)
    .filter(({ utterance: { event }, past }) => (event === null || event.recordedAt > since) && (past === undefined || wasWatched(past)))
    .map((planned) => {
      const { event } = planned.utterance;
      const asked = event === null || watches === undefined ? {} : { isNews: () => hearsNews({ watches }, scene, event) };
      return { ...telling(scene, to, watches === undefined ? planned : withLeave(scene, { watches }, planned), head), ...asked };
    });
}

/** On the last day of a deadline it says from when on nothing more follows, where its passing takes the matter from under all watches of the place. */
function withLeave(scene: Scene, to: Required<Pick<Hearer, "watches">>, planned: Planned): Planned {
  const { kind, stage, deadline } = planned.utterance;
  if (kind !== "reminder" || stage !== 0 || deadline === null) return planned;
  const leaves = leavesAfter(to, scene, deadline.day);
  return leaves === null ? planned : { ...planned, utterance: { ...planned.utterance, leaves } };
}

/** What has taken the matter away from a place that watched it; the last of it says that nothing more follows. */
function leavingFor(scene: Scene, { to, watches }: Required<Pick<Hearer, "to" | "watches">>, view: View, head: string): readonly Telling[] {
  const isNews = (event: RecordedEvent) => isNewsOfLeaving(scene, event) && hearsNews({ watches }, scene, event);
  const events = eventsDue(scene, view).due.filter(({ utterance: { event } }) => event !== null && isNews(event));
  const due = [...events, ...capsDue(scene, view).filter(({ utterance: { item } }) => hasLeftByCap({ watches }, scene, item!))];
  return due.map((planned, index) => {
    const utterance = index < due.length - 1 ? planned.utterance : { ...planned.utterance, left: true as const };
    return telling(scene, to, { ...planned, utterance }, head);
  });
}

export function telling(scene: Scene, to: PlaceSettings, { name, utterance, stage, past }: Planned, head: string): Telling {
  const key = keyOf(to.place, name);
  const basis = basisOf(scene, to.place, utterance, head, stage);
  return { to, key, name, basis, utterance, stage, scene, ...(past === undefined ? {} : { dueBy: past.by }) };
}

/** What was due in a year that is over, and was said before it ended, or late and a while ago: nobody is asked about it again. */
export function isSaidThen({ key, dueBy }: Telling, known: ReadonlyMap<DeliveryKey, Delivery>, now: Instant): boolean {
  const delivery = known.get(key);
  if (dueBy === undefined || delivery?.outcome?.kind !== "delivered") return false;
  return delivery.settledAt! < dueBy || delivery.settledAt! < instantOf(millisecondsOf(now) - ASKED_FOR);
}

function basisOf(
  { matter }: Scene,
  place: Place,
  { item, kind, stage, reason, today, deadline: about, law }: Utterance,
  head: string,
  asks: Stage | null,
): Basis {
  const shown = {
    stage,
    on: today,
    item: item?.id ?? null,
    state: item?.state ?? null,
    expiry: item?.expiry ?? null,
    deadline: asks?.deadline ?? (about?.clock === undefined ? (law?.clock?.is ?? null) : about.day),
    clock: about?.clock ?? law?.clock?.id ?? null,
    units: item?.units ?? null,
    theoretical: item?.theoretical ? writeAmount(item.theoretical) : null,
    fixed: item === null ? null : writeAmount(item.fixed),
    paid: item === null ? null : writeAmount(item.paid),
  };
  return { place, kind, reason, stream: matter.key, version: matter.version, head, rulebook: rulebook(), shown };
}
