import { expect, test } from "vitest";
import { orderWith } from "../support/given.ts";
import { deskOfTest, moment } from "./desk-of-test.ts";

const PLACE = "memory:one";
const KEY = "CNIL:SAN-2024-001";
const clock = (kind: string, more: object = {}) => ({ id: kind, kind, from: "notified", period: "P3M", rule: "cure", ...more });

/** A desk that was told of the matter, and what it is told of an event. */
async function toldOf(facts: object, event: object, before: readonly object[] = []) {
  const desk = await deskOfTest();
  desk.clock.set(moment("2024-01-20T06:00"));
  await desk.hold(facts);
  await desk.watch(PLACE, { digest: "off" });
  await desk.runUntil(moment("2024-02-10T06:00"), 720);
  for (const one of before) await desk.record(KEY, one);
  await desk.runUntil(moment("2024-02-11T06:00"), 360);
  const said = desk.posts.length;
  await desk.record(KEY, event);
  await desk.runUntil(moment("2024-02-12T12:00"), 360);
  return desk.posts
    .slice(said)
    .map(({ text }) => text)
    .join("\n");
}

const corrected = (set: object) => ({ on: "2024-02-11", type: "corrected", event: "registered", set, because: "a slip of the pen" });

test("a correction of the notification says of each clock, and of the time to comply, what was said and what is right now", async () => {
  const text = await toldOf(
    orderWith({ clocks: [clock("appeal"), clock("objection", { from: "expiry", period: "P6W" })] }),
    corrected({ notified: "2024-01-08" }),
  );
  expect(text).toContain("End of the time to comply: Fri 8 Mar 2024 (said: Tue 5 Mar 2024)");
  expect(text).toContain("End of the time to appeal: Mon 8 Apr 2024 (said: Fri 5 Apr 2024)");
  expect(text).toContain("End of the time to object: Fri 19 Apr 2024 (said: Tue 16 Apr 2024)");
  expect(text).toContain("a slip of the pen");
});

test("an extension says so of a clock that runs from the end of the time to comply, and of no other", async () => {
  const clocks = [clock("evidence"), clock("payment", { from: "expiry", period: "P6W" })];
  const text = await toldOf(orderWith({ clocks }), { on: "2024-02-11", type: "extended", until: "2024-04-05" });
  expect(text).toContain("Payment due: Fri 17 May 2024 (said: Tue 16 Apr 2024)");
  expect(text).not.toContain("(said: Fri 5 Apr 2024)");
  expect(text).not.toContain("End of the time to comply:");
});

test("a clock that runs from an event which is voided is none any more", async () => {
  const clocks = [clock("payment", { from: { event: "sum" }, period: "P1M" })];
  const sum = { id: "sum", on: "2024-02-10", type: "invoiced", amount: "100" };
  const text = await toldOf(
    orderWith({ clocks }),
    { on: "2024-02-11", type: "corrected", event: "sum", void: true, because: "sent by mistake" },
    [sum],
  );
  expect(text).toContain("Payment due: none (said: Sun 10 Mar 2024)");
});

test("an event that moves none says nothing of clocks, and a clock that was done is not spoken of", async () => {
  const facts = orderWith({ clocks: [clock("appeal"), clock("evidence")] });
  expect(await toldOf(facts, { on: "2024-02-11", type: "rate-changed", rate: "200" })).not.toContain("(said:");
  const appealed = { on: "2024-02-10", type: "appealed", suspends: "no" };
  const text = await toldOf(facts, corrected({ notified: "2024-01-08" }), [appealed]);
  expect(text).toContain("(said: Fri 5 Apr 2024)");
  expect(text).not.toContain("End of the time to appeal:");
});
