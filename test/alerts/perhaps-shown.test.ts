import { describe, expect, test } from "vitest";
import type { ChatAdapter, Place, PostResult } from "../../src/ports/chat.ts";
import { deskOfTest, later, moment } from "./desk-of-test.ts";

/** Two weeks before the end, ten in the morning in Paris. */
const START = moment("2024-02-20T09:00");
const [ONE, OPERATIONS] = ["memory:one", "memory:operations"] as [Place, Place];
const OK: PostResult = { ok: true, posted: "memory:x" as never };

async function titlesAfter(failure: PostResult, over: Partial<ChatAdapter>, settings: object = {}) {
  const desk = await deskOfTest(({ to }) => (to === ONE ? failure : OK), over);
  desk.operations.place = OPERATIONS;
  desk.clock.set(START);
  await desk.hold(settings);
  await desk.watch(ONE, { digest: "off", since: START });
  await desk.runUntil(later(START, 120), 10);
  return desk.posts.filter(({ to }) => to === OPERATIONS).map(({ card }) => card.title);
}

describe("what is announced as late", () => {
  test("may have been delivered where nobody can tell what became of an attempt, whatever the reason's words", async () => {
    const titles = await titlesAfter({ ok: false, retry: "unknown", reason: "503" }, { find: async () => "cannot-tell" });
    expect(titles).toEqual(["1 message may not have been delivered"]);
  });

  test("was not where the platform refuses for now", async () => {
    const titles = await titlesAfter({ ok: false, retry: "later", reason: "503" }, {});
    expect(titles).toEqual(["1 message was not delivered"]);
  });
});
