import { type Sight, sees } from "../matter/sight.ts";
import type { DeliveryKey, Place } from "../ports/chat.ts";
import type { Basis, Delivery, Settled } from "../ports/delivery-log.ts";
import { dayIn, type Instant, millisecondsOf } from "../time/instant.ts";
import { stageNamed } from "./asked.ts";
import { LONGEST_UNKNOWN } from "./backoff.ts";
import { isStillToTell, lettersOf } from "./dead-letters.ts";
import type { Delivered } from "./deliver.ts";
import { CHAIN, DAILY } from "./doubts.ts";
import { isAcknowledged } from "./escalate.ts";
import type { Scene } from "./look.ts";
import { mayTry } from "./messages.ts";
import { isNoNews, isPlannedNoMore, TO_PEOPLE } from "./planned-no-more.ts";
import type { Round } from "./round.ts";
import { sightsNow } from "./sight-book.ts";
import { deadlineOf } from "./steps.ts";
import { watchesOn } from "./subscription.ts";
import type { TickHost } from "./tick.ts";
import { lateBefore } from "./undelivered.ts";

/**
 * What was put off and is proven to be out of date: a later stage of the same deadline was said in the same place, the deadline has moved or is
 * over, the matter is not watched there any more, the digest's day has passed; a notice of what was said since, or told of already. It is settled as
 * superseded, so that nothing waits for ever and the log says what became of it; what waited for long, and nothing was said in its stead, as
 * untold. So is what is planned no more. Everything else goes on waiting, however it is that it is not wanted just now. `alone`: what is to be said
 * that is no matter's step, now or when it may be tried again.
 */
export async function settleOutdated(host: TickHost, round: Round, delivered: Delivered, alone: ReadonlySet<DeliveryKey>): Promise<void> {
  const waiting = (await host.deliveries.waiting()).filter(({ key }) => !delivered.outcomes.has(key) && !alone.has(key));
  const settled: Settled[] = [];
  const places = waiting.filter(({ basis }) => basis.stream !== null && round.scenes.has(basis.stream)).map(({ basis }) => basis.place);
  const sights = await sightsNow(
    host,
    places.filter((place) => host.adapterOf(place) !== null),
  );
  const letters = await host.deliveries.known(waiting.filter(isNotice).flatMap(({ basis }) => lettersOf(basis)));
  const endOf = (delivery: Delivery): End | null => {
    if (isNotice(delivery)) return isStillToTell(delivery, letters) ? null : "needless";
    if (delivery.basis.stream === null) return isPast(host, round, delivery) ? "over" : null;
    return isHidden(round, sights, delivery) || isNoNews(host, round, delivery) ? "over" : endOfStep(round, delivered, delivery);
  };
  for (const delivery of waiting) {
    // What was noted later than now was noted before the clock was set back: time will tell.
    const end = delivery.firstAt > round.now ? null : endOf(delivery);
    if (end !== null) settled.push(...supersede(delivery, end, round));
  }
  if (settled.length > 0) await host.deliveries.turn(settled, [], host.clock.now());
}

/** Why it is out of date: what it had to say was said otherwise, or was never said. */
type End = "needless" | "over";

function supersede({ key, outcome, firstAt, announcedAt }: Delivery, end: End, { now }: Round): readonly Settled[] {
  if (outcome?.kind !== "later" && outcome?.kind !== "unknown") return [];
  const isUntold = end === "over" && announcedAt === null && firstAt < lateBefore(now);
  return [{ key, outcome: { ...outcome, superseded: isUntold ? "untold" : true } }];
}

function isNotice({ basis }: Delivery): boolean {
  return basis.kind === "dead-letter";
}

/** Not everybody who reads there may see the matter any more. */
function isHidden({ scenes }: Round, sights: ReadonlyMap<Place, Sight>, { basis: { stream, place, kind } }: Delivery): boolean {
  // It names nothing, and was meant for them.
  if (kind === "withheld") return false;
  const [scene, sight] = [scenes.get(stream!), sights.get(place)];
  return scene !== undefined && sight !== undefined && !sees(sight, scene.matter);
}

