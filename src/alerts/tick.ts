import type { DigestContents, Utterance } from "../cards/contents.ts";
import type { DeliveryKey, PersonRef, Place } from "../ports/chat.ts";
import type { LiveCards, MatterIndex } from "../ports/matter-index.ts";
import type { Subscription, Subscriptions } from "../ports/subscriptions.ts";
import type { Clock } from "../time/clock.ts";
import type { Instant } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import { postedAnew, stand } from "./cards-anew.ts";
import { changesDue } from "./changes.ts";
import { noteCutShort } from "./cut-short.ts";
import { announcedBy, deadLetters } from "./dead-letters.ts";
import { type Delivered, deliverAll } from "./deliver.ts";
import type { DeliveryHost, DeliveryMemory, Message } from "./delivery.ts";
import type { DigestSource } from "./digest-in.ts";
import { type DigestTold, digestsDue } from "./digests.ts";
import { isErasedSince, noteErasures } from "./erased-since.ts";
import type { LawChangedHost } from "./law-changed.ts";
import { type Begun, begin, GONE, refresh } from "./live-cards.ts";
import { messagesOf, type Single, singlesOf } from "./messages.ts";
import { settleOutdated } from "./outdated.ts";
import { type ConsentSource, proposalsDue } from "./proposals-told.ts";
import { type Round, roundAt } from "./round.ts";
import { seek } from "./seek.ts";
import type { SightHost } from "./sight-book.ts";
import type { Sights } from "./sights.ts";
import { keyOf } from "./telling.ts";
import { waitsOf } from "./told-alone.ts";
import { unheard } from "./unheard.ts";
import { noteLooks } from "./wake-notes.ts";
import { withheld } from "./withheld.ts";

export interface TickHost extends DeliveryHost, DigestSource, SightHost, LawChangedHost {
  readonly memory: DeliveryMemory;
  readonly sights: Sights;
  readonly clock: Clock;
  readonly subscriptions: Subscriptions;
  readonly index: MatterIndex;
  readonly liveCards: LiveCards;
  /** Where it is told what could not be delivered; null where nobody named a place. */
  operations(): Promise<Place | null>;
  /** A person's own conversation with the bot; null where none can be had. */
  direct(person: PersonRef): Place | null;
  /** Whether the place is another desk's, as far as can be told here: what another process serves is none. Absent where no other desk is. */
  isElsewhere?(place: Place): boolean;
  /** It delivers to its own terminal alone, and others may deliver elsewhere. */
  readonly alone: boolean;
  /** The language and zone of a place that has no settings. */
  readonly house: { readonly language: "en" | "fr"; readonly zone: string };
  /** The language of a person's own conversation, where it is known without asking; absent where nobody knows any. */
  languageOf?(place: Place): Promise<Language | null>;
  /** What owners, approvers and proposers are told of besides; absent where nobody is, as in a rehearsal. */
  readonly consent?: ConsentSource;
  /** Something of the house's own that is due, such as its sign of life: said alone. */
  own?(now: Instant, head: string): readonly Single[] | Promise<readonly Single[]>;
}

export type Said = { readonly utterance: Utterance } | { readonly digest: DigestContents };

export interface Ticked {
  /** What was shown, in the order of the places and of what each ought to hear. */
  readonly said: readonly Said[];
  readonly looked: number;
  /** When something waits that no matter's own hour will wake: a place's pace, or matters left for the next tick. */
  readonly again: Instant | null;
}

/** Matters looked at in one tick: the rest follow in the next, at once. */
const MOST = 1_000;

/**
 * Reconciles: of the matters at which something can have changed, what ought to have been said by now, less what was said, is claimed, posted and
 * settled; then their cards are brought up to date, and for each it is noted when to look again.
 */
