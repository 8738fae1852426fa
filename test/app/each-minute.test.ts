import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { eachMinute } from "../../src/app/each-minute.ts";
import { systemClock } from "../../src/time/clock.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const DAY = 86_400_000;

const missed = vi.hoisted(() => vi.fn<() => void>());
vi.mock("node-cron", async (original) => {
  const cron = await original<typeof import("node-cron")>();
  const schedule: typeof cron.schedule = (...given) => {
    const task = cron.schedule(...given);
    task.on("execution:missed", missed);
    return task;
  };
  return { ...cron, schedule };
});

/** As the loop that serves does. */
async function passing(seconds: number, look: () => void): Promise<void> {
  for (let second = 0; second < seconds; second++) {
    await vi.advanceTimersByTimeAsync(1_000);
    look();
  }
}

// Gone through minute by minute, 400 days would take 20 seconds.
test.each([400, -400])("a clock that is set by %i days: the work is done at the next full minute and each from then on", async (days) => {
  const work = vi.fn<() => void>();
  const minutes = eachMinute(systemClock, work);
  await passing(120, () => minutes.look());
  expect(work).toHaveBeenCalledTimes(2);
  vi.setSystemTime(Date.now() + days * DAY);
  minutes.look();
  await passing(60, () => minutes.look());
  expect(work).toHaveBeenCalledTimes(3);
  await passing(60, () => minutes.look());
  expect(work).toHaveBeenCalledTimes(4);
  await minutes.stop();
  await passing(120, () => undefined);
  expect(work).toHaveBeenCalledTimes(4);
  expect(missed).not.toHaveBeenCalled();
});
