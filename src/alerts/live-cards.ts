import { createHash } from "node:crypto";
import { cardFor } from "../cards/card-for.ts";
import { hiddenCard } from "../cards/discreet.ts";
import { type Live, liveCard } from "../cards/live-card.ts";
import { sees, visibilityOf } from "../matter/sight.ts";
import type { Card } from "../ports/card.ts";
import type { ChatAdapter, Place, PostRef, PostResult } from "../ports/chat.ts";
import type { Delivery } from "../ports/delivery-log.ts";
import type { LiveCard } from "../ports/matter-index.ts";
import type { PlaceSettings } from "../ports/subscriptions.ts";
import { stopwatch } from "../time/clock.ts";
import { type Instant, instantOf, millisecondsOf } from "../time/instant.ts";
import { isErasedSince } from "./erased-since.ts";
import type { PerhapsWatching } from "./heard-since.ts";
import { heedingIn } from "./heeding.ts";
import type { Scene } from "./look.ts";
import { called, namesOfPeople } from "./names.ts";
import { nextTold } from "./next-told.ts";
import { streamShown } from "./or-fault.ts";
import { freeFrom, rest } from "./pace.ts";
import { noteGone, noteMended, noteRefused, noteReplaced } from "./refused-cards.ts";
import type { Round } from "./round.ts";
import { sightLately, sightsNow, unsettledUntil } from "./sight-book.ts";
import { spokenTo } from "./spoken.ts";
import { watchesOn } from "./subscription.ts";
import type { Telling } from "./telling.ts";
import type { TickHost } from "./tick.ts";

/** Figures that change are shown at most that often; what a person did, at once. */
const DEBOUNCE = 60_000;
/** One tick's worth of updates, in number and in milliseconds: what is due to be said must not wait for them, on a slow platform least of all. */
const MOST = 40;
const LONGEST = 2_000;

/** In the place of a reference: somebody removed the card, and it stands nowhere until it is posted anew. */
export const GONE = "" as PostRef;

/** What is known of a message that began a matter's card in a place. */
export interface Begun {
  readonly telling: Telling;
  readonly posted: PostRef;
}

/** A message about one matter alone, posted where the matter had no card, is its card from now on: what is said next goes under it. */
export async function begin(host: TickHost, begun: readonly Begun[], round: Round): Promise<void> {
  for (const { telling, posted } of begun) {
    const { place } = telling.to;
    const settings = settingsIn(round, place, telling.scene.matter.key);
    if (settings === null || host.adapterOf(place)?.inPlace !== true) continue;
    const card = await cardOf(host, telling.scene, settings);
    const stream = telling.scene.matter.key;
    const removed = round.cards.find((one) => one.place === place && one.stream === stream && one.posted === GONE);
    if (removed !== undefined) await noteReplaced(host, removed);
    await host.liveCards.put({ place, stream, posted, shows: digestOf(card), updatedAt: host.clock.now() });
  }
}

/**
 * Brings the cards of the matters that were looked at up to date where they stand, as long as the place watches them. One that somebody removed
 * is to be posted anew (cards-anew.ts); one that its platform does not let us change any more is left to stand, and the next message begins
 * another; one whose place lets nothing be changed is told and tried again (refused-cards.ts). Answers the matters that are to be looked at again,
 * and when.
 */
export async function refresh(
  host: TickHost,
  round: Round,
  cards: readonly LiveCard[],
  hurried: boolean,
): Promise<ReadonlyMap<string, Instant>> {
  const sights = await sightsNow(host, reachedPlaces(host, cards));
  const again = new Map<string, Instant>();
  const wait = (stream: string, at: Instant) => {
    const before = again.get(stream);
    if (before === undefined || at < before) again.set(stream, at);
  };
  const began = stopwatch();
  let updates = 0;
  for (const card of cards) {
    const { place, stream, posted, updatedAt } = card;
    const [scene, settings, adapter] = [round.scenes.get(stream), settingsIn(round, place, stream), host.adapterOf(place)];
    if (scene === undefined || adapter === null || host.stopping()) continue;
    const mayBeSeen = sees(sights.get(place)!, scene.matter);
    if (posted === GONE) {
      if (mayBeSeen) continue;
      await noteReplaced(host, card);
      await host.liveCards.drop(place, stream);
      continue;
    }
    // What may not be seen there any more goes, whoever watches it.
    if (mayBeSeen && (settings === null || !isToldOf(round, place, scene))) continue;
    const now = host.clock.now();
    const settled = mayBeSeen ? null : await unsettledUntil(host, place);
    if (settled !== null && settled > millisecondsOf(now)) {
      wait(stream, instantOf(settled));
      continue;
    }
    const from = instantOf(millisecondsOf(updatedAt) + DEBOUNCE);
    // In the midst of this, too, somebody's word may have come.
    const early = mayBeSeen && from > now && updatedAt <= now && !hurried && !host.memory.hurried;
    const free = freeFrom(host.memory, place, now);
    // What there is no room for now is not even made: a place takes one change at a time.
    if (early || updates >= MOST || stopwatch() - began > LONGEST || free !== null) {
      if (early) host.memory.early.set(stream, now);
      const next = early ? from : later(free, instantOf(millisecondsOf(now) + 1_000));
      // What a person did does not wait for the minute because it had to wait for the place.
      if (hurried && next < from) host.memory.hurried = true;
      wait(stream, next);
      continue;
    }
    const made = mayBeSeen
      ? await cardOf(host, scene, settings!)
      : hiddenCard((await spokenTo(host, place, settings ?? undefined)).language);
    if (digestOf(made) === card.shows) continue;
    // A card must not show again what was erased since this tick began: the next one has read it anew.
    if (await isErasedSince(host)) {
      wait(stream, now);
      continue;
    }
    updates++;
    const result = await changed(host, card, made, adapter, scene);
    const ended = host.clock.now();
    const asked = askedBy(result, ended);
    rest(host.memory, place, adapter, ended, result.ok || result.retry !== "later" ? null : asked);
    if (!result.ok && result.retry !== "never") {
      wait(stream, asked);
      continue;
    }
    const isGone = !result.ok && result.gone === true;
    if (!result.ok && !isGone && result.fixed !== true) {
      await noteRefused(host, round, card, scene, result.reason);
      continue;
    }
    await (result.ok ? noteMended(host, card, result.posted) : noteGone(host, card));
    if (!mayBeSeen || (!result.ok && !isGone)) await host.liveCards.drop(place, stream);
    else if (result.ok) await host.liveCards.put({ ...card, posted: result.posted, shows: digestOf(made), updatedAt: ended });
    else {
      await host.liveCards.put({ ...card, posted: GONE, updatedAt: ended });
      wait(stream, ended);
    }
  }
  return again;
}

