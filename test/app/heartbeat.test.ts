import { afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { startHeartbeat } from "../../src/app/heartbeat.ts";
import { keptLog } from "./kept-log.ts";

const URL_WITH_SECRET = "https://switch.example.org/ping/3f1e-secret";
const WELL = { failed: false, leading: true };

interface Switch {
  answer: () => Promise<Response>;
  readonly asked: { readonly url: string; readonly signal: AbortSignal }[];
}

function heartbeatOfTest(seconds = 60) {
  const log = keptLog();
  const to: Switch = { asked: [], answer: async () => new Response("OK") };
  const state = { passed: 0, canWrite: async () => {}, sealed: 0 };
  const heartbeat = startHeartbeat({
    url: URL_WITH_SECRET,
    seconds,
    log,
    canWrite: () => state.canWrite(),
    sealed: async () => state.sealed,
    stopwatch: () => state.passed,
    fetch: (url, options) => {
      to.asked.push({ url: String(url), signal: options!.signal! });
      return to.answer();
    },
  });
  onTestFinished(() => heartbeat.stop());
  return { heartbeat, log, to, state };
}

afterEach(() => void vi.useRealTimers());

describe("the heartbeat", () => {
  test("goes out after an interval in which a tick ended well, to the very address", async () => {
    const { heartbeat, to, log } = heartbeatOfTest();
    heartbeat.ticked(WELL);
    await heartbeat.beat();
    expect(to.asked.map(({ url }) => url)).toEqual([URL_WITH_SECRET]);
    expect(log.lines).toEqual([]);
  });

  test("goes out once each interval by itself, and not any more once it was stopped", async () => {
    vi.useFakeTimers();
    const { heartbeat, to, state } = heartbeatOfTest(30);
    for (let beats = 1; beats <= 3; beats++) {
      heartbeat.ticked(WELL);
      state.passed += 30_000;
      await vi.advanceTimersByTimeAsync(30_000);
      expect(to.asked).toHaveLength(beats);
    }
    await heartbeat.stop();
    heartbeat.ticked(WELL);
    await vi.advanceTimersByTimeAsync(300_000);
    expect(to.asked).toHaveLength(3);
  });

  test("does not go out while this process lacks the key of an installation, and says why once", async () => {
    const { heartbeat, to, log, state } = heartbeatOfTest();
    state.sealed = 1;
    heartbeat.ticked(WELL);
    await heartbeat.beat();
    await heartbeat.beat();
    expect(to.asked).toEqual([]);
    expect(log.lines).toHaveLength(1);
    expect(JSON.stringify(log.lines)).toContain("no heartbeat: this process lacks the key of an installation");
    state.sealed = 0;
    await heartbeat.beat();
    expect(to.asked).toHaveLength(1);
  });

  test.each([
    ["no tick has come", []],
    ["the last tick failed", [WELL, { failed: true, leading: true }]],
    ["another process leads", [{ failed: false, leading: false }]],
    ["another process has taken over since", [WELL, { failed: false, leading: false }]],
  ])("does not go out while %s", async (_why, ticks) => {
    const { heartbeat, to } = heartbeatOfTest();
    for (const tick of ticks) heartbeat.ticked(tick);
    await heartbeat.beat();
    expect(to.asked).toEqual([]);
  });

  test("does not go out when the loop has stopped ticking", async () => {
    const { heartbeat, to, state, log } = heartbeatOfTest();
    heartbeat.ticked(WELL);
    state.passed = 76_000;
    await heartbeat.beat();
    expect(to.asked).toEqual([]);
    expect(log.lines).toEqual([expect.stringContaining("no heartbeat: no tick has ended well lately")]);
    heartbeat.ticked(WELL);
    await heartbeat.beat();
    expect(to.asked).toHaveLength(1);
  });

  test("does not go out while the register cannot be written, says so once, and says when it goes again", async () => {
    const { heartbeat, to, state, log } = heartbeatOfTest();
    heartbeat.ticked(WELL);
    state.canWrite = async () => Promise.reject(new Error("disk is full"));
    await heartbeat.beat();
    await heartbeat.beat();
    expect(to.asked).toEqual([]);
    expect(log.lines).toEqual([expect.stringContaining("no heartbeat: the register cannot be written: disk is full")]);
    state.canWrite = async () => {};
    await heartbeat.beat();
    expect(to.asked).toHaveLength(1);
    expect(log.lines.at(-1)).toContain("the heartbeat goes out again");
  });

  test.each([
    ["it refuses", async () => new Response("no", { status: 500 }), "answered 500"],
    ["it sends elsewhere", async () => new Response(null, { status: 302, headers: { location: URL_WITH_SECRET } }), "answered 302"],
    [
      "it cannot be reached",
      async () => Promise.reject(new TypeError(`fetch failed: ${URL_WITH_SECRET}`, { cause: { code: "ECONNREFUSED" } })),
      "could not be reached: ECONNREFUSED",
    ],
    [
      "it does not answer",
      async () => Promise.reject(new DOMException(`aborted ${URL_WITH_SECRET}`, "TimeoutError")),
      "no answer within 10 seconds",
    ],
  ])(
    "is logged without its address where %s, throws nothing, and goes out at the next interval all the same",
    async (_why, answer, words) => {
      const { heartbeat, to, log } = heartbeatOfTest();
      heartbeat.ticked(WELL);
      to.answer = answer;
      await heartbeat.beat();
      expect(log.lines).toEqual([expect.stringContaining(words)]);
      await heartbeat.beat();
      expect(to.asked).toHaveLength(2);
      expect(log.lines.join()).not.toMatch(/secret|switch\.example/);
    },
  );

  test("waits for the switch no longer than 10 seconds, and never for two answers at once", async () => {
    const limit = vi.spyOn(AbortSignal, "timeout");
    onTestFinished(() => limit.mockRestore());
    const { heartbeat, to } = heartbeatOfTest();
    heartbeat.ticked(WELL);
    let answered = (_response: Response): void => {};
    to.answer = () =>
      new Promise((resolve) => {
        answered = resolve;
      });
    const both = [heartbeat.beat(), heartbeat.beat()];
    await vi.waitFor(() => expect(to.asked).toHaveLength(1));
    answered(new Response("OK"));
    await Promise.all(both);
    expect(to.asked).toHaveLength(1);
    expect(limit).toHaveBeenCalledExactlyOnceWith(10_000);
  });

  test("under way is broken off when the process stops, without a complaint", async () => {
    const { heartbeat, to, log } = heartbeatOfTest();
    heartbeat.ticked(WELL);
    to.answer = () =>
      new Promise((_resolve, reject) => to.asked[0]!.signal.addEventListener("abort", () => reject(new DOMException("", "AbortError"))));
    const beat = heartbeat.beat();
    await vi.waitFor(() => expect(to.asked).toHaveLength(1));
    await heartbeat.stop();
    await beat;
    expect(log.lines).toEqual([]);
  });
});
