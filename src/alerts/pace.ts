import type { ChatAdapter, Place } from "../ports/chat.ts";
import type { Delivery, Settled } from "../ports/delivery-log.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import type { DeliveryHost, DeliveryMemory, Due, Message } from "./delivery.ts";
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
  if (free.size % MOST === MOST - 1 && !free.has(place)) {
    free.forEach(({ until }, one) => {
      if (until <= moment) free.delete(one);
    });
  }
  const paced = moment + adapter.pace;
  free.set(place, { noted: at, until: asked === null ? paced : Math.max(paced, millisecondsOf(asked)) });
}

/** After what came of a message, whoever posted it: a refusal for now asks its place to rest as long as the message does. */
export function restAfter({ memory, adapterOf, clock }: DeliveryHost, { place, dues }: Message, settled: readonly Settled[]): void {
  const adapter = adapterOf(place);
  const first = settled[0];
  if (adapter !== null && first !== undefined) rest(memory, place, adapter, clock.now(), asked(first, dues));
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
function asked({ key, outcome }: Settled, dues: readonly Due[]): Instant | null {
  if (outcome.kind === "later") return outcome.notBefore;
  if (outcome.kind !== "unknown") return null;
  return outcome.doubts === doubtsOf(dues.find((due) => due.key === key)!) ? outcome.notBefore : null;
}
