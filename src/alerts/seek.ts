import type { ChatAdapter, DeliveryKey, PostRef } from "../ports/chat.ts";
import type { Delivery, Settled } from "../ports/delivery-log.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import { unsaidSince } from "./after-restore.ts";
import { noteSought } from "./cut-short.ts";
import { BATCH, type DeliveryHost, type Due, type Message } from "./delivery.ts";
import { freeFrom } from "./pace.ts";
import { fault, keyShown } from "./post-one.ts";

const DAY = 24 * 60 * 60_000;

/**
 * After an attempt whose end nobody knows the platform is asked, before anything is claimed anew: what stands there is settled as delivered, on
 * the grounds on which it was said. What is learnt not to stand there is noted: it may have to wait for its turn, and be asked for again in vain.
 * Answers what is left to be said, marked where nobody can tell. A message whose place is not free yet waits with its question.
 */
export async function seek(host: DeliveryHost, wanted: readonly Message[]): Promise<Sought> {
  const messages = await unsaidSince(host, wanted);
  const open = messages.filter(({ dues }) => dues.some(isOpen));
  if (open.length === 0) return { messages, again: null };
  const now = host.clock.now();
  const asked = open.filter(({ place }) => host.adapterOf(place) !== null && freeFrom(host.memory, place, now) === null);
  const left = new Map<Message, Message | null>(open.map((message) => [message, null]));
  const found: Settled[] = [];
  for (let from = 0; from < asked.length && !host.stopping(); from += BATCH) {
    const some = asked.slice(from, from + BATCH);
    const answers = await Promise.all(some.map((message) => answerFor(host, message)));
    for (const [index, message] of some.entries()) {
      const { posted, doubtful, partly = false } = answers[index]!;
      const outcome = posted === null ? null : ({ kind: "delivered", posted } as const);
      if (outcome !== null) noteSought(host.memory, message);
      if (outcome !== null) found.push(...message.dues.filter(isOpen).map(({ key }) => ({ key, outcome })));
      else if (!doubtful && !partly) found.push(...message.dues.flatMap(withoutDoubts));
      const dues = outcome === null ? message.dues.map((due) => marked(due, doubtful, partly)) : message.dues.filter((due) => !isOpen(due));
      left.set(message, dues.length === 0 ? null : { ...message, dues });
    }
  }
  if (found.length > 0) await host.deliveries.turn(found, [], host.clock.now());
  const waits = open.filter((message) => !asked.includes(message)).flatMap(({ place }) => freeFrom(host.memory, place, now) ?? []);
  const rest = messages.flatMap((message) => {
    const one = left.get(message);
    return one === undefined ? [message] : one === null ? [] : [one];
  });
  return { messages: rest, again: waits.sort()[0] ?? null };
}

export interface Sought {
  readonly messages: readonly Message[];
  /** When the place of something that may stand there is free. */
  readonly again: Instant | null;
}

function isOpen({ before }: Due): boolean {
  return before?.outcome?.kind === "unknown";
}

function marked(due: Due, doubtful: boolean, partly: boolean): Due {
  if (partly && isOpen(due)) return { ...due, partly };
  return doubtful && doubtsOf(due) > 0 ? { ...due, doubtful: true } : due;
}

function doubtsOf({ before }: Due): number {
  return before?.outcome?.kind === "unknown" ? before.outcome.doubts : 0;
}

/** The same outcome, of which it is known now that no attempt has shown anything. */
function withoutDoubts(due: Due): readonly Settled[] {
  const outcome = due.before?.outcome;
  return outcome?.kind === "unknown" && outcome.doubts > 0 ? [{ key: due.key, outcome: { ...outcome, doubts: 0 } }] : [];
}

interface Answer {
  readonly posted: PostRef | null;
  /** It may stand there, and nobody can tell. */
  readonly doubtful: boolean;
  /** A part of it stands there: that an attempt has shown something is still true. */
  readonly partly?: true;
}

/** All that is open of a message was tried with one message: the platform is asked for that one. */
async function answerFor(host: DeliveryHost, { place, dues, restricted }: Message): Promise<Answer> {
  const adapter: ChatAdapter = host.adapterOf(place)!;
  const { before } = dues.find(isOpen)! as { readonly before: Delivery };
  const now = host.clock.now();
  // Claimed at a moment that is still to come: the clock was set back, and not to find it in the last day proves nothing.
  const setBack = before.firstAt > now;
  const key: DeliveryKey = before.message;
  try {
    const found = await adapter.find(place, key, setBack ? instantOf(millisecondsOf(now) - DAY) : before.firstAt);
    // What stands stays as it is, and the rest follows it: nobody reads anything twice.
    if (found === "partly") return { posted: null, doubtful: false, partly: true };
    return found === "cannot-tell" ? { posted: null, doubtful: true } : { posted: found, doubtful: setBack && found === null };
  } catch (error) {
    fault(host, error, keyShown(restricted === true ? { restricted } : {}, key));
    return { posted: null, doubtful: true };
  }
}
