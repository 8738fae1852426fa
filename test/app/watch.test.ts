import { afterEach, describe, expect, test, vi } from "vitest";
import { watchedDesk } from "./desk-of-test.ts";

const SWITCH = "https://switch.example.org/ping/3f1e-secret";
const TICK = { seconds: 0.01, looked: 1, said: 0, failed: false, leading: true };

afterEach(() => void vi.useRealTimers());

/** A desk whose intervals are let go by hand; everything else runs on. */
async function deskWithHeartbeat(spoilt: { canWrite?: () => Promise<void> } = {}) {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const desk = await watchedDesk({ heartbeat: { url: SWITCH, seconds: 10 } }, (store) => ({ ...store, ...spoilt }));
  async function interval(): Promise<number> {
    desk.pass(10);
    vi.advanceTimersByTime(10_000);
    // A check of writing and an answer lie between the interval and the beat: a readiness that is asked for after them ends after them.
    for (let turn = 0; turn < 3; turn++) await desk.watch.readiness();
    return desk.fetched.length;
  }
  return { ...desk, interval };
}

describe("the watch", () => {
  test("beats while the loop ticks well and this process leads, and no more once it is told to stop", async () => {
    const { watch, interval, fetched } = await deskWithHeartbeat();
    expect(await interval()).toBe(0);
    watch.ticked(TICK);
    expect(await interval()).toBe(1);
    watch.ticked({ ...TICK, leading: false });
    expect(await interval()).toBe(1);
    watch.ticked(TICK);
    expect(await interval()).toBe(2);
    watch.ticked({ ...TICK, failed: true });
    expect(await interval()).toBe(2);
    watch.ticked(TICK);
    watch.stopping();
    expect(await interval()).toBe(2);
    expect(new Set(fetched)).toEqual(new Set([SWITCH]));
  });

  test("does not beat while the register cannot be written", async () => {
    const { watch, interval, log } = await deskWithHeartbeat({ canWrite: () => Promise.reject(new Error("database or disk is full")) });
    watch.ticked(TICK);
    expect(await interval()).toBe(0);
    expect(log.lines.join()).toContain("no heartbeat: the register cannot be written: database or disk is full");
  });

  test("logs who leads once, and again when that changes", async () => {
    const { watch, log } = await watchedDesk();
    for (const leading of [false, false, true, true]) watch.ticked({ ...TICK, leading });
    expect(log.lines).toEqual([
      expect.stringContaining("info another process leads and delivers"),
      expect.stringContaining("info this process leads: it delivers what is due"),
    ]);
  });

  test("does not say that another leads where that cannot be told, nor beats then", async () => {
    const { watch, log, interval } = await deskWithHeartbeat();
    watch.ticked(TICK);
    watch.ticked({ ...TICK, leading: null });
    expect(await interval()).toBe(0);
    expect(log.lines.join()).not.toContain("another process leads");
    expect(log.lines.join()).toContain("no heartbeat: no tick has ended well lately");
    expect((await watch.readiness()).leading).toBeNull();
  });

  test("keeps the heartbeat's address out of its log", async () => {
    const { watch, interval, log } = await deskWithHeartbeat();
    watch.ticked(TICK);
    await interval();
    await watch.stop();
    expect(log.lines.join()).not.toContain("secret");
  });
});
