import { type Key, type SaidArgs, say } from "../cards/say.ts";
import type { FleetVitals } from "../ports/fleet.ts";
import type { Instant } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import type { RegisterVitals } from "./register-vitals.ts";
import { SKEW_SPOKEN, SKEW_WRONG } from "./skew.ts";
import { secondsBetween, type Vitals } from "./vitals.ts";

/** One thing that was looked at. `attention` asks for a person and leaves the process ready. */
export interface Check {
  readonly check:
    | "register-read"
    | "register-write"
    | "adapter"
    | "installations"
    | "clock"
    | "loop"
    | "deliveries"
    | "watched"
    | "reached"
    | "canary"
    | "fleet"
    | "running";
  /** The adapter that it is about, where it is about one. */
  readonly adapter?: string;
  readonly state: "ok" | "attention" | "failing";
  /** What is wrong, in words; null where nothing is. */
  readonly wrong: string | null;
}

/** What /readyz answers. */
export interface Readiness {
  readonly ready: boolean;
  readonly checks: readonly Check[];
  readonly adapters: readonly { readonly name: string; readonly connected: boolean; readonly clockSkewSeconds: number | null }[];
  /** Whether this process is the one that delivers; null until the first tick, and where it cannot be told. */
  readonly leading: boolean | null;
  readonly matters: number | null;
  readonly unwatched: number | null;
  readonly undelivered: {
    readonly later: number;
    readonly unknown: number;
    readonly never: number;
    readonly underWay: number;
    readonly oldestWaiting: Instant | null;
  } | null;
  readonly canary: { readonly deliveredAt: Instant | null; readonly readBack: boolean | null } | null;
  /** The processes that serve the register together, this one and the one that leads by their ids; null where one alone can. */
  readonly fleet: FleetVitals | null;
}

/** A delivery that has waited for so many seconds is worth a look. */
const WAITS_LONG = 15 * 60;
/** Nobody leads for longer, in seconds, only where all are kept from it. */
const LEADERLESS = 60;
/** A process that can take no messages for longer, in seconds, is not only kept waiting by somebody. */
const STUCK = 60;
/** A tick comes at least once a minute. */
const TICK_LATE = 3 * 60;
/** A canary a day, and two hours for a day that is longer and a platform that is slow. */
export const CANARY_OLD = 26 * 3600;

/** Judges what was read. `unwritable` is what stood in the way of writing; null where nothing did. */
export function judge(vitals: Vitals, unwritable: string | null, language: Language): Readiness {
  const { register, adapters, sealed, leading, canary } = vitals;
  const read = "unreadable" in register ? null : register;
  const wrong = (key: Key, args: SaidArgs = {}) => say(language, key, args);
  const checks: readonly Check[] = [
    verdict("register-read", "failing", "unreadable" in register ? wrong("ready.unreadable", { detail: register.unreadable }) : null),
    verdict("register-write", "failing", unwritable === null ? null : wrong("ready.unwritable", { detail: unwritable })),
    ...adapters.map(
      ({ name, connected }): Check => ({
        ...verdict("adapter", "failing", connected ? null : wrong("ready.disconnected", { adapter: name })),
        adapter: name,
      }),
    ),
    verdict("installations", "failing", sealed === 0 ? null : wrong("ready.sealed", { count: sealed })),
    ...adapters.flatMap(({ name, skew }) => (skew === null ? [] : [{ ...clock(name, skew, language), adapter: name }])),
    verdict("loop", "attention", loopFault(vitals, language)),
    verdict("deliveries", "attention", waitsLong(vitals, language)),
    verdict("watched", "attention", (read?.unwatched ?? 0) === 0 ? null : wrong("ready.unwatched", { count: read!.unwatched })),
    verdict("reached", "attention", unheardFault(read, language)),
    ...(canary === null ? [] : [verdict("canary", "attention", canaryFault(vitals, language))]),
    ...(vitals.fleet === null ? [] : [fleetCheck(vitals, vitals.fleet, language)]),
    verdict("running", "failing", vitals.stopping ? wrong("ready.stopping") : null),
  ];
  return {
    ready: checks.every(({ state }) => state !== "failing"),
    checks,
    adapters: adapters.map(({ name, connected, skew }) => ({ name, connected, clockSkewSeconds: skew })),
    leading,
    matters: read === null ? null : [...read.states.values()].reduce((sum, count) => sum + count, 0),
    unwatched: read?.unwatched ?? null,
    undelivered: read === null ? null : undelivered(read.deliveries),
    canary:
      canary === null
        ? null
        : { deliveredAt: canary.deliveredAt, readBack: canary.readBack === null || canary.readBack < 0 ? null : canary.readBack === 1 },
    fleet: vitals.fleet,
  };
}

