import { randomUUID } from "node:crypto";
import { say } from "../cards/say.ts";
import type { Card } from "../ports/card.ts";
import type { ChatAdapter, DeliveryKey, PostResult } from "../ports/chat.ts";
import type { Outcome, Settled } from "../ports/delivery-log.ts";
import { stopwatch } from "../time/clock.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import { backOff, MOST_UNKNOWN } from "./backoff.ts";
import type { DeliveryHost, Due, Message } from "./delivery.ts";
import { rest } from "./pace.ts";

/**
 * Posts, and says what came of it. A bug anywhere around a post must not leave its claims open, nor take the outcomes of other posts with it: they
 * may have been shown.
 */
export async function postSafely(host: DeliveryHost, message: Message, dues: readonly Due[]): Promise<readonly Settled[]> {
  try {
    const adapter = host.adapterOf(message.place)!;
    const began = stopwatch();
    if (dues.some(({ basis }) => basis.kind === "digest")) host.probe("in-digest");
    let result: PostResult;
    try {
      const card = message.card(dues);
      const isRepeat = dues.some(({ doubtful }) => doubtful);
      result = await adapter.post(message.place, isRepeat ? marked(card, message.language) : card, message.once, message.under);
    } catch (error) {
      // A bug in a card or an adapter is one delivery that failed, with a reference in the log, never the end of the tick.
      result = { ok: false, retry: "unknown", reason: `internal fault ${fault(host, error, keyShown(message, dues[0]!.key))}` };
    }
    return ended(host, adapter, message, dues, result, began);
  } catch (error) {
    const reason = `internal fault ${fault(host, error, keyShown(message, message.once))}`;
    const result: PostResult = { ok: false, retry: "unknown", reason };
    const at = host.clock.now();
    return dues.map((due) => ({ key: due.key, outcome: outcomeOf(result, at, message.once, due) }));
  }
}

function ended(
  host: DeliveryHost,
  adapter: ChatAdapter,
  message: Message,
  dues: readonly Due[],
  result: PostResult,
  began: number,
): readonly Settled[] {
  const at = host.clock.now();
  // What was said with one message is tried again with one: the spread follows from the message, not from each thing in it.
  const settled = dues.map((due) => ({ key: due.key, outcome: outcomeOf(result, at, message.once, due) }));
  const first = settled[0]!.outcome;
  const asks = !result.ok && result.retry === "later" && "notBefore" in first;
  rest(host.memory, message.place, adapter, at, asks ? first.notBefore : null);
  if (!result.ok) warn(host, message, dues, result);
  watched(host, adapter.name, first.kind, (stopwatch() - began) / 1000);
  return settled;
}

/** Whoever counts must not change what came of the post. */
function watched(host: DeliveryHost, ...facts: Parameters<NonNullable<DeliveryHost["posted"]>>): void {
  try {
    host.posted?.(...facts);
  } catch (error) {
    host.log.error({ error: error instanceof Error ? error.stack : String(error) }, "a post could not be counted");
  }
}

/** What a log may name of it: the key tells the place and the matter. */
export function keyShown({ restricted }: Pick<Message, "restricted">, key: DeliveryKey): string {
  return restricted === true ? "(restricted)" : key;
}

export function fault({ log }: DeliveryHost, error: unknown, key: string): string {
  const reference = randomUUID().slice(0, 8);
  log.error({ reference, error: error instanceof Error ? error.stack : String(error), key }, "a delivery failed by a fault of ours");
  return reference;
}

function warn(
  { log }: DeliveryHost,
  { place, restricted }: Message,
  dues: readonly Due[],
  { retry, reason }: Extract<PostResult, { ok: false }>,
): void {
  // Neither the matter nor the person in whose conversation it was to stand; a platform's reason may name either.
  if (restricted === true) {
    log.warn(
      { place: place.slice(0, place.indexOf(":")), kinds: dues.map(({ basis }) => basis.kind), retry },
      "something restricted was not delivered",
    );
    return;
  }
  for (const { basis } of dues) log.warn({ place, kind: basis.kind, stream: basis.stream, retry, reason }, "not delivered");
}

/** After a crash or an unknown outcome it is said again rather than missed, and says so. */
function marked(card: Card, language: Language): Card {
  return { ...card, blocks: [...card.blocks, { kind: "note", text: [say(language, "card.may-be-repeat")] }] };
}

/** A refusal for now says nothing of the attempt before it: what was in doubt stays so. */
function outcomeOf(result: PostResult, at: Instant, once: DeliveryKey, { before, doubtful }: Due): Outcome {
  if (result.ok) return { kind: "delivered", posted: result.posted };
  const { reason } = result;
  if (result.retry === "never") return { kind: "never", reason };
  const attempts = (before?.attempts ?? 0) + 1;
  const asked = result.retry === "later" && result.afterSeconds !== undefined ? result.afterSeconds * 1000 : null;
  const notBefore = instantOf(millisecondsOf(at) + (asked ?? backOff(result.retry, once, attempts)));
  const open = doubtful === true && before?.outcome?.kind === "unknown" ? before.outcome.doubts : 0;
  const doubts = open + (result.retry === "unknown" ? 1 : 0);
  if (doubts >= MOST_UNKNOWN) return { kind: "never", reason: `${reason} (${attempts} attempts)` };
  return doubts === 0 ? { kind: "later", reason, notBefore } : { kind: "unknown", reason, notBefore, doubts };
}
