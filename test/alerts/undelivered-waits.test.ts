import { expect, test } from "vitest";
import { failedNow } from "../../src/alerts/undelivered.ts";
import type { Place } from "../../src/ports/chat.ts";
import { deskOfTest, moment } from "./desk-of-test.ts";

const AWAY = "memory:away" as Place;

test("what waits for a platform that does not run is undelivered as long as it waits, and what was given up for a day", async () => {
  const desk = await deskOfTest(({ to }) =>
    to === AWAY ? { ok: false, retry: "later", reason: "away" } : { ok: false, retry: "never", reason: "gone" },
  );
  const key = await desk.hold();
  await desk.watch(AWAY, { digest: "off" });
  await desk.watch("memory:gone", { digest: "off" });
  await desk.runUntil(moment("2024-01-25T12:00"), 60);
  await desk.record(key, { type: "appealed", on: "2024-01-25" });
  await desk.runUntil(moment("2024-01-25T14:00"), 60);
  const failed = async (at: string) =>
    [...new Set((await failedNow(desk.store.deliveries, moment(at))).map(({ basis }) => basis.place))].sort();
  expect(await failed("2024-01-25T15:00")).toEqual([AWAY, "memory:gone"]);
  // From here on nobody serves that platform: nothing is tried, and nothing is given up.
  await desk.runUntil(moment("2024-01-28T12:00"), 60, { adapterOf: () => null });
  expect(await failed("2024-01-28T12:00")).toEqual([AWAY]);
});