/** Places that nobody tells anything: their platform is not served, or they are another desk's now. */
function unheardFault(read: RegisterVitals | null, language: Language): string | null {
  const { unreached = 0, elsewhere = 0 } = read ?? {};
  const faults = [
    ...(unreached === 0 ? [] : [say(language, "ready.unreached", { count: unreached })]),
    ...(elsewhere === 0 ? [] : [say(language, "ready.elsewhere", { count: elsewhere })]),
  ];
  return faults.length === 0 ? null : faults.join("; ");
}

function verdict(check: Check["check"], state: "attention" | "failing", wrong: string | null): Check {
  return { check, state: wrong === null ? "ok" : state, wrong };
}

function clock(adapter: string, skew: number, language: Language): Check {
  const seconds = Math.abs(skew);
  const args = { adapter, seconds: Math.round(seconds), direction: skew > 0 ? "ahead" : "behind" };
  if (seconds > SKEW_WRONG) return verdict("clock", "failing", say(language, "ready.clock-wrong", args));
  return verdict("clock", "attention", seconds > SKEW_SPOKEN ? say(language, "ready.clock-off", args) : null);
}

/** Between two leaders there may be nobody for some seconds; for longer, something keeps all of them from it. */
function fleetCheck({ leaderless }: Vitals, { leader, lost, stuck }: FleetVitals, language: Language): Check {
  if (stuck !== undefined && stuck.seconds > STUCK)
    return verdict("fleet", "failing", say(language, "ready.stuck", { seconds: Math.round(stuck.seconds), detail: stuck.reason }));
  if (leader === null && leaderless > LEADERLESS)
    return verdict("fleet", "failing", say(language, "ready.leaderless", { seconds: Math.round(leaderless) }));
  if (leader === null) return verdict("fleet", "attention", say(language, "ready.nobody-leads"));
  return verdict("fleet", "attention", lost === 0 ? null : say(language, "ready.lost", { count: lost }));
}

/** A process that stands by need not tick. */
function loopFault({ leading, lastGoodTick }: Vitals, language: Language): string | null {
  if (leading !== true || (lastGoodTick !== null && lastGoodTick <= TICK_LATE)) return null;
  return lastGoodTick === null
    ? say(language, "ready.never-ticked")
    : say(language, "ready.tick-late", { minutes: Math.floor(lastGoodTick / 60) });
}

function waitsLong({ register, at }: Vitals, language: Language): string | null {
  if ("unreadable" in register || register.deliveries.oldestWaiting === null) return null;
  const { later, unknown, claimed, oldestWaiting } = register.deliveries;
  if (secondsBetween(oldestWaiting, at) <= WAITS_LONG) return null;
  return say(language, "ready.waiting", { count: later + unknown + claimed, since: oldestWaiting });
}

function canaryFault({ canary, at }: Vitals, language: Language): string | null {
  if (canary === null) return null;
  if (canary.deliveredAt === null) return say(language, "ready.canary-none");
  if (secondsBetween(canary.deliveredAt, at) > CANARY_OLD) return say(language, "ready.canary-old", { since: canary.deliveredAt });
  return canary.readBack === 0 ? say(language, "ready.canary-unseen", { since: canary.deliveredAt }) : null;
}

function undelivered({
  later,
  unknown,
  never,
  claimed,
  oldestWaiting,
}: {
  readonly later: number;
  readonly unknown: number;
  readonly never: number;
  readonly claimed: number;
  readonly oldestWaiting: Instant | null;
}): NonNullable<Readiness["undelivered"]> {
  return { later, unknown, never, underWay: claimed, oldestWaiting };
}
