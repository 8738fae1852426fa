import { describe, expect, test } from "vitest";
import { canaryBasis, canaryDue, canaryNext, readBack } from "../../src/alerts/canary.ts";
import { openCanaryWatch } from "../../src/app/canary-watch.ts";
import type { DeliveryKey, Place, PostRef } from "../../src/ports/chat.ts";
import type { Delivery } from "../../src/ports/delivery-log.ts";
import type { Instant } from "../../src/time/instant.ts";
import { adapterOfTest, CHANNEL } from "./desk-of-test.ts";
import { keptLog, later, NOW } from "./kept-log.ts";

const at = (text: string) => text as Instant;

describe("the day's canary", () => {
  test.each([
    ["Europe/Paris", "2026-11-22T04:59:59.999Z", null],
    ["Europe/Paris", "2026-11-22T05:00:00.000Z", "2026-11-22"],
    ["Europe/Paris", "2026-11-22T22:59:59.999Z", "2026-11-22"],
    // Midnight has passed: tomorrow's is not due before six.
    ["Europe/Paris", "2026-11-22T23:00:00.000Z", null],
    ["America/Santiago", "2026-11-22T08:59:59.999Z", null],
    ["America/Santiago", "2026-11-22T09:00:00.000Z", "2026-11-22"],
    // The night of the change to summer time: six o'clock is an hour earlier.
    ["Europe/Paris", "2026-03-29T03:59:59.999Z", null],
    ["Europe/Paris", "2026-03-29T04:00:00.000Z", "2026-03-29"],
  ])("in %s at %s is that of %s", (zone, now, day) => {
    expect(canaryDue(CHANNEL, zone, at(now))?.day ?? null).toBe(day);
  });

  test("has one key all day and another the next day, with its place first", () => {
    const keys = ["2026-11-22T05:00:00.000Z", "2026-11-22T20:00:00.000Z", "2026-11-23T05:00:00.000Z"].map(
      (now) => canaryDue(CHANNEL, "Europe/Paris", at(now))!.key,
    );
    expect(keys).toEqual([
      '["slack:T1/C2","canary","2026-11-22"]',
      '["slack:T1/C2","canary","2026-11-22"]',
      '["slack:T1/C2","canary","2026-11-23"]',
    ]);
  });

  test("rests on no figure and names why it speaks", () => {
    const canary = canaryDue(CHANNEL, "Europe/Paris", at("2026-11-22T05:00:00.000Z"))!;
    expect(canaryBasis(canary, "abc", "r1")).toEqual({
      place: CHANNEL,
      kind: "canary",
      reason: "canary",
      stream: null,
      version: null,
      head: "abc",
      rulebook: "r1",
      shown: { day: "2026-11-22", zone: "Europe/Paris" },
    });
  });

  test.each([
    ["2026-11-22T04:00:00.000Z", "2026-11-22T05:00:00.000Z"],
    ["2026-11-22T05:00:00.000Z", "2026-11-23T05:00:00.000Z"],
    ["2026-11-22T22:30:00.000Z", "2026-11-23T05:00:00.000Z"],
    ["2026-11-22T23:30:00.000Z", "2026-11-23T05:00:00.000Z"],
    ["2026-03-28T12:00:00.000Z", "2026-03-29T04:00:00.000Z"],
    ["2026-10-24T12:00:00.000Z", "2026-10-25T05:00:00.000Z"],
  ])("after %s comes next at %s", (now, next) => {
    expect(canaryNext("Europe/Paris", at(now))).toBe(next);
    expect(canaryDue(CHANNEL, "Europe/Paris", at(next))).not.toBeNull();
  });
});

function canaryOf(day: string): Delivery {
  const key = JSON.stringify([CHANNEL, "canary", day]) as DeliveryKey;
  const canary = { key, place: CHANNEL, day: day as never, zone: "Europe/Paris", dueAt: NOW };
  const posted = "slack:T1/C2/1.1" as PostRef;
  const moments = { firstAt: NOW, claimedAt: NOW, settledAt: later(NOW, 1), announcedAt: null };
  return { key, message: key, basis: canaryBasis(canary, "", ""), attempts: 1, outcome: { kind: "delivered", posted }, ...moments };
}

describe("reading the canary back", () => {
  test.each([
    ["stands there", "slack:T1/C2/1.1" as PostRef, 1],
    ["does not stand there", null, 0],
    ["cannot be told", "cannot-tell" as const, -1],
  ])("says that it %s", async (_what, shown, answer) => {
    const adapter = adapterOfTest("slack");
    adapter.shown = shown;
    expect(await readBack(adapter, canaryOf("2026-11-22"))).toBe(answer);
    expect(adapter.asked).toEqual([{ to: CHANNEL, once: '["slack:T1/C2","canary","2026-11-22"]', since: later(NOW, -600) }]);
  });

  test("cannot tell where the adapter breaks its word and throws", async () => {
    const find = () => Promise.reject(new Error("a fault"));
    expect(await readBack({ find }, canaryOf("2026-11-22"))).toBe(-1);
  });
});

function watchOfTest() {
  const [adapter, log] = [adapterOfTest("slack"), keptLog()];
  const state = { last: null as Delivery | null, passed: 0 };
  const deliveries = { last: async (place: Place, kind: string) => (place === CHANNEL && kind === "canary" ? state.last : null) };
  const watch = openCanaryWatch({ place: CHANNEL, adapter, deliveries, log, stopwatch: () => state.passed });
  async function look() {
    await watch.look();
    await watch.settled();
    return watch.look();
  }
  return { adapter, log, state, watch, look };
}

describe("the watch of the canary", () => {
  test("knows of none before one was delivered", async () => {
    expect(await watchOfTest().look()).toEqual({ deliveredAt: null, readBack: null });
  });

  test("asks once for one that stands there", async () => {
    const { adapter, state, look } = watchOfTest();
    [state.last, adapter.shown] = [canaryOf("2026-11-22"), "slack:T1/C2/1.1" as PostRef];
    expect(await look()).toEqual({ deliveredAt: later(NOW, 1), readBack: 1 });
    state.passed += 3_600_000;
    await look();
    expect(adapter.asked).toHaveLength(1);
  });

  test("asks again each minute, five times in all, for one that does not stand there, and takes it back when it does", async () => {
    const { adapter, state, look, log } = watchOfTest();
    state.last = canaryOf("2026-11-22");
    expect((await look()).readBack).toBe(0);
    await look();
    expect(adapter.asked).toHaveLength(1);
    adapter.shown = "slack:T1/C2/1.1" as PostRef;
    state.passed += 60_000;
    expect((await look()).readBack).toBe(1);
    expect(log.lines).toHaveLength(1);
    [state.last, adapter.shown] = [canaryOf("2026-11-23"), null];
    for (let minute = 0; minute < 10; minute++) {
      await look();
      state.passed += 60_000;
    }
    expect(adapter.asked).toHaveLength(2 + 5);
    expect((await look()).readBack).toBe(0);
  });

  test("asks anew for the next day's, and does not show yesterday's answer for it", async () => {
    const { adapter, state, watch, look } = watchOfTest();
    [state.last, adapter.shown] = [canaryOf("2026-11-22"), "slack:T1/C2/1.1" as PostRef];
    await look();
    [state.last, adapter.shown] = [canaryOf("2026-11-23"), "cannot-tell"];
    expect((await watch.look()).readBack).toBeNull();
    await watch.settled();
    expect((await watch.look()).readBack).toBe(-1);
  });
});
