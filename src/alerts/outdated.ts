import { type Sight, sees } from "../matter/sight.ts";
import type { DeliveryKey, Place } from "../ports/chat.ts";
import type { Basis, Delivery, Settled } from "../ports/delivery-log.ts";
import { dayIn } from "../time/instant.ts";
import type { Delivered } from "./deliver.ts";
import { mayTry } from "./messages.ts";
import type { Round } from "./round.ts";
import { sightsNow } from "./sight-book.ts";
import { deadlineOf } from "./steps.ts";
import type { TickHost } from "./tick.ts";

/**
 * What was put off and is proven to be out of date: a later stage of the same deadline speaks in the same place, the deadline has moved or is over,
 * nobody watches there any more, the digest's day has passed. It is settled as superseded, so that nothing waits for ever and the log says what
 * became of it. Everything else goes on waiting, however it is that it is not wanted just now.
 */
export async function settleOutdated(host: TickHost, round: Round, delivered: Delivered, alone: ReadonlySet<DeliveryKey>): Promise<void> {
  const waiting = (await host.deliveries.waiting()).filter(({ key }) => !delivered.outcomes.has(key));
  const settled: Settled[] = [];
  const places = waiting.filter(({ basis }) => basis.stream !== null && round.scenes.has(basis.stream)).map(({ basis }) => basis.place);
  const sights = await sightsNow(
    host,
    places.filter((place) => host.adapterOf(place) !== null),
  );
  for (const delivery of waiting) {
    // What was noted later than now was noted before the clock was set back: time will tell.
    if (delivery.firstAt > round.now) continue;
    const isOver =
      delivery.basis.stream === null
        ? isPast(host, round, delivery, alone)
        : isHidden(round, sights, delivery) || isSuperseded(round, delivered, delivery);
    if (isOver) settled.push(...supersede(delivery));
  }
  if (settled.length > 0) await host.deliveries.turn(settled, [], host.clock.now());
}

function supersede({ key, outcome }: Delivery): readonly Settled[] {
  return outcome?.kind === "later" || outcome?.kind === "unknown" ? [{ key, outcome: { ...outcome, superseded: true } }] : [];
}

/** Not everybody who reads there may see the matter any more. */
function isHidden({ scenes }: Round, sights: ReadonlyMap<Place, Sight>, { basis: { stream, place, kind } }: Delivery): boolean {
  // It names nothing, and was meant for them.
  if (kind === "withheld") return false;
  const [scene, sight] = [scenes.get(stream!), sights.get(place)];
  return scene !== undefined && sight !== undefined && !sees(sight, scene.matter);
}

/** Told to people whether they watch anything or not. */
const TO_PEOPLE: ReadonlySet<string> = new Set(["change", "proposal", "proposal-outcome", "withheld"]);

const CHAIN: ReadonlySet<string> = new Set(["reminder", "overdue", "total", "cap-reached"]);

interface Shown {
  readonly item?: string | null;
  readonly deadline?: string | null;
  readonly day?: string;
}

function isSuperseded(
  { scenes, hearers, subscriptions, tellings, known, now }: Round,
  { outcomes }: Delivered,
  { key, basis, firstAt }: Delivery,
): boolean {
  const scene = scenes.get(basis.stream!);
  if (scene === undefined) return false;
  const isNamed = hearers.get(basis.stream!)?.some(({ to }) => to.place === basis.place) === true;
  if (basis.reason !== "escalated" && !TO_PEOPLE.has(basis.kind) && !isNamed && (subscriptions.get(basis.place)?.watches.length ?? 0) === 0)
    return true;
  const { item, deadline } = basis.shown as Shown;
  if (!CHAIN.has(basis.kind) || deadline === null || deadline === undefined) return false;
  const standing = scene.standing.items.find(({ id }) => id === item);
  if (standing === undefined || deadlineOf(scene, standing) !== deadline) return true;
  const isLater = (other: DeliveryKey) => (known.get(other)?.firstAt ?? (outcomes.has(other) ? now : "")) > firstAt;
  return tellings.some(
    ({ key: other, to, scene: of, stage }) =>
      other !== key && to.place === basis.place && of === scene && stage?.item === item && stage?.deadline === deadline && isLater(other),
  );
}

/** A digest, a sign of life or what names nothing, of a day that has passed in its place. What announces a dead letter stays until that is told. */
function isPast({ house }: TickHost, { subscriptions, now }: Round, delivery: Delivery, alone: ReadonlySet<DeliveryKey>): boolean {
  const { key, basis } = delivery;
  if (!isDaily(basis) || alone.has(key) || !mayTry(delivery, now)) return false;
  const { day } = basis.shown as Shown;
  return day !== undefined && day < dayIn(subscriptions.get(basis.place)?.zone ?? house.zone, now);
}

function isDaily({ kind }: Basis): boolean {
  return kind === "digest" || kind === "canary" || kind === "withheld" || kind === "retention";
}
