import { sees, visibilityOf } from "../matter/sight.ts";
import type { Card } from "../ports/card.ts";
import type { Basis } from "../ports/delivery-log.ts";
import type { LiveCard } from "../ports/matter-index.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import type { Delivered } from "./deliver.ts";
import { cardOf, digestOf, GONE, settingsIn } from "./live-cards.ts";
import type { Single } from "./messages.ts";
import type { Round } from "./round.ts";
import { rulebook } from "./rulebook.ts";
import { sightsNow } from "./sight-book.ts";
import { keyOf } from "./telling.ts";
import type { TickHost } from "./tick.ts";

/** A removed card that is posted anew, like everything that is said: claimed, and never twice. */
export interface Anew {
  readonly card: LiveCard;
  readonly single: Single;
  readonly shows: string;
}

/** The removed cards of the matters that were looked at. Where something was just said of the matter, that is its card. */
export async function postedAnew(host: TickHost, round: Round, { outcomes }: Delivered): Promise<readonly Anew[]> {
  const { scenes, cards, tellings, head } = round;
  const found: Anew[] = [];
  const gone = cards.filter(({ posted, place }) => posted === GONE && host.adapterOf(place) !== null);
  const sights = await sightsNow(
    host,
    gone.map(({ place }) => place),
  );
  for (const card of gone) {
    const { place, stream, updatedAt } = card;
    const [scene, settings] = [scenes.get(stream), settingsIn(round, place, stream)];
    const isSaid = tellings.some(({ key, to, scene: of }) => to.place === place && of.matter.key === stream && outcomes.has(key));
    if (scene === undefined || settings === null || !sees(sights.get(place)!, scene.matter) || isSaid) continue;
    const made: Card = await cardOf(host, scene, settings);
    const { version } = scene.matter;
    const shown = { on: scene.today, state: scene.standing.state };
    const basis: Basis = { place, kind: "card", reason: "card", stream, version, head, rulebook: rulebook(), shown };
    const due = { key: keyOf(place, ["card", stream, updatedAt]), basis };
    const restricted = visibilityOf(scene.matter) === "restricted" ? { restricted: true as const } : {};
    found.push({ card, shows: digestOf(made), single: { place, language: settings.language, due, card: () => made, ...restricted } });
  }
  return found;
}

/** What is not tried yet, because its place was not free. */
const SOON = 1_000;

/**
 * Notes where they stand now; one that the place refuses for good is given up, and the next message begins another. Answers the matters whose
 * cards are still to be posted, and when.
 */
export async function stand(
  { liveCards, deliveries, clock }: TickHost,
  anew: readonly Anew[],
  { outcomes }: Delivered,
): Promise<readonly (readonly [string, Instant])[]> {
  const waits: (readonly [string, Instant])[] = [];
  // What the platform was found to show already was settled before anything was posted.
  const known = await deliveries.known(anew.map(({ single }) => single.due.key));
  for (const { card, single, shows } of anew) {
    const { key } = single.due;
    const outcome = outcomes.get(key) ?? known.get(key)?.outcome;
    if (outcome?.kind === "delivered") await liveCards.put({ ...card, posted: outcome.posted, shows, updatedAt: clock.now() });
    else if (outcome?.kind === "never") await liveCards.drop(card.place, card.stream);
    else waits.push([card.stream, outcome?.notBefore ?? instantOf(millisecondsOf(clock.now()) + SOON)]);
  }
  return waits;
}
