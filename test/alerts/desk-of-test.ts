import { onTestFinished } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { freshMemory } from "../../src/alerts/delivery.ts";
import { openRegister } from "../../src/alerts/register.ts";
import { usualSettings } from "../../src/alerts/subscription.ts";
import { type Said, type Ticked, type TickHost, tick } from "../../src/alerts/tick.ts";
import type { MatterEvent } from "../../src/matter/events.ts";
import type { Card } from "../../src/ports/card.ts";
import type { ChatAdapter, DeliveryKey, PersonRef, Place, PostRef, PostResult } from "../../src/ports/chat.ts";
import { noProbe } from "../../src/ports/probe.ts";
import type { PlaceSettings } from "../../src/ports/subscriptions.ts";
import { setClock } from "../../src/time/clock.ts";
import type { Day } from "../../src/time/day.ts";
import { type Instant, instantOf, millisecondsOf } from "../../src/time/instant.ts";
import { given } from "../support/given.ts";
import { sightsThrough } from "../support/sights.ts";

const MINUTE = 60_000;

const DIRECT = "memory:direct/";

export interface Post {
  readonly at: Instant;
  readonly to: Place;
  readonly key: DeliveryKey;
  readonly card: Card;
  readonly text: string;
  readonly under: PostRef | undefined;
}

export function moment(text: string): Instant {
  return `${text}:00.000Z` as Instant;
}

export function later(instant: Instant, minutes: number): Instant {
  return instantOf(millisecondsOf(instant) + minutes * MINUTE);
}

export type Answers = (post: Post) => PostResult | Promise<PostResult>;

/** A platform in memory that records what it is given and answers as told; it can be changed in place, and be asked, where a test says so. */
export function memoryAdapter(answer: Answers | undefined, now: () => Instant, over: Partial<ChatAdapter> = {}) {
  const posts: Post[] = [];
  const updates: { readonly at: Instant; readonly posted: PostRef; readonly text: string }[] = [];
  const adapter = {
    name: "memory",
    pace: 0,
    inPlace: false,
    find: async () => "cannot-tell",
    direct: (person: PersonRef) => (person.startsWith("memory:") ? (`${DIRECT}${person}` as Place) : null),
    connected: () => true,
    // The company's own people alone are here, unless a test says otherwise.
    async audience(place: Place) {
      return place.startsWith(DIRECT) ? { kind: "person", person: place.slice(DIRECT.length) } : { kind: "internal" };
    },
    kindOf: async () => "member",
    async post(to: Place, card: Card, key: DeliveryKey, under?: PostRef) {
      const post = { at: now(), to, key, card, text: JSON.stringify(card), under };
      posts.push(post);
      return (await answer?.(post)) ?? { ok: true, posted: `memory:${posts.length}` as PostRef };
    },
    async update(posted: PostRef, card: Card) {
      updates.push({ at: now(), posted, text: JSON.stringify(card) });
      return { ok: true, posted };
    },
    ...over,
  } as unknown as ChatAdapter;
  return { adapter, posts, updates };
}

