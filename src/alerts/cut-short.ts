import type { Place } from "../ports/chat.ts";
import type { Settled } from "../ports/delivery-log.ts";
import type { Instant } from "../time/instant.ts";
import type { DeliveryHost, DeliveryMemory, Message } from "./delivery.ts";
import { mayTry } from "./messages.ts";
import { freeFrom } from "./pace.ts";

/**
 * What a process had begun to post when it was lost may stand in its place in part: the next tick looks for it and says the rest before anything
 * else there. For that tick alone, since it may be wanted no more; a place that rests hears nothing meanwhile, and is asked of again until it is free.
 * Answers the places that rest, to be kept as the tick ends: one that does not come to its end leaves all of it to the next one.
 */
export async function noteCutShort(
  { memory, deliveries }: Pick<DeliveryHost, "memory" | "deliveries">,
  now: Instant,
): Promise<ReadonlySet<Place>> {
  const { cuts, resting } = memory;
  const rest = new Set<Place>();
  memory.firsts.clear();
  if (cuts === 0 && resting.size === 0) return rest;
  for (const delivery of await deliveries.waiting()) {
    if (delivery.outcome?.kind !== "unknown" || !mayTry(delivery, now)) continue;
    const { place } = delivery.basis;
    if (cuts === 0 && !resting.has(place)) continue;
    if (freeFrom(memory, place, now) !== null) rest.add(place);
    memory.firsts.set(place, new Set([...(memory.firsts.get(place) ?? []), delivery.key]));
  }
  return rest;
}

/**
 * After what came of a message. What is due again at once no platform has answered: its process was lost, or it was put back. Then nothing more is
 * said in its place in this tick; otherwise what comes after it there may go on.
 */
export function noteEnd(
  { memory, clock, fleet }: Pick<DeliveryHost, "memory" | "clock" | "fleet">,
  message: Message,
  settled: readonly Settled[],
): void {
  const isDue = ({ outcome }: Settled) => (outcome.kind === "unknown" || outcome.kind === "later") && outcome.notBefore <= clock.now();
  if (fleet !== undefined && settled.some(isDue)) {
    memory.firsts.set(message.place, new Set());
    memory.cuts += 1;
    return;
  }
  noteSought(memory, message);
}

/** It is known by now what became of it. */
export function noteSought({ firsts }: Pick<DeliveryMemory, "firsts">, { place, dues }: Message): void {
  const some = firsts.get(place);
  if (some === undefined || some.size === 0) return;
  for (const { key } of dues) some.delete(key);
  if (some.size === 0) firsts.delete(place);
}

/** Whether its place waits for what was cut short there, and this is it. */
export function isFirst({ firsts }: Pick<DeliveryMemory, "firsts">, { place, dues }: Message): boolean {
  return dues.some(({ key }) => firsts.get(place)?.has(key) === true);
}

/** Whether it may be said by now, as far as what was cut short in its place goes. */
export function isItsTurn(memory: Pick<DeliveryMemory, "firsts">, message: Message): boolean {
  return !memory.firsts.has(message.place) || isFirst(memory, message);
}
