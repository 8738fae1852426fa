import { burstCard } from "../cards/burst-card.ts";
import { cardFor } from "../cards/card-for.ts";
import type { Utterance } from "../cards/contents.ts";
import { utteranceCard } from "../cards/utterance-card.ts";
import { type Sight, visibilityOf } from "../matter/sight.ts";
import type { Card } from "../ports/card.ts";
import type { DeliveryKey } from "../ports/chat.ts";
import type { Delivery } from "../ports/delivery-log.ts";
import type { Instant } from "../time/instant.ts";
import { bundlesOf } from "./bundles.ts";
import { BATCH, type Due, type Message } from "./delivery.ts";
import { covers } from "./escalate.ts";
import { acknowledgedBy } from "./heeding.ts";
import { GONE } from "./live-cards.ts";
import { namesBehind, namesOfPeople, called as withNames } from "./names.ts";
import type { Round } from "./round.ts";
import { sightLately } from "./sight-book.ts";
import type { Telling } from "./telling.ts";
import type { TickHost } from "./tick.ts";

/** More things than these, waiting for one place that takes a message a second, are said in one message. */
export const BURST = 3;

/** Never again what was delivered or can never be; what failed waits. A moment that lies ahead of now was written before the clock went back. */
export function mayTry(delivery: Delivery | null, now: Instant): boolean {
  const outcome = delivery?.outcome ?? null;
  if (delivery === null) return true;
  if (outcome === null || outcome.kind === "delivered" || outcome.kind === "never") return false;
  return outcome.notBefore <= now || (delivery.settledAt !== null && delivery.settledAt > now);
}

/** What is to be said now, place by place, as messages: a burst in one, everything else each in its own, under the matter's card where it has one. */
export async function messagesOf(host: TickHost, round: Round): Promise<readonly Message[]> {
  const wanted = round.tellings.filter(({ key }) => mayTry(round.known.get(key) ?? null, round.now));
  const utterances = await spoken(host, round, wanted);
  const messages: Message[] = [];
  for (const [place, tellings] of Map.groupBy(wanted, ({ to }) => to.place)) {
    const paced = (host.adapterOf(place)?.pace ?? 0) > 0;
    const bundles = bundlesOf(place, tellings, round.known, (fresh) => (paced && fresh > BURST ? BATCH : 1));
    const readers = sightLately(host, place);
    for (const { once, things } of bundles) messages.push(messageOf(once, things, round, { utterances, readers }));
  }
  return messages;
}

function messageOf(
  once: DeliveryKey,
  tellings: readonly Telling[],
  { known, cards }: Round,
  { utterances, readers: { amounts, desk } }: { readonly utterances: ReadonlyMap<DeliveryKey, Utterance>; readonly readers: Sight },
): Message {
  const { place, language } = tellings[0]!.to;
  const dues = tellings.map(({ key, basis }): Due => ({ key, basis, before: known.get(key) ?? null }));
  const restricted = new Set(tellings.filter(({ scene }) => visibilityOf(scene.matter) === "restricted").map(({ key }) => key));
  const shared = { place, language, once, dues, ...(restricted.size > 0 ? { restricted: true as const } : {}) };
  if (tellings.length > 1) {
    const told = (said: readonly Due[]) => said.map(({ key }) => utterances.get(key)!);
    return {
      ...shared,
      card(said) {
        const count = said.filter(({ key }) => restricted.has(key)).length;
        return cardFor({ language, amounts, desk, restricted: count }, () => burstCard(language, told(said)));
      },
    };
  }
  const { key, scene } = tellings[0]!;
  const root = cards.find((card) => card.place === place && card.stream === scene.matter.key && card.posted !== GONE);
  const card = () => cardFor({ language, amounts, desk, restricted: restricted.size }, () => utteranceCard(language, utterances.get(key)!));
  return { ...shared, card, ...(root === undefined ? {} : { under: root.posted }) };
}

/** One thing that is said alone, such as a digest. */
export interface Single extends Omit<Message, "dues" | "card" | "once"> {
  readonly due: Omit<Due, "before">;
  card(): Card;
}

/** Those that may be said now, as messages. */
export async function singlesOf({ deliveries }: TickHost, singles: readonly Single[], now: Instant): Promise<readonly Message[]> {
  if (singles.length === 0) return [];
  const known = await deliveries.known(singles.map(({ due }) => due.key));
  return singles
    .map(({ due, ...message }): Message => ({ ...message, once: due.key, dues: [{ ...due, before: known.get(due.key) ?? null }] }))
    .filter(({ dues }) => mayTry(dues[0]!.before, now));
}

/** Each utterance, with whose acknowledgement of the stage before has lapsed by it. */
async function spoken({ people }: TickHost, { heeds }: Round, wanted: readonly Telling[]): Promise<ReadonlyMap<DeliveryKey, Utterance>> {
  const lapsed = new Map(
    wanted.flatMap(({ key, stage, scene, to: { place } }) => {
      const given = heeds.get(scene.matter.key)?.acknowledgements ?? [];
      if (stage === null || given.some((one) => covers(one, stage, place, scene))) return [];
      const before = given.filter((one) => one.item === stage.item && one.deadline === stage.deadline).at(-1);
      return before === undefined ? [] : [[key, before] as const];
    }),
  );
  const names = await namesBehind(
    [...lapsed.values()].map(({ by }) => by),
    people,
  );
  const called = await namesOfPeople(
    wanted.map(({ scene }) => scene.matter),
    people,
  );
  return new Map(
    wanted.map(({ key, utterance, scene: { now }, to: { zone: readerZone } }) => {
      const before = lapsed.get(key);
      const said = { ...utterance, standing: withNames(utterance.standing, called), now, readerZone };
      return [key, before === undefined ? said : { ...said, lapsed: acknowledgedBy(before, names) }] as const;
    }),
  );
}

/** The earliest moment at which something that came out as `later` or `unknown` may be tried again. */
export function retryAt(delivery: Pick<Delivery, "outcome"> | undefined): Instant | null {
  const outcome = delivery?.outcome ?? null;
  return outcome?.kind === "later" || outcome?.kind === "unknown" ? outcome.notBefore : null;
}
