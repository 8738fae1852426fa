import { randomUUID } from "node:crypto";
import { say } from "../cards/say.ts";
import type { Card } from "../ports/card.ts";
import type { DeliveryKey, MayGoOn, PostRef, PostResult } from "../ports/chat.ts";
import type { Outcome, Settled } from "../ports/delivery-log.ts";
import type { Parcel, ParcelDue } from "../ports/fleet.ts";
import { stopwatch } from "../time/clock.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import { backOff, hourly, MOST_UNKNOWN, OFTEN_UNKNOWN } from "./backoff.ts";
import type { DeliveryHost, Due, Message, PostHost } from "./delivery.ts";
import { doubtsOf, givenUpFrom } from "./doubts.ts";

/**
 * Posts, and says what came of it. A bug anywhere around a post must not leave its claims open, nor take the outcomes of other posts with it: they
 * may have been shown.
 */
export function postSafely(host: DeliveryHost, message: Message): Promise<readonly Settled[]> {
  let parcel: Parcel;
  try {
    if (message.dues.some(({ basis }) => basis.kind === "digest")) host.probe("in-digest");
    parcel = parcelOf(message);
  } catch (error) {
    return Promise.resolve(faulty(host, message, error));
  }
  return postParcel(host, parcel);
}

/** What is posted, with nothing in it that another process could not be given. Throws where the card cannot be made. */
export function parcelOf({ place, language, once, dues, under, restricted, card }: Message): Parcel {
  const made = card(dues);
  return {
    place,
    once,
    card: dues.some(({ doubtful }) => doubtful) ? marked(made, language) : made,
    under,
    restricted,
    dues: dues.map(parcelDue),
  };
}

function parcelDue(due: Due): ParcelDue {
  const { kind, stream } = due.basis;
  return { key: due.key, kind, stream, attempts: due.before?.attempts ?? 0, doubts: doubtsOf(due), givenUpFrom: givenUpFrom(due) };
}

/** A bug of ours is one delivery that failed, with a reference in the log: nobody can tell what it has shown. */
export function faulty(host: Pick<PostHost, "log" | "clock">, message: Message, error: unknown): readonly Settled[] {
  const reason = `internal fault ${fault(host, error, keyShown(message, message.dues[0]?.key ?? message.once))}`;
  return refused({ ok: false, retry: "unknown", reason }, host.clock.now(), message.once, message.dues.map(parcelDue));
}

/** See postSafely. Where it may be posted next is for whoever has it posted to note. */
export async function postParcel(host: PostHost, parcel: Parcel, mayGoOn?: MayGoOn): Promise<readonly Settled[]> {
  const { place, card, once, under, dues } = parcel;
  const adapter = host.adapterOf(place);
  const began = stopwatch();
  let result: PostResult;
  try {
    result = adapter === null ? NOT_SERVED : await adapter.post(place, card, once, under, mayGoOn);
  } catch (error) {
    result = { ok: false, retry: "unknown", reason: `internal fault ${fault(host, error, keyShown(parcel, dues[0]?.key ?? once))}` };
  }
  const settled = result.ok ? shown(result.posted, dues) : refused(result, host.clock.now(), once, dues);
  if (!result.ok) warn(host, parcel, result);
  watched(host, adapter?.name ?? place.slice(0, place.indexOf(":")), settled[0]!.outcome.kind, (stopwatch() - began) / 1000);
  return settled;
}

const NOT_SERVED: PostResult = { ok: false, retry: "later", reason: "its platform is not served by the process that was to post it" };

/** Whoever counts must not change what came of the post. */
function watched(host: PostHost, ...facts: Parameters<NonNullable<PostHost["posted"]>>): void {
  try {
    host.posted?.(...facts);
  } catch (error) {
    host.log.error({ error: error instanceof Error ? error.stack : String(error) }, "a post could not be counted");
  }
}

/** What a log may name of it: the key tells the place and the matter. */
export function keyShown({ restricted }: Pick<Parcel, "restricted">, key: DeliveryKey): string {
  return restricted === true ? "(restricted)" : key;
}

export function fault({ log }: Pick<PostHost, "log">, error: unknown, key: string): string {
  const reference = randomUUID().slice(0, 8);
  log.error({ reference, error: error instanceof Error ? error.stack : String(error), key }, "a delivery failed by a fault of ours");
  return reference;
}

function warn({ log }: PostHost, { place, restricted, dues }: Parcel, { retry, reason }: Refusal): void {
  // Neither the matter nor the person in whose conversation it was to stand; a platform's reason may name either.
  if (restricted === true) {
    log.warn(
      { place: place.slice(0, place.indexOf(":")), kinds: dues.map(({ kind }) => kind), retry },
      "something that is not named here was not delivered",
    );
    return;
  }
  for (const { kind, stream } of dues) log.warn({ place, kind, stream, retry, reason }, "not delivered");
}

/** After a crash or an unknown outcome it is said again rather than missed, and says so before anything else: a long card is posted in parts. */
function marked(card: Card, language: Language): Card {
  return { ...card, blocks: [{ kind: "note", text: [say(language, "card.may-be-repeat")] }, ...card.blocks] };
}

function shown(posted: PostRef, dues: readonly ParcelDue[]): readonly Settled[] {
  return dues.map(({ key }) => ({ key, outcome: { kind: "delivered", posted } }));
}

type Refusal = Extract<PostResult, { readonly ok: false }>;

/** What was said with one message is tried again with one: the spread follows from the message, not from each thing in it. */
function refused(refusal: Refusal, at: Instant, once: DeliveryKey, dues: readonly ParcelDue[]): readonly Settled[] {
  return dues.map((tried) => ({ key: tried.key, outcome: outcomeOf(refusal, at, once, tried) }));
}

/**
 * A refusal for now says nothing of the attempt before it: what was in doubt stays so. What may have been shown is tried as long as it has its time,
 * and for some days where nothing outdates it: a platform that answers nothing for an hour may be well for the two days in which it still matters.
 */
function outcomeOf(result: Refusal, at: Instant, once: DeliveryKey, tried: ParcelDue): Outcome {
  const { reason } = result;
  if (result.retry === "never") return { kind: "never", reason };
  const attempts = tried.attempts + 1;
  const asked = result.retry === "later" && result.afterSeconds !== undefined ? result.afterSeconds * 1000 : null;
  const isDoubtful = result.retry === "unknown";
  const doubts = tried.doubts + (isDoubtful ? 1 : 0);
  const pause = isDoubtful && doubts >= OFTEN_UNKNOWN ? hourly(once, attempts) : backOff(result.retry, once, attempts);
  const notBefore = instantOf(millisecondsOf(at) + (asked ?? pause));
  const most = tried.kind === "card" ? OFTEN_UNKNOWN : MOST_UNKNOWN;
  const isHopeless = isDoubtful && doubts >= most && tried.givenUpFrom !== undefined && at >= tried.givenUpFrom;
  if (isHopeless) return { kind: "never", reason: `${reason} (${attempts} attempts)` };
  return doubts === 0 ? { kind: "later", reason, notBefore } : { kind: "unknown", reason, notBefore, doubts };
}
