import fc from "fast-check";
import { freshMemory } from "../../src/alerts/delivery.ts";
import type { Register } from "../../src/alerts/register.ts";
import { usualSettings } from "../../src/alerts/subscription.ts";
import { type TickHost, tick } from "../../src/alerts/tick.ts";
import { wholeSights } from "../../src/alerts/whole-sights.ts";
import type { DigestContents, Utterance } from "../../src/cards/contents.ts";
import { decideEvent, withEvents } from "../../src/matter/decide.ts";
import type { MatterEvent } from "../../src/matter/events.ts";
import type { Facts } from "../../src/matter/facts.ts";
import type { Matter } from "../../src/matter/history.ts";
import type { AdapterState, ChatAdapter, DeliveryKey, Place, PostRef } from "../../src/ports/chat.ts";
import type { DeliveryLog } from "../../src/ports/delivery-log.ts";
import type { People } from "../../src/ports/ledger.ts";
import { noProbe } from "../../src/ports/probe.ts";
import type { PlaceSettings } from "../../src/ports/subscriptions.ts";
import { setClock } from "../../src/time/clock.ts";
import { addDays, type Day, day } from "../../src/time/day.ts";
import { type Instant, instantOf, millisecondsOf, momentOf } from "../../src/time/instant.ts";
import { fixedSubscriptions, memoryIndex, memoryLog, NO_ATTENTION, NO_CARDS } from "./memory-store.ts";

/** A matter with events that make sense, each recorded at its moment, and when somebody looked. */
export interface Story {
  readonly matter: Matter;
  readonly ticks: readonly Instant[];
  readonly end: Instant;
}

export const ZONE = "Europe/Paris";
const START = day("2024-01-10");
const DAYS = 70;

const event: fc.Arbitrary<{ readonly after: number; readonly make: (on: Day) => MatterEvent }> = fc
  .record({
    after: fc.integer({ min: 0, max: DAYS }),
    make: fc.constantFrom<(on: Day) => MatterEvent>(
      (on) => ({ type: "extended", on, by: "P20D" }),
      (on) => ({ type: "stayed", on }),
      (on) => ({ type: "resumed", on }),
      (on) => ({ type: "resumed", on, with: "P15D" }),
      (on) => ({ type: "complied", on }),
      (on) => ({ type: "rejected", on }),
      (on) => ({ type: "accepted", on }),
      (on) => ({ type: "rate-changed", on, rate: "250" }),
      (on) => ({ type: "note", on, text: "a note" }),
      (on) => ({ type: "closed", on }),
    ),
  })
  .map((made) => made);

export const story: fc.Arbitrary<Story> = fc
  .record({
    period: fc.constantFrom("P1D", "P10D", "P1M", "P2M", "P28D"),
    meter: fc.boolean(),
    cap: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
    known: fc.boolean(),
    events: fc.array(event, { maxLength: 5 }),
    looks: fc.array(fc.integer({ min: 0, max: DAYS * 24 * 60 }), { maxLength: 40 }),
    last: fc.integer({ min: 60 * 24, max: DAYS * 24 * 60 }),
  })
  .map(({ period, meter, cap, known, events, looks, last }) => {
    const penalty = { rate: "100", per: "day", ...(cap === undefined ? {} : { cap: { units: cap } }) };
    const facts = {
      ref: "X-1",
      authority: "CNIL",
      respondent: "X",
      kind: "sanction",
      decided: START,
      ...(known ? { notified: START } : {}),
      items: [{ id: "a", cure: { period, from: "notified" }, ...(meter ? { penalty } : {}) }],
    } as Facts;
    const began = millisecondsOf(momentOf(ZONE, START));
    const at = (minutes: number) => instantOf(began + minutes * 60_000);
    const end = at(last);
    return { matter: toldInOrder(facts, events), ticks: [...looks.filter((minutes) => minutes < last).map(at), end].sort(), end };
  });

