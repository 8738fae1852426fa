import { openStore } from "../../adapters/store/sql/open.ts";
import { freshMemory } from "../../src/alerts/delivery.ts";
import { openRegister, type Register } from "../../src/alerts/register.ts";
import { rulebook } from "../../src/alerts/rulebook.ts";
import { usualSettings } from "../../src/alerts/subscription.ts";
import { type TickHost, tick } from "../../src/alerts/tick.ts";
import type { MatterEvent } from "../../src/matter/events.ts";
import type { Facts } from "../../src/matter/facts.ts";
import type { ChatAdapter, Place } from "../../src/ports/chat.ts";
import type { Point } from "../../src/ports/probe.ts";
import type { Store } from "../../src/ports/store.ts";
import type { PlaceSettings } from "../../src/ports/subscriptions.ts";
import { type SetClock, setClock } from "../../src/time/clock.ts";
import { type Instant, instantOf, millisecondsOf } from "../../src/time/instant.ts";
import { sightsThrough } from "../support/sights.ts";
import type { Due, Evidence } from "./evidence.ts";
import { type Mortal, mortal } from "./mortal.ts";
import { oughtToBeSaid } from "./oughts.ts";
import type { Random } from "./random.ts";
import { type ScriptedPlatform, scriptedPlatform } from "./scripted-platform.ts";
import { type Trail, trailOf } from "./trail.ts";

/** Moments of a set clock: so many to a step, of which each thing that happens in it takes one. */
export const STEP = 1_000_000;

export interface FaultDesk {
  readonly store: Store;
  readonly register: Register;
  readonly clock: SetClock;
  readonly platform: ScriptedPlatform;
  /** What the log was told that went wrong by a fault of ours. */
  readonly faults: readonly object[];
  /** Registers a matter, or records events of one. */
  record(key: string, facts: Facts | null, ...events: readonly MatterEvent[]): Promise<void>;
  watch(place: Place, settings?: Partial<PlaceSettings>, ...filters: readonly string[]): Promise<void>;
  /** Ends the process by force when it next passes that point so many times; null for none. */
  doom(point: Point | null, passes?: number): void;
  /** Looks at that time; a process that ends is followed at once by another. */
  step(at: Instant): Promise<void>;
  evidence(): Promise<Evidence>;
  close(): Promise<void>;
}

interface Setup {
  readonly random: Random;
  readonly start: Instant;
  readonly operations?: Place;
  /** Posts instead of the platform in memory. */
  readonly adapter?: ChatAdapter;
  /** Of the platform, in milliseconds; 0 without it. */
  readonly pace?: number;
  canTell?(place: Place): boolean;
  /** Places of which it is reckoned what ought to be said. */
  reckoned?(place: Place): boolean;
}

