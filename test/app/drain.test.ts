import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { drain } from "../../src/app/serve.ts";
import { keptLog } from "./kept-log.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("draining", () => {
  test("ends the process with status 1 after 30 seconds, and not a moment before", async () => {
    const [log, exited] = [keptLog(), [] as number[]];
    void drain({ stop: () => new Promise(() => {}) }, log, (status) => void exited.push(status));
    await vi.advanceTimersByTimeAsync(29_999);
    expect(exited).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(exited).toEqual([1]);
    expect(log.lines).toEqual([expect.stringContaining("error not finished in time")]);
  });

  test("leaves nothing behind that would end the process later once all is finished", async () => {
    const exited: number[] = [];
    await drain({ stop: async () => {} }, keptLog(), (status) => void exited.push(status));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(exited).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});