/** What a person recorded may have been found before the word came that they had acted. */
const BEFORE_THE_WORD = 2_000;

/** A person has acted: the cards show it at once, also where a look has just put it off. Answers whether there was any such. */
export async function hurryAfterAll({ memory, index, clock }: Pick<TickHost, "memory" | "index" | "clock">): Promise<boolean> {
  const since = instantOf(millisecondsOf(clock.now()) - BEFORE_THE_WORD);
  const lately = [...memory.early].filter(([, at]) => at >= since).map(([stream]) => stream);
  memory.early.clear();
  if (lately.length === 0) return false;
  await index.wake(lately);
  memory.hurried = true;
  return true;
}

function askedBy(result: PostResult, at: Instant): Instant {
  const seconds = !result.ok && result.retry === "later" ? result.afterSeconds : undefined;
  return instantOf(millisecondsOf(at) + (seconds === undefined ? DEBOUNCE : seconds * 1000));
}

/** A bug in an adapter is one card that is not up to date, never the end of the tick. */
async function changed(
  { log }: TickHost,
  { place, posted }: LiveCard,
  card: Card,
  adapter: ChatAdapter,
  { matter }: Scene,
): Promise<PostResult> {
  try {
    return await adapter.update(posted, card);
  } catch (error) {
    const where = visibilityOf(matter) === "restricted" ? adapter.name : place;
    const about = { place: where, stream: streamShown(matter), error: error instanceof Error ? error.stack : String(error) };
    log.error(about, "a card could not be changed by a fault of ours");
    return { ok: false, retry: "unknown", reason: "internal fault" };
  }
}

function reachedPlaces(host: TickHost, cards: readonly LiveCard[]): readonly Place[] {
  return cards.map(({ place }) => place).filter((place) => host.adapterOf(place) !== null);
}

/** How a place is spoken to of a matter: as it is set up there or, of a restricted one, as the house does; null where nobody has set anything up. */
export function settingsIn(round: Round, place: Place, stream: string): (PlaceSettings & PerhapsWatching) | null {
  const [hearer, scene] = [round.hearers.get(stream)?.find(({ to }) => to.place === place), round.scenes.get(stream)];
  const settings = round.subscriptions.get(place) ?? hearer?.to ?? null;
  if (settings === null || hearer === undefined || scene === undefined) return settings;
  return { ...settings, heard: round.heardSince(hearer, scene) };
}

/** Whether the place watches the matter, or hears of it without. */
export function isToldOf({ subscriptions, hearers }: Round, place: Place, { standing, matter }: Scene): boolean {
  const { watches } = subscriptions.get(place) ?? { watches: [] };
  return watchesOn(watches, standing).length > 0 || hearers.get(matter.key)?.some(({ to }) => to.place === place) === true;
}

export async function cardOf(host: TickHost, scene: Scene, settings: PlaceSettings): Promise<Card> {
  const { matter, standing, today, now } = scene;
  const { place, language } = settings;
  const heed = (await heedingIn(host, [matter], place, settings, host.clock.now()))(matter.key);
  const asked = standing.items.map(({ id }) => heed.acknowledged(id)).filter((one) => one !== undefined);
  const live: Live = {
    standing: called(standing, await namesOfPeople([matter], host.people)),
    today,
    now,
    said: (await host.deliveries.about(matter.key, place)).flatMap(saidOf),
    // One that nobody has taken note of outweighs those that somebody has.
    acknowledged: asked.includes(null) ? null : asked.at(-1),
    snoozed: heed.snoozed,
    reminder: nextTold(scene, settings, heed.snoozedUntil),
    zone: settings.zone,
  };
  const { amounts, desk } = sightLately(host, place);
  const readers = { language, amounts, desk, restricted: visibilityOf(matter) === "restricted" ? 1 : 0 };
  return cardFor(readers, () => liveCard(language, live));
}

function saidOf({ basis, outcome, settledAt }: Delivery) {
  // That the card itself was posted anew is nothing that was said.
  if (outcome?.kind !== "delivered" || settledAt === null || basis.kind === "card") return [];
  const { stage = null } = basis.shown as { readonly stage?: number | "last-working-day" | "missing-fact" | null };
  return [{ at: settledAt, kind: basis.kind, stage }];
}

export function digestOf(card: Card): string {
  return createHash("sha256").update(JSON.stringify(card)).digest("base64url");
}

function later(one: Instant | null, other: Instant): Instant {
  return one !== null && one > other ? one : other;
}