/** A real register in memory with that platform. */
export async function deskOfTest(answer?: Answers | PostResult, over: Partial<ChatAdapter> = {}) {
  const clock = setClock(moment("2024-01-02T12:00"));
  const store = await openStore({ url: "sqlite::memory:", clock });
  onTestFinished(() => store.close());
  const register = openRegister(store.ledger);
  const answers = answer === undefined || typeof answer === "function" ? answer : () => answer;
  const { adapter, posts, updates } = memoryAdapter(answers, () => clock.now(), over);
  const faults: object[] = [];
  const { deliveries, subscriptions, attention, people, index, liveCards, access } = store;
  const operations: { place: Place | null } = { place: null };
  const host: TickHost = {
    ...{ register, deliveries, subscriptions, attention, people, index, liveCards, clock, access },
    seen: store.state("sights"),
    sights: sightsThrough(adapter, store),
    log: { info: () => undefined, warn: () => undefined, error: (about: object) => void faults.push(about) },
    probe: noProbe,
    memory: freshMemory(),
    house: { language: "en", zone: "Europe/Paris" },
    stopping: () => false,
    alone: false,
    adapterOf: (place) => (place.startsWith("memory:") ? adapter : null),
    direct: (person) => adapter.direct(person),
    operations: async () => operations.place,
  };
  let count = 0;
  const stamp = (commandId = `c${++count}`) => ({ recordedAt: clock.now(), by: "p1", commandId, via: "command" as const });
  const tickAt = async (instant: Instant, changed: Partial<TickHost> = {}): Promise<Ticked> => {
    clock.set(instant);
    return tick({ ...host, ...changed });
  };
  return {
    ...{ clock, store, register, posts, updates, faults, stamp, host, operations, tickAt },
    async hold(facts: object = {}, ...events: readonly object[]) {
      const matter = given(facts);
      await register.record(() => [{ key: matter.key, facts: matter.facts, events: events as MatterEvent[] }], stamp());
      return matter.key;
    },
    async record(key: string, event: object) {
      await register.record(() => [{ key, facts: null, events: [event as MatterEvent] }], stamp());
    },
    /** How a place is spoken to that watches nothing itself. */
    async settle(place: string, settings: Partial<PlaceSettings> = {}) {
      const since = settings.since ?? clock.now();
      await subscriptions.settle({ ...usualSettings(place as Place, "en", "Europe/Paris", "p1", since), ...settings });
      await index.wake("all");
    },
    /** As the command does it: Ann takes note of a stage of item a, now. */
    async acknowledge(stream: string, place: string, stage: string, deadline = "2024-03-05") {
      const by = await people.idOf("memory:ann", "Ann");
      await attention.acknowledge([{ stream, item: "a", deadline: deadline as Day, stage, place: place as Place, by, at: clock.now() }]);
      await index.wake([stream]);
      host.memory.hurried = true;
    },
    /** As the command does it; null lifts the snooze. */
    async snooze(stream: string, place: string, until: string | null) {
      const by = await people.idOf("memory:ann", "Ann");
      await attention.snooze({ stream, place: place as Place, until: until as Day | null, by, at: clock.now() });
      await index.wake([stream]);
      host.memory.hurried = true;
    },
    async watch(place: string, settings: Partial<PlaceSettings> = {}, filters: readonly string[] = []) {
      const since = settings.since ?? clock.now();
      await subscriptions.settle({ ...usualSettings(place as Place, "en", "Europe/Paris", "p1", since), ...settings });
      await subscriptions.add(place as Place, { filters, by: "p1", since });
      await index.wake("all");
    },
    /** Ticks whenever the index says, and at no other time. */
    async followIndex(end: Instant): Promise<void> {
      for (let next = await index.nextWake(); next !== null && next <= end; next = await index.nextWake()) {
        await tickAt(next > clock.now() ? next : later(clock.now(), 1 / 60));
      }
    },
    /** Ticks as the loop does until that moment: whenever something falls due, and when something waits. */
    async runUntil(end: Instant, everyMinutes = 1, changed: Partial<TickHost> = {}): Promise<readonly Said[]> {
      const said: Said[] = [];
      for (let at = clock.now(); at <= end; ) {
        const ticked = await tickAt(at, changed);
        said.push(...ticked.said);
        const step = later(at, everyMinutes);
        at = ticked.again !== null && ticked.again > at && ticked.again < step ? ticked.again : step;
      }
      return said;
    },
  };
}

export function utterances({ said }: Pick<Ticked, "said">) {
  return said.flatMap((one) => ("utterance" in one ? [one.utterance] : []));
}

export function digests({ said }: Pick<Ticked, "said">) {
  return said.flatMap((one) => ("digest" in one ? [one.digest] : []));
}
