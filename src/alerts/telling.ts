import type { Utterance } from "../cards/contents.ts";
import { writeAmount } from "../law/money.ts";
import type { DeliveryKey, Place } from "../ports/chat.ts";
import type { Basis } from "../ports/delivery-log.ts";
import type { PlaceSettings } from "../ports/subscriptions.ts";
import type { Hearer } from "./hearers.ts";
import type { Scene } from "./look.ts";
import { type Planned, plan, type Stage } from "./plan.ts";
import { rulebook } from "./rulebook.ts";
import type { View } from "./steps.ts";

/** Something that a place ought to have been told by now. */
export interface Telling {
  readonly to: PlaceSettings;
  readonly key: DeliveryKey;
  readonly name: Planned["name"];
  readonly basis: Basis;
  readonly utterance: Utterance;
  readonly stage: Stage | null;
  readonly scene: Scene;
}

export function keyOf(place: Place, name: readonly (string | number)[]): DeliveryKey {
  return JSON.stringify([place, ...name]) as DeliveryKey;
}

/** What a place that hears of the matter ought to have been told of it by now. */
export function tellingsFor(scene: Scene, { to, since }: Pick<Hearer, "to" | "since">, view: View, head: string): readonly Telling[] {
  return plan(scene, view)
    .filter(({ utterance: { event } }) => event === null || event.recordedAt > since)
    .map((planned) => telling(scene, to, planned, head));
}

export function telling(scene: Scene, to: PlaceSettings, { name, utterance, stage }: Planned, head: string): Telling {
  return { to, key: keyOf(to.place, name), name, basis: basisOf(scene, to.place, utterance, head, stage), utterance, stage, scene };
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