export async function tick(host: TickHost): Promise<Ticked> {
  const { hurried, cuts } = host.memory;
  host.memory.hurried = false;
  await noteErasures(host);
  const round = await roundAt(host, host.clock.now(), MOST);
  const { now, reached } = round;
  const resting = await noteCutShort(host, now);
  // Reminders first: a digest of thousands takes its time.
  const spoken = await seek(host, await messagesOf(host, round));
  const said = await deliverAll(host, inOrder(spoken.messages, reached));
  await begin(host, begunBy(round, spoken.messages, said), round);
  // What was read before an erasure is told to nobody any more: all that is due is read again, at once.
  const afresh = () => {
    host.memory.hurried ||= hurried;
    return { looked: round.rows.length, again: now };
  };
  if (said.isErased) return { said: saidBy(round, [], said), ...afresh() };
  const { told: digests, again: digestAt } = await digestsDue(host, round);
  const own = ((await host.own?.(now, round.head)) ?? []).filter(({ place }) => host.adapterOf(place) !== null);
  const { anew, closed } = await postedAnew(host, round, said, hurried);
  const nameless = [...(await withheld(host, round)), ...(await unheard(host, round))];
  const changed = await changesDue(host, round);
  const changes = [...changed.singles, ...(await proposalsDue(host, round))];
  const singles = [...digests.map(({ single }) => single), ...own, ...nameless, ...changes, ...anew.map(({ single }) => single)];
  const toSay = await singlesOf(host, singles, now);
  // Before it is told what waits: of what is out of date it is said that it is tried no more.
  await settleOutdated(host, round, said, new Set(singles.map(({ due }) => due.key)));
  const letters = await deadLetters(host, round);
  const alone = [...toSay, ...letters.messages];
  const sought = await seek(host, alone);
  const saidAlone = await deliverAll(host, inOrder(sought.messages, reached));
  const delivered = both(said, saidAlone, spoken.again, sought.again);
  const toPost = await stand(host, anew, delivered);
  const announced = announcedBy(letters, delivered.outcomes);
  if (announced.length > 0) await host.deliveries.announced(announced, host.clock.now());
  if (saidAlone.isErased) return { said: saidBy(round, digests, delivered), ...afresh() };
  const cards = round.scenes.size === 0 ? [] : await host.liveCards.of([...round.scenes.keys()]);
  const waits = await refresh(host, round, cards, hurried);
  // Nor is it noted as looked at: what a card showed as it was erased is put right at once.
  if (await isErasedSince(host)) return { said: saidBy(round, digests, delivered), ...afresh() };
  await noteLooks(host, { ...round, cards }, delivered, [
    ...waits,
    ...toPost,
    ...closed,
    ...changed.waits,
    ...waitsOf(changes, delivered, now),
  ]);
  // What is cut short meanwhile may not be among what this tick has read.
  host.memory.cuts -= cuts;
  host.memory.resting = resting;
  const waiting = [delivered.again, digestAt, round.rows.length === MOST ? now : null];
  const again = waiting.filter((at) => at !== null).sort()[0] ?? null;
  return { said: saidBy(round, digests, delivered), looked: round.rows.length, again };
}

function both(one: Delivered, other: Delivered, ...waits: readonly (Instant | null)[]): Delivered {
  const again = [one.again, other.again, ...waits].filter((at) => at !== null).sort()[0] ?? null;
  return { outcomes: new Map([...one.outcomes, ...other.outcomes]), again, isErased: one.isErased || other.isErased };
}

/** Each place's messages together, in the order in which the places were set up; within a place as they stand. */
function inOrder(messages: readonly Message[], reached: readonly Subscription[]): readonly Message[] {
  const rank = new Map(reached.map(({ place }, index) => [place, index]));
  const rankOf = ({ place }: Message) => rank.get(place) ?? reached.length;
  return messages.toSorted((one, other) => rankOf(one) - rankOf(other));
}

/** The first message about one matter alone in a place begins its card there. */
function begunBy({ tellings, cards }: Round, messages: readonly Message[], { outcomes }: Delivered): readonly Begun[] {
  const byKey = new Map(tellings.map((telling) => [telling.key, telling]));
  const begun = messages.flatMap(({ dues, place }): readonly Begun[] => {
    const telling = byKey.get(dues[0]!.key);
    const outcome = outcomes.get(dues[0]!.key);
    if (dues.length > 1 || telling === undefined || outcome?.kind !== "delivered") return [];
    const stands = cards.some((card) => card.place === place && card.stream === telling.scene.matter.key && card.posted !== GONE);
    return stands ? [] : [{ telling, posted: outcome.posted }];
  });
  // Of two things said at once the first is the card.
  return [...new Map(begun.toReversed().map((one) => [keyOf(one.telling.to.place, [one.telling.scene.matter.key]), one])).values()];
}

function saidBy({ tellings, reached }: Round, digests: readonly DigestTold[], { outcomes }: Delivered): readonly Said[] {
  const shown = (key: DeliveryKey) => outcomes.get(key)?.kind === "delivered";
  const places = new Set([...reached, ...tellings.map(({ to }) => to)].map(({ place }) => place));
  return [...places].flatMap((place) => [
    ...tellings.filter(({ to, key }) => to.place === place && shown(key)).map(({ utterance }): Said => ({ utterance })),
    ...digests.filter(({ single }) => single.place === place && shown(single.due.key)).map(({ contents }): Said => ({ digest: contents })),
  ]);
}
