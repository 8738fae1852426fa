import { createHash } from "node:crypto";
import { deadLetterCard, namelessLetterCard } from "../cards/dead-letter-card.ts";
import { atName } from "../cards/heed-words.ts";
import { isPerhapsShown } from "../cards/undelivered-why.ts";
import type { DeliveryKey, Place } from "../ports/chat.ts";
import type { Basis, Delivery, Outcome } from "../ports/delivery-log.ts";
import type { PlaceSettings } from "../ports/subscriptions.ts";
import type { Instant } from "../time/instant.ts";
import { bundlesOf } from "./bundles.ts";
import { BATCH, type Due, type Message } from "./delivery.ts";
import { letterHearers } from "./letter-hearers.ts";
import { mayTry } from "./messages.ts";
import type { Round } from "./round.ts";
import { rulebook } from "./rulebook.ts";
import { spokenTo } from "./spoken.ts";
import { keyOf } from "./telling.ts";
import type { TickHost } from "./tick.ts";
import { lateBefore, undeliveredOf } from "./undelivered.ts";

/** What could not be delivered and not everybody was told of whom it concerns. */
export interface DeadLetters {
  readonly messages: readonly Message[];
  /** Each letter, with the keys under which those who are to hear of it are told, and what came of them before. */
  readonly letters: ReadonlyMap<DeliveryKey, ReadonlyMap<DeliveryKey, Outcome | null>>;
}

/**
 * Each letter goes once to the operations place and the matter's own people; where none of them can be reached, to another place, and where there
 * is none to whoever set up the place that failed. Nobody hears of the same letter twice, and nobody's hearing of it depends on whether another could be told.
 */
export async function deadLetters(host: TickHost, round: Round): Promise<DeadLetters> {
  const { subscriptions, now } = round;
  const unannounced = await host.deliveries.unannounced(lateBefore(now));
  const failed = unannounced.filter(({ basis }) => basis.kind !== "dead-letter" && isOurs(host, basis.place));
  const messages: Message[] = [];
  const letters = new Map<DeliveryKey, Map<DeliveryKey, Outcome | null>>();
  if (failed.length === 0) return { messages, letters };
  const { named, others: othersFor, mayName } = await letterHearers(host, failed, subscriptions, now);
  const isReached = (letter: Delivery) => (place: Place) => place !== letter.basis.place && host.adapterOf(place) !== null;
  const asked = (places: (letter: Delivery) => readonly Place[], of: readonly Delivery[]) =>
    host.deliveries.known(
      of.flatMap((letter) =>
        places(letter)
          .filter(isReached(letter))
          .map((to) => announcementKey(to, letter)),
      ),
    );
  const known = new Map(await asked(named, failed));
  const refuses = (letter: Delivery) => (to: Place) => known.get(announcementKey(to, letter))?.outcome?.kind === "never";
  const isDeaf = (letter: Delivery) => named(letter).filter(isReached(letter)).every(refuses(letter));
  const deaf = failed.filter(isDeaf);
  const others = await othersFor(deaf);
  for (const [key, delivery] of await asked(others, deaf)) known.set(key, delivery);
  const told = new Map<Place, Delivery[]>();
  for (const letter of failed) {
    const reached = (isDeaf(letter) ? others(letter) : named(letter)).filter(isReached(letter));
    const open = reached.filter((to) => !refuses(letter)(to));
    // Of all the other places the first that takes it is enough; of the people who are named, each.
    const hearers = isDeaf(letter) ? open.slice(0, 1) : reached;
    letters.set(letter.key, new Map(hearers.map((to) => outcomeBefore(known, announcementKey(to, letter)))));
    for (const to of hearers) {
      if (mayTry(known.get(announcementKey(to, letter)) ?? null, now)) told.set(to, [...(told.get(to) ?? []), letter]);
    }
  }
  for (const [to, of] of told) {
    const [open, closed] = [of.filter((letter) => mayName(letter, to)), of.filter((letter) => !mayName(letter, to))];
    // Those of another company learn no colleague's name.
    const seesDesk = open.some((letter) => mayName({ ...letter, basis: { ...letter.basis, stream: null } }, to));
    const names = await namesAt(host, seesDesk ? open : []);
    const spoken = { to, names, ...(await spokenTo(host, to, subscriptions.get(to))) };
    messages.push(...messagesTo(spoken, open, known, round), ...namelessTo(spoken, closed, known, round));
  }
  return { messages, letters };
}

/** A terminal that delivers to itself announces what failed there; everything else, of platforms that run no more too, is for who serves them. */
function isOurs(host: TickHost, place: Place): boolean {
  return host.adapterOf(place) !== null || (!host.alone && !place.startsWith("console:"));
}

