import { sees, visibilityOf } from "../matter/sight.ts";
import type { Card } from "../ports/card.ts";
import type { Basis, Delivery } from "../ports/delivery-log.ts";
import type { LiveCard } from "../ports/matter-index.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import type { Delivered } from "./deliver.ts";
import { cardOf, digestOf, GONE, isToldOf, settingsIn } from "./live-cards.ts";
import type { Single } from "./messages.ts";
import { keyOfAnew, noteReplaced, refusedAnew, refusedShow } from "./refused-cards.ts";
import type { Round } from "./round.ts";
import { rulebook } from "./rulebook.ts";
import { sightsNow } from "./sight-book.ts";
import type { TickHost } from "./tick.ts";
import { movedLater } from "./timing.ts";

/** A removed card that is posted anew, like everything that is said: claimed, and never twice. */
export interface Anew {
  readonly card: LiveCard;
  readonly single: Single;
  readonly shows: string;
  /** Whether an attempt before may have shown it. */
  readonly isDoubtful: boolean;
  /** It was refused for good before, and who is to hear of that has heard of it. */
  readonly isTold: boolean;
}

export interface PostedAnew {
  readonly anew: readonly Anew[];
  /** The matters whose cards wait for the hours of their places, and until when. */
  readonly closed: readonly (readonly [string, Instant])[];
}

/**
 * The removed cards of the matters that were looked at. Where something was just said of the matter, that is its card. One that its place refused
 * for good is tried again when it has something else to show: at once where a person has just acted, else within the place's hours. Where the place
 * is told of the matter no more, none is to stand there.
 */
export async function postedAnew(host: TickHost, round: Round, { outcomes }: Delivered, hurried: boolean): Promise<PostedAnew> {
  const { scenes, cards, tellings, head, now } = round;
  const found: Anew[] = [];
  const closed: (readonly [string, Instant])[] = [];
  const gone = cards.filter(({ posted, place }) => posted === GONE && host.adapterOf(place) !== null);
  const sights = await sightsNow(
    host,
    gone.map(({ place }) => place),
  );
  const known = await host.deliveries.known(gone.map(keyOfAnew));
  for (const card of gone) {
    const { place, stream } = card;
    const [scene, settings] = [scenes.get(stream), settingsIn(round, place, stream)];
    const isSaid = tellings.some(({ key, to, scene: of }) => to.place === place && of.matter.key === stream && outcomes.has(key));
    if (scene === undefined || !sees(sights.get(place)!, scene.matter) || isSaid) continue;
    if (settings === null || !isToldOf(round, place, scene)) {
      await noteReplaced(host, card);
      await host.liveCards.drop(place, stream);
      continue;
    }
    const made: Card = await cardOf(host, scene, settings);
    const [key, shows] = [keyOfAnew(card), digestOf(made)];
    const before = known.get(key);
    if (before?.outcome?.kind === "never") {
      if (!isNews(card, shows)) continue;
      const open = movedLater(settings, now);
      if (!hurried && !host.memory.hurried && open > now) {
        closed.push([stream, open]);
        continue;
      }
      await letGoAgain(host, before);
    }
    const { version } = scene.matter;
    const shown = { on: scene.today, state: scene.standing.state };
    const basis: Basis = { place, kind: "card", reason: "card", stream, version, head, rulebook: rulebook(), shown };
    const due = { key, basis };
    const restricted = visibilityOf(scene.matter) === "restricted" ? { restricted: true as const } : {};
    const isDoubtful = before?.outcome?.kind === "unknown" && before.outcome.doubts > 0;
    const isTold = before?.outcome?.kind === "never" && before.announcedAt !== null;
    const single = { place, language: settings.language, due, card: () => made, ...restricted };
    found.push({ card, shows, single, isDoubtful, isTold });
  }
  return { anew: found, closed };
}

/** Whether a card that was refused for good shows something else now. */
function isNews(card: LiveCard, shows: string): boolean {
  const refused = refusedShow(card);
  return refused !== null && refused !== shows;
}

/** Notes what was refused for good as what may be tried. */
async function letGoAgain({ deliveries, clock }: TickHost, { key, outcome }: Delivery): Promise<void> {
  if (outcome?.kind !== "never") return;
  const now = clock.now();
  await deliveries.turn([{ key, outcome: { kind: "later", reason: outcome.reason, notBefore: now, superseded: true } }], [], now);
}

/** What is not tried yet, because its place was not free. */
const SOON = 1_000;

/**
 * Notes where they stand now; one that the place refuses for good is kept, for it is tried again when something changes, and the next message
 * there is the card. Answers the matters whose cards are still to be posted, and when.
 */
export async function stand(
  { liveCards, deliveries, clock }: TickHost,
  anew: readonly Anew[],
  { outcomes }: Delivered,
): Promise<readonly (readonly [string, Instant])[]> {
  const waits: (readonly [string, Instant])[] = [];
  // What the platform was found to show already was settled before anything was posted.
  const known = await deliveries.known(anew.map(({ single }) => single.due.key));
  for (const { card, single, shows, isDoubtful, isTold } of anew) {
    const { key } = single.due;
    const outcome = outcomes.get(key) ?? known.get(key)?.outcome;
    if (outcome?.kind === "delivered") await liveCards.put({ ...card, posted: outcome.posted, shows, updatedAt: clock.now() });
    else if (outcome?.kind === "never") {
      await liveCards.put(refusedAnew(card, shows, isDoubtful));
      if (isTold) await deliveries.announced([key], clock.now());
    } else {
      const soon = instantOf(millisecondsOf(clock.now()) + SOON);
      waits.push([card.stream, outcome !== undefined && outcome !== null && outcome.notBefore > soon ? outcome.notBefore : soon]);
    }
  }
  return waits;
}
