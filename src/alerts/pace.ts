import type { ChatAdapter, Place } from "../ports/chat.ts";
import type { Delivery, Outcome, Settled } from "../ports/delivery-log.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import type { DeliveryHost, DeliveryMemory, Message } from "./delivery.ts";
import { doubtsOf } from "./doubts.ts";

/** From when on something may be posted in the place; null where it may be now. What was noted later than now was noted before the clock was set back. */
export function freeFrom({ free }: Pick<DeliveryMemory, "free">, place: Place, now: Instant): Instant | null {
  const rested = free.get(place);
  return rested === undefined || rested.until <= millisecondsOf(now) || rested.noted > now ? null : instantOf(rested.until);
}

/** So often as there are so many more places, those that are free again are forgotten. */
const MOST = 5_000;

/** After a call the place rests for the platform's pace, or as long as the platform asked where that is longer. */
export function rest({ free }: DeliveryMemory, place: Place, adapter: ChatAdapter, at: Instant, asked: Instant | null = null): void {
  const moment = millisecondsOf(at);
  if (free.size % MOST === MOST - 1 && !free.has(place)) for (const [one, { until }] of free) if (until <= moment) free.delete(one);
  const paced = moment + adapter.pace;
  free.set(place, { noted: at, until: asked === null ? paced : Math.max(paced, millisecondsOf(asked)) });
}

/** After what came of a message, whoever posted it: a refusal for now asks its place to rest as long as the message does. */
export function restAfter({ memory, adapterOf, clock }: DeliveryHost, { place, dues }: Message, settled: readonly Settled[]): void {
  const [adapter, first] = [adapterOf(place), settled[0]];
  if (adapter === null || first === undefined) return;
  const due = dues.find(({ key }) => key === first.key)!;
  rest(memory, place, adapter, clock.now(), asked(first.outcome, doubtsOf(due)));
}

/** For one that begins to lead: what earlier refusals asked the places for, in whichever process they were heard. */
export function restAsWaiting({ memory }: Pick<DeliveryHost, "memory">, waiting: readonly Delivery[]): void {
  for (const { basis, outcome, settledAt } of waiting) {
    if (outcome?.kind !== "later" || settledAt === null) continue;
    const until = Math.max(memory.free.get(basis.place)?.until ?? 0, millisecondsOf(outcome.notBefore));
    memory.free.set(basis.place, { noted: settledAt, until });
  }
}

/** What may have been shown is doubted once more; a refusal for now leaves the doubts as they were. */
function asked(outcome: Outcome, doubts: number): Instant | null {
  return outcome.kind === "later" || (outcome.kind === "unknown" && outcome.doubts === doubts) ? outcome.notBefore : null;
}