/** The letters of which all who are to hear have been told, or refuse for good, and at least one was told. */
export function announcedBy({ letters }: DeadLetters, outcomes: ReadonlyMap<DeliveryKey, Outcome>): readonly DeliveryKey[] {
  return [...letters].flatMap(([letter, hearers]) => {
    // Given up while it was being announced as late: that is told next.
    if (outcomes.get(letter)?.kind === "never") return [];
    const kinds = [...hearers].map(([key, before]) => (outcomes.get(key) ?? before)?.kind);
    const isOver = kinds.every((kind) => kind === "delivered" || kind === "never");
    return isOver && kinds.includes("delivered") ? [letter] : [];
  });
}

function outcomeBefore(known: ReadonlyMap<DeliveryKey, Delivery>, key: DeliveryKey): readonly [DeliveryKey, Outcome | null] {
  return [key, known.get(key)?.outcome ?? null];
}

/** Whether what announces a letter is still to be said: the letter was not shown since, nor told of, nor is there another thing to tell of it. */
export function isStillToTell({ key, basis }: Delivery, letters: ReadonlyMap<DeliveryKey, Delivery>): boolean {
  return lettersOf(basis).some((one) => {
    const letter = letters.get(one);
    if (letter === undefined || letter.announcedAt !== null || announcementKey(basis.place, letter) !== key) return false;
    const { outcome } = letter;
    return outcome?.kind !== "delivered" && !(outcome !== null && "superseded" in outcome && outcome.superseded === true);
  });
}

/** What a dead letter's announcement is about. */
export function lettersOf({ shown }: Basis): readonly DeliveryKey[] {
  return (shown as { readonly letters?: readonly DeliveryKey[] }).letters ?? [];
}

/** That it is late is one announcement, that it was given up another, and each time anew that it was sent again and given up. */
function announcementKey(to: Place, { key, basis, outcome, attempts }: Delivery): DeliveryKey {
  const state = outcome?.kind === "never" ? `never ${attempts}` : "late";
  const name = createHash("sha256").update(`${state}\n${key}`).digest("hex").slice(0, 16);
  return keyOf(to, ["dead-letter", basis.place, name]);
}

async function namesAt({ people }: TickHost, letters: readonly Delivery[]): Promise<ReadonlyMap<Place, string>> {
  const names = new Map<Place, string>();
  for (const place of new Set(letters.map(({ basis }) => basis.place))) {
    const name = await people.nameOf(place);
    if (name !== null) names.set(place, atName(name));
  }
  return names;
}

interface Spoken extends Pick<PlaceSettings, "language" | "zone"> {
  readonly to: Place;
  /** Of the people whose own conversations failed. */
  readonly names: ReadonlyMap<Place, string>;
}

/** To one place, about each place that failed, in messages of at most BATCH letters. */
function messagesTo(
  { to, language, zone, names }: Spoken,
  letters: readonly Delivery[],
  known: ReadonlyMap<DeliveryKey, Delivery>,
  { now, head }: Round,
): readonly Message[] {
  const messages: Message[] = [];
  for (const [failed, of] of Map.groupBy(letters, ({ basis }) => basis.place)) {
    const letterOf = new Map(of.map((letter) => [announcementKey(to, letter), letter]));
    const card = (said: readonly Due[]) =>
      deadLetterCard(
        language,
        said.map(({ key }) => undeliveredOf(letterOf.get(key)!)),
        failed,
        zone,
        names.get(failed) ?? null,
      );
    const due = (key: DeliveryKey): Due => ({ key, basis: basisOf(to, letterOf.get(key)!, now, head), before: known.get(key) ?? null });
    const dues = [...letterOf.keys()].map(due);
    for (const { once, things } of bundlesOf(to, dues, known, () => BATCH))
      messages.push({ place: to, language, once, dues: things, card });
  }
  return messages;
}

/** What may not be named to one place, in messages of at most BATCH letters: how many there are, and no more. */
function namelessTo(
  { to, language }: Spoken,
  letters: readonly Delivery[],
  known: ReadonlyMap<DeliveryKey, Delivery>,
  { now, head }: Round,
): readonly Message[] {
  const perhaps = new Set<DeliveryKey>();
  const dues = letters.map((letter): Due => {
    const key = announcementKey(to, letter);
    if (isPerhapsShown(undeliveredOf(letter))) perhaps.add(key);
    return { key, basis: basisOf(to, letter, now, head), before: known.get(key) ?? null };
  });
  const card = (said: readonly Due[]) =>
    namelessLetterCard(
      language,
      said.length,
      said.some(({ key }) => perhaps.has(key)),
    );
  const bundles = bundlesOf(to, dues, known, () => BATCH);
  return bundles.map(({ once, things }) => ({ place: to, language, once, dues: things, card, restricted: true }));
}

function basisOf(place: Place, { key, basis }: Delivery, at: Instant, head: string): Basis {
  const shown = { place: basis.place, letters: [key], at };
  return { place, kind: "dead-letter", reason: "dead-letter", stream: null, version: null, head, rulebook: rulebook(), shown };
}