interface Shown {
  readonly item?: string | null;
  readonly deadline?: string | null;
  readonly clock?: string | null;
  readonly day?: string;
}

function endOfStep(round: Round, { outcomes }: Delivered, delivery: Delivery): End | null {
  const { scenes, tellings, known, now } = round;
  const { key, basis, firstAt } = delivery;
  const scene = scenes.get(basis.stream!);
  if (scene === undefined) return null;
  if (basis.reason !== "escalated" && !TO_PEOPLE.has(basis.kind) && !isToldThere(round, basis.place, scene)) return "over";
  if (basis.reason === "escalated") {
    const end = endOfEscalation(round, scene, key);
    if (end !== null) return end;
  }
  const { item, deadline } = basis.shown as Shown;
  if (!CHAIN.has(basis.kind) || deadline === null || deadline === undefined) return isPlannedNoMore(round, scene, delivery) ? "over" : null;
  const outcomeOf = (other: DeliveryKey) => outcomes.get(other) ?? known.get(other)?.outcome;
  const isLater = (other: DeliveryKey) => (known.get(other)?.firstAt ?? (outcomes.has(other) ? now : "")) > firstAt;
  const after = tellings.filter(
    ({ key: other, to, scene: of, basis: its }) =>
      other !== key && to.place === basis.place && of === scene && isSameStory(its, basis) && isLater(other),
  );
  // One that is on its way is waited for: this one is needless only when it is shown.
  if (after.length > 0) {
    const kinds = after.map((one) => outcomeOf(one.key)?.kind);
    if (kinds.includes("delivered")) return "needless";
    return kinds.every((kind) => kind === "never") || isLongInDoubt(delivery, now) ? "over" : null;
  }
  if (tellings.some((one) => one.key === key)) return null;
  const standing = scene.standing.items.find(({ id }) => id === item);
  return standing === undefined || deadlineOf(scene, standing) !== deadline ? "over" : null;
}

/** Whether the place is told of the matter by what it watches now, or as one who is let in. One whose platform does not run is asked what it watches. */
function isToldThere({ hearers, subscriptions }: Round, place: Place, { matter, standing }: Scene): boolean {
  if (hearers.get(matter.key)?.some(({ to }) => to.place === place) === true) return true;
  const { reminders, watches } = subscriptions.get(place) ?? { reminders: false, watches: [] };
  return reminders && watchesOn(watches, standing).length > 0;
}

/** Somebody has taken note of the stage before it could go on; or no place that hears of the matter sends anything on. */
function endOfEscalation(round: Round, scene: Scene, key: DeliveryKey): End | null {
  const { escalated, tellings, heeds, subscriptions } = round;
  if (escalated.some(({ telling }) => telling.key === key) || tellings.some((one) => one.key === key)) return null;
  const stage = stageNamed(key);
  if (stage !== null && isAcknowledged(stage, heeds.get(scene.matter.key))) return "needless";
  const isSent = [...subscriptions.values()].some(({ place, escalation }) => escalation !== null && isToldThere(round, place, scene));
  return isSent ? null : "over";
}

/** It is tried no more, as a later one is, of which nobody may ever be able to tell either. */
function isLongInDoubt({ outcome, firstAt }: Delivery, now: Instant): boolean {
  return outcome?.kind === "unknown" && millisecondsOf(now) - millisecondsOf(firstAt) >= LONGEST_UNKNOWN;
}

function isSameStory(one: Basis, other: Basis): boolean {
  const [its, as] = [one.shown as Shown, other.shown as Shown];
  return CHAIN.has(one.kind) && its.item === as.item && its.deadline === as.deadline && its.clock === as.clock;
}

/** A digest, a sign of life or what names nothing, of a day that has passed in its place. */
function isPast({ house }: TickHost, { subscriptions, now }: Round, delivery: Delivery): boolean {
  const { basis } = delivery;
  if (!DAILY.has(basis.kind) || !mayTry(delivery, now)) return false;
  const { day } = basis.shown as Shown;
  return day !== undefined && day < dayIn(subscriptions.get(basis.place)?.zone ?? house.zone, now);
}