function toldInOrder(facts: Facts, events: readonly { readonly after: number; readonly make: (on: Day) => MatterEvent }[]): Matter {
  const registeredAt = momentOf(ZONE, START);
  let matter: Matter = {
    key: "CNIL:X-1",
    facts,
    filled: [{ recordedAt: registeredAt, facts }],
    events: [],
    version: 1,
    registeredAt,
    registration: "r",
  };
  for (const { after, make } of events.toSorted((a, b) => a.after - b.after)) {
    const made = make(addDays(START, after));
    if (decideEvent(matter, made, addDays(START, DAYS * 2)) === null) matter = withEvents(matter, [made]);
  }
  return { ...matter, events: matter.events.map((one) => ({ ...one, recordedAt: momentOf(ZONE, one.event.on, "00:00") })) };
}

/** Something said, with the day from which it was due where its name holds one. */
export interface Said {
  readonly contents: Utterance | DigestContents;
  readonly due: string;
  readonly at: Instant;
}

export interface Telling {
  /** Looks at every matter at every tick, whatever its derived row says. */
  readonly always?: boolean;
  readonly settings?: Partial<PlaceSettings>;
  readonly filters?: readonly string[];
}

/** What was said, in order, when the tick ran at those moments; the log is kept from one telling to the next until freshLog. */
export async function told({ matter }: Story, moments: readonly Instant[], { always = true, settings, filters = [] }: Telling = {}) {
  const said: Said[] = [];
  const keys: string[] = [];
  const clock = setClock(moments[0]!);
  const known = (): Matter => {
    const events = matter.events.filter(({ recordedAt }) => recordedAt <= clock.now());
    return { ...matter, events, version: 1 + events.length };
  };
  const register: Register = {
    all: async () => [known()],
    async *each() {
      yield [known()];
    },
    async *versions() {
      yield [known()];
    },
    size: async () => 1,
    named: async () => [known()],
    matter: async () => null,
    some: async (streams) => (streams.includes(matter.key) ? [known()] : []),
    head: async () => ({ events: 1, hash: "0".repeat(64) }),
    record: async () => ({ refused: "not here", args: {} }),
  };
  const place = "memory:one" as Place;
  const since = "2000-01-01T00:00:00.000Z" as Instant;
  const usual = usualSettings(place, "en", ZONE, "p1", since);
  const subscription = { ...usual, ...settings, watches: [{ id: "w1", filters, by: "p1", since }] };
  const post = async (_to: Place, _card: unknown, once: DeliveryKey) => {
    keys.push(once);
    return { ok: true, posted: once as string as PostRef };
  };
  const adapter = { name: "memory", pace: 0, inPlace: false, post };
  const index = memoryIndex(() => new Map([[matter.key, known().version]]), always);
  const host: TickHost = {
    register,
    deliveries: log,
    subscriptions: fixedSubscriptions([subscription]),
    attention: NO_ATTENTION,
    people: NOBODY,
    ...wholeSights(NO_STATE),
    index,
    liveCards: NO_CARDS,
    clock,
    log: { info: () => undefined, warn: () => undefined, error: (about: object) => expectNoFault(about) },
    probe: noProbe,
    memory: freshMemory(),
    house: { language: "en", zone: ZONE },
    stopping: () => false,
    alone: false,
    adapterOf: () => adapter as unknown as ChatAdapter,
    direct: () => null,
    operations: async () => null,
  };
  for (const moment of moments) {
    clock.set(moment);
    for (const contents of (await tick(host)).said) {
      const due = String(JSON.parse(keys.shift()!).at(-1));
      said.push({ contents: "digest" in contents ? contents.digest : contents.utterance, due, at: moment });
    }
  }
  return Object.assign(said, { looks: index.looks() });
}

const NO_STATE: AdapterState = { get: async () => undefined, set: async () => undefined, add: async () => true, delete: async () => false };

const NOBODY: People = {
  idOf: async () => "p1",
  known: async () => null,
  nameOf: async () => null,
  refOf: async () => null,
  named: async () => [],
};

function expectNoFault(about: object): never {
  throw new Error(JSON.stringify(about));
}

let log: DeliveryLog = memoryLog();

/** Forgets what was said. */
export function freshLog(): void {
  log = memoryLog();
}
