import { describe, expect, test } from "vitest";
import { judge, type Readiness } from "../../src/app/health.ts";
import type { RegisterVitals } from "../../src/app/register-vitals.ts";
import type { Vitals } from "../../src/app/vitals.ts";
import { later, NOW } from "./kept-log.ts";

const REGISTER: RegisterVitals = {
  events: 3,
  recordedAt: NOW,
  states: new Map([
    ["accruing", 2],
    ["closed", 1],
  ]),
  places: 1,
  watches: 1,
  unwatched: 0,
  unreached: 0,
  elsewhere: 0,
  deliveries: { delivered: 9, later: 0, unknown: 0, never: 0, claimed: 0, oldestWaiting: null },
};
const WELL: Vitals = {
  at: NOW,
  register: REGISTER,
  adapters: [{ name: "slack", connected: true, skew: 0.2 }],
  sealed: 0,
  leading: true,
  lastGoodTick: 2,
  canary: { deliveredAt: NOW, readBack: 1 },
  stopping: false,
  fleet: null,
  leaderless: 0,
};

const LEADERLESS = { process: "p", leader: null, alive: 1, lost: 0, waiting: 0, underWay: 0 };

/** What is wrong, check by check. */
function wrongIn({ checks }: Readiness): readonly string[] {
  return checks.filter(({ state }) => state !== "ok").map(({ check, state, wrong }) => `${check} ${state}: ${wrong}`);
}

function judged(change: Partial<Vitals>, unwritable: string | null = null): Readiness {
  return judge({ ...WELL, ...change }, unwritable, "en");
}

describe("readiness", () => {
  test("names every check, and nothing that is wrong where nothing is", () => {
    const readiness = judged({});
    expect(readiness).toMatchObject({ ready: true, matters: 3, unwatched: 0, leading: true });
    expect(readiness.checks.map(({ check, state, wrong }) => [check, state, wrong])).toEqual(
      [
        "register-read",
        "register-write",
        "adapter",
        "installations",
        "clock",
        "loop",
        "deliveries",
        "watched",
        "reached",
        "canary",
        "running",
      ].map((check) => [check, "ok", null]),
    );
    expect(readiness.canary).toEqual({ deliveredAt: NOW, readBack: true });
  });

  test.each<[string, Partial<Vitals>, string | null, string]>([
    ["the register cannot be read", { register: { unreadable: "no such table" } }, null, "The register cannot be read: no such table"],
    ["nothing can be written", {}, "the disk is full", "The register cannot be written: the disk is full"],
    ["an adapter is cut off", { adapters: [{ name: "slack", connected: false, skew: null }] }, null, "slack is not connected"],
    [
      "the clock is more than an hour ahead",
      { adapters: [{ name: "slack", connected: true, skew: 3601 }] },
      null,
      "3,601 seconds ahead of that of slack: days and hours cannot be trusted",
    ],
    ["it is more than an hour behind", { adapters: [{ name: "slack", connected: true, skew: -3601 }] }, null, "3,601 seconds behind"],
    [
      "this process can take no messages for more than a minute",
      { fleet: { ...LEADERLESS, leader: "q", stuck: { seconds: 60.6, reason: "The database refuses." } } },
      null,
      "not to write down what came of them, for 61 seconds: The database refuses.",
    ],
    ["no process has led for more than a minute", { fleet: LEADERLESS, leaderless: 61 }, null, "no process has led for 61 seconds"],
    ["the key of an installation is not here", { sealed: 1 }, null, "the installation of one workspace is sealed with a key"],
    ["the keys of several are not", { sealed: 2 }, null, "the installations of 2 workspaces are sealed with a key"],
    ["the process is stopping", { stopping: true }, null, "then stops"],
  ])("is denied in words when %s", (_when, change, unwritable, words) => {
    const readiness = judged(change, unwritable);
    expect(readiness.ready).toBe(false);
    expect(wrongIn(readiness)).toEqual([expect.stringMatching(/^\S+ failing: /)]);
    expect(wrongIn(readiness).join()).toContain(words);
  });

  test.each<[string, Partial<Vitals>, string]>([
    ["places belong to a platform that is not served", { register: { ...REGISTER, unreached: 2 } }, "2 places of a platform"],
    ["places belong to another desk", { register: { ...REGISTER, elsewhere: 1 } }, "1 place that belongs to another desk now"],
    [
      "the clock is off by more than a minute",
      { adapters: [{ name: "slack", connected: true, skew: -61 }] },
      "61 seconds behind that of slack",
    ],
    ["no tick has ended well for a while", { lastGoodTick: 181 }, "without a fault for 3 minutes"],
    ["none has at all", { lastGoodTick: null }, "has not yet looked"],
    ["matters are watched by nobody", { register: { ...REGISTER, unwatched: 2 } }, "2 matters are watched by no place"],
    [
      "a delivery waits for more than a quarter of an hour",
      { register: { ...REGISTER, deliveries: { ...REGISTER.deliveries, later: 1, oldestWaiting: later(NOW, -901) } } },
      "1 message waits to be delivered, the oldest since 2026-11-22T07:44:59.000Z",
    ],
    ["nobody leads at this moment", { fleet: LEADERLESS, leaderless: 60 }, "no process leads at present"],
    ["no canary was ever delivered", { canary: { deliveredAt: null, readBack: null } }, "No canary has been delivered yet"],
    [
      "the last canary is older than 26 hours",
      { canary: { deliveredAt: later(NOW, -26 * 3600 - 1), readBack: 1 } },
      "more than 26 hours ago",
    ],
    ["the last canary is not where it was posted", { canary: { deliveredAt: NOW, readBack: 0 } }, "does not stand in its place"],
  ])("is granted, with a word of warning, when %s", (_when, change, words) => {
    const readiness = judged(change);
    expect(readiness.ready).toBe(true);
    expect(wrongIn(readiness)).toEqual([expect.stringMatching(/^\S+ attention: /)]);
    expect(wrongIn(readiness).join()).toContain(words);
  });

  test.each<[string, Partial<Vitals>]>([
    ["exactly a minute of skew", { adapters: [{ name: "slack", connected: true, skew: 60 }] }],
    ["exactly an hour of skew, save for a warning", { adapters: [{ name: "slack", connected: true, skew: 3600 }] }],
    ["a process that stands by and has never ticked", { leading: false, lastGoodTick: null }],
    ["a minute of being kept from taking messages", { fleet: { ...LEADERLESS, leader: "q", stuck: { seconds: 60, reason: "x" } } }],
    ["a canary that cannot be read back there", { canary: { deliveredAt: NOW, readBack: -1 } }],
    ["no canary asked for", { canary: null }],
  ])("is granted with %s", (_with, change) => {
    const readiness = judged(change);
    expect(readiness.ready).toBe(true);
    expect(wrongIn(readiness).filter((wrong) => !wrong.startsWith("clock attention: "))).toEqual([]);
  });

  test("tells what waits, what was given up and since when", () => {
    const deliveries = { delivered: 5, later: 1, unknown: 2, never: 3, claimed: 4, oldestWaiting: NOW };
    expect(judged({ register: { ...REGISTER, deliveries } }).undelivered).toEqual({
      later: 1,
      unknown: 2,
      never: 3,
      underWay: 4,
      oldestWaiting: NOW,
    });
  });

  test("says all that is wrong at once, in the reader's language", () => {
    const readiness = judge({ ...WELL, register: { unreadable: "x" }, stopping: true }, "y", "fr");
    expect(wrongIn(readiness)).toHaveLength(3);
    expect(wrongIn(readiness).join()).toContain("Le registre ne peut pas être lu");
  });
});