export async function faultDesk({
  random,
  start,
  operations,
  adapter,
  pace = 0,
  canTell = () => false,
  reckoned = () => true,
}: Setup): Promise<FaultDesk> {
  const clock = setClock(start);
  const store = await openStore({ url: "sqlite::memory:", clock });
  const register = openRegister(store.ledger);
  let steps = 0;
  let counted = 0;
  const moment = () => steps * STEP + ++counted;
  /** Each look at the clock, in order. */
  const looks: { readonly moment: number; readonly time: number }[] = [{ moment: 0, time: millisecondsOf(start) }];
  const platform = scriptedPlatform({ random, clock, moment, pace, canTell });
  const trail = trailOf(moment);
  const faults: object[] = [];
  const deaths: number[] = [];
  const open = new Map<string, Due>();
  const dues: Due[] = [];
  let doomed: { readonly point: Point; left: number } | null = null;
  let commands = 0;
  let life = begin();

  function begin(): { readonly mortal: Mortal; readonly host: TickHost } {
    const process = mortal();
    const probe = (point: Point) => {
      if (doomed === null || doomed.point !== point || process.isDead || --doomed.left > 0) return;
      doomed = null;
      deaths.push(moment());
      process.kill();
      throw new Error(`ended at ${point}`);
    };
    return {
      mortal: process,
      host: hostOf({
        ...{ store, trail, clock, faults, process, probe },
        adapter: adapter ?? platform.adapter,
        operations: operations ?? null,
      }),
    };
  }

  async function look(): Promise<void> {
    for (let tries = 0; tries < 100; tries++) {
      await reckon();
      // What rejects after its process has ended is nobody's any more.
      const ticking = tick(life.host).catch((error: unknown) => {
        if (!life.mortal.isDead) throw error;
        return null;
      });
      const ticked = await Promise.race([ticking, life.mortal.end.then(() => null)]);
      if (life.mortal.isDead) {
        life = begin();
        await life.host.deliveries.abandon(clock.now());
      } else {
        const wake = await store.index.nextWake();
        const waits = [ticked?.again ?? null, wake !== null && wake <= instantOf(millisecondsOf(clock.now()) + pace) ? wake : null];
        const again = waits.filter((at) => at !== null).sort()[0];
        if (again === undefined || again > minutesAfter(clock.now(), 1)) return;
        // A place's pace, told by the tick or noted for a matter that waits its turn: the loop waits for it, and so does the clock.
        if (again > clock.now()) clock.set(again);
      }
    }
  }

  /** What is due when a pass begins: within one step a slow answer, or a place's pace, may move the clock past an hour at which that changes. */
  async function reckon(): Promise<void> {
    const now = counted === 0 ? steps * STEP : moment();
    const before = looks.at(-1)!;
    const time = millisecondsOf(clock.now());
    looks.push({ moment: now, time });
    // What is due changes on the minute, and by what is recorded between steps.
    if (counted > 0 && Math.floor(time / MINUTE) === Math.floor(before.time / MINUTE)) return;
    const matters = await register.all();
    const keys = new Set<string>();
    for (const place of (await store.subscriptions.all()).filter((one) => reckoned(one.place))) {
      for (const key of oughtToBeSaid(place, matters, clock.now())) {
        keys.add(key);
        if (!open.has(key)) open.set(key, { key, place: place.place, from: now, until: null });
      }
    }
    for (const [key, due] of open) {
      if (keys.has(key)) continue;
      open.delete(key);
      dues.push({ ...due, until: now });
    }
  }

  return {
    store,
    register,
    clock,
    platform,
    faults,
    async record(key, facts, ...events) {
      const stamp = { recordedAt: clock.now(), by: "p1", commandId: `c${++commands}`, via: "command" as const };
      const recorded = await register.record(() => [{ key, facts, events }], stamp);
      if ("refused" in recorded) throw new Error(`not recorded: ${recorded.refused}`);
    },
    async watch(place, settings = {}, ...filters) {
      await store.subscriptions.settle({ ...usualSettings(place, "en", "Europe/Paris", "p1", clock.now()), ...settings });
      await store.subscriptions.add(place, { filters, by: "p1", since: clock.now() });
      await store.index.wake("all");
    },
    doom: (point, passes = 1) => {
      doomed = point === null ? null : { point, left: passes };
    },
    async step(at) {
      steps++;
      counted = 0;
      clock.set(at);
      await look();
    },
    async evidence() {
      const [ledger, matters, verified] = [await store.ledger.readAll(0, 100_000), await register.all(), await store.ledger.verify()];
      return {
        attempts: [...platform.attempts],
        asks: platform.asks,
        claimings: [...trail.claimings],
        deliveries: await store.deliveries.undelivered(FAR).then(async (failed) => {
          const all = await store.deliveries.known(trail.claimings.map(({ key }) => key));
          return [...new Map([...all.values(), ...failed].map((one) => [one.key, one])).values()];
        }),
        ledger,
        matters,
        chainFault: verified.ok ? null : JSON.stringify(verified.fault),
        rulebook: rulebook(),
        subscriptions: await store.subscriptions.all(),
        dues: [...dues, ...open.values()],
        deaths,
        end: (steps + 1) * STEP,
        grace: STEP,
        lateAfterMinutes: 60,
        momentOf: (instant) => {
          const after = looks.find(({ time }) => time >= millisecondsOf(instant));
          return after?.moment ?? (steps + 1) * STEP;
        },
        canTell,
      };
    },
    close: () => store.close(),
  };
}

const MINUTE = 60_000;
const FAR = "9999-12-31T00:00:00.000Z" as Instant;

interface Parts {
  readonly store: Store;
  readonly trail: Trail;
  readonly clock: SetClock;
  readonly adapter: ChatAdapter;
  readonly faults: object[];
  readonly process: Mortal;
  readonly operations: Place | null;
  probe(point: Point): void;
}

/** One process: a memory of its own over what is kept. */
function hostOf({ store, trail, clock, adapter: posts, faults, process, probe, operations }: Parts): TickHost {
  const adapter = process.hold(posts);
  const log = { info: () => undefined, warn: () => undefined, error: (about: object) => void (process.isDead || faults.push(about)) };
  return {
    register: process.hold(openRegister(store.ledger)),
    deliveries: process.hold(trail.watch(store.deliveries)),
    subscriptions: process.hold(store.subscriptions),
    attention: process.hold(store.attention),
    people: process.hold(store.people),
    index: process.hold(store.index),
    liveCards: process.hold(store.liveCards),
    access: process.hold(store.access),
    seen: process.hold(store.state("sights")),
    sights: sightsThrough(posts, { access: process.hold(store.access), people: process.hold(store.people) }),
    clock,
    log,
    probe,
    memory: freshMemory(),
    stopping: () => process.isDead,
    adapterOf: (place) => (place.startsWith(`${posts.name}:`) ? adapter : null),
    operations: async () => operations,
    direct: (person) => posts.direct(person),
    house: { language: "en", zone: "Europe/Paris" },
    alone: false,
  };
}

/** The instant so many minutes later. */
export function minutesAfter(instant: Instant, minutes: number): Instant {
  return instantOf(millisecondsOf(instant) + minutes * MINUTE);
}
