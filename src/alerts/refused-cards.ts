import { visibilityOf } from "../matter/sight.ts";
import type { DeliveryKey, PostRef } from "../ports/chat.ts";
import type { Basis, Outcome } from "../ports/delivery-log.ts";
import type { LiveCard } from "../ports/matter-index.ts";
import type { Scene } from "./look.ts";
import { streamShown } from "./or-fault.ts";
import type { Round } from "./round.ts";
import { rulebook } from "./rulebook.ts";
import { keyOf } from "./telling.ts";
import type { TickHost } from "./tick.ts";

/** Before the digest of what a card shows: a change of it was refused, so that each look at its matter tries it again. */
const REFUSED = "refused ";

/**
 * A change of a card that its platform refuses until a person mends something, as in an archived channel, is told like a post that can never be
 * delivered: once, however often it is tried, and once more when somebody had it tried again and it was refused again. The card is kept.
 */
export async function noteRefused(
  host: TickHost,
  round: Round,
  card: LiveCard,
  { matter, standing, today }: Scene,
  reason: string,
): Promise<void> {
  const { place, stream, shows } = card;
  const { deliveries, liveCards, log, clock } = host;
  // Marked first: what is settled below is settled again by the try after this one, should nobody get so far.
  if (!isRefused(card)) await liveCards.put({ ...card, shows: `${REFUSED}${shows}` });
  const key = keyOfChange(card);
  const shown = { on: today, state: standing.state };
  const basis: Basis = {
    place,
    kind: "card",
    reason: "card",
    stream,
    version: matter.version,
    head: round.head,
    rulebook: rulebook(),
    shown,
  };
  const now = clock.now();
  if (!(await deliveries.turn([], [{ key, message: key, basis }], now)).has(key)) return;
  await deliveries.turn([{ key, outcome: { kind: "never", reason } }], [], now);
  const about =
    visibilityOf(matter) === "restricted"
      ? { place: place.slice(0, place.indexOf(":")), stream: streamShown(matter) }
      : { place, stream, reason };
  log.warn(about, "a card could not be changed: it shows what it did before until its place is mended");
}

/** The card shows what stands: what was told of the refusal is undelivered no more. */
export function noteMended(host: TickHost, card: LiveCard, posted: PostRef): Promise<void> {
  return settle(host, card, { kind: "delivered", posted });
}

/** There is no such card any more that could be changed: nothing waits for it. */
export function noteGone(host: TickHost, card: LiveCard): Promise<void> {
  return settle(host, card, { kind: "later", reason: "the card is not there any more", notBefore: host.clock.now(), superseded: true });
}

async function settle({ deliveries, clock }: TickHost, card: LiveCard, outcome: Outcome): Promise<void> {
  if (!isRefused(card)) return;
  const key = keyOfChange(card);
  if ((await deliveries.known([key])).has(key)) await deliveries.turn([{ key, outcome }], [], clock.now());
}

/** By what a removed card is posted anew: the same for all tries since it was found to be gone. */
export function keyOfAnew({ place, stream, updatedAt }: LiveCard): DeliveryKey {
  return keyOf(place, ["card", stream, updatedAt]);
}

/** What a removed card was to show when it was refused; null where nobody knows whether it was shown. */
export function refusedShow({ shows }: LiveCard): string | null {
  return shows.startsWith(REFUSED) ? shows.slice(REFUSED.length) : null;
}

/** A removed card, as it is kept when its place refuses the new one. */
export function refusedAnew(card: LiveCard, shows: string, isDoubtful: boolean): LiveCard {
  return { ...card, shows: isDoubtful ? shows : `${REFUSED}${shows}` };
}

/** Another message is the card now, or none is to stand there: a removed one is not posted anew any more, and nothing waits for it. */
export async function noteReplaced({ deliveries, clock }: Pick<TickHost, "deliveries" | "clock">, card: LiveCard): Promise<void> {
  const key = keyOfAnew(card);
  const outcome = (await deliveries.known([key])).get(key)?.outcome ?? null;
  if (outcome === null || outcome.kind === "delivered") return;
  const now = clock.now();
  const over: Outcome =
    outcome.kind === "never"
      ? { kind: "later", reason: outcome.reason, notBefore: now, superseded: true }
      : { ...outcome, superseded: true };
  await deliveries.turn([{ key, outcome: over }], [], now);
}

function isRefused({ shows }: LiveCard): boolean {
  return shows.startsWith(REFUSED);
}

/** The same for all tries since it was changed last. */
function keyOfChange({ place, stream, updatedAt }: LiveCard): DeliveryKey {
  return keyOf(place, ["card-change", stream, updatedAt]);
}
