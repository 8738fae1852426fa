import { describe, expect, test } from "vitest";
import { orderWith } from "../support/given.ts";
import { deskOfTest, moment } from "./desk-of-test.ts";

const KEY = "CNIL:SAN-2024-001";

/** Ends on Tuesday 5 March 2024; totals on Tuesdays at 08:00 UTC. What was said from the second event's day on. */
async function told(penalty: object, events: readonly { on: string; event?: string }[]) {
  const desk = await deskOfTest();
  desk.clock.set(moment("2024-03-01T08:00"));
  await desk.hold(orderWith({ penalty: { rate: "100", per: "day", ...penalty } }));
  await desk.watch("memory:one", { digest: "off" });
  for (const [index, event] of events.entries()) {
    await desk.followIndex(moment(`${event.on}T05:00`));
    desk.clock.set(moment(`${event.on}T05:00`));
    if (index === events.length - 1) desk.posts.length = 0;
    const named = (await desk.register.all())[0]!.events.find(({ event: one }) => one.type === event.event);
    await desk.record(KEY, named === undefined ? event : { ...event, event: named.id });
  }
  await desk.followIndex(moment("2024-03-27T10:00"));
  expect(desk.faults).toEqual([]);
  return desk.posts.map(({ at, key, text }) => ({ what: `${at.slice(5, 16)} ${(JSON.parse(key) as string[])[1]}`, text }));
}

const because = "as it was found";

describe("a total of the day on which what had run is mended waits for the morning whose sum holds that", () => {
  test.each<[string, object, readonly { on: string }[], string]>([
    [
      "a stay that is struck out",
      {},
      [
        { on: "2024-03-10", type: "stayed" },
        { on: "2024-03-19", type: "corrected", event: "stayed", void: true, because },
      ] as never,
      "EUR 1,400 (14 days)",
    ],
    [
      "an appeal that did not suspend",
      {},
      [
        { on: "2024-03-10", type: "appealed", suspends: "yes" },
        { on: "2024-03-19", type: "corrected", event: "appealed", set: { suspends: "no" }, because },
      ] as never,
      "EUR 1,400 (14 days)",
    ],
    [
      "a cap that is raised",
      { cap: { amount: "500" } },
      [{ on: "2024-03-19", type: "corrected", event: "registered", set: { "items.a.penalty.cap.amount": "5000" }, because }] as never,
      "EUR 1,400 (14 days)",
    ],
    [
      "units that are set by hand",
      {},
      [{ on: "2024-03-19", type: "overridden", what: "units", value: 30, because }] as never,
      "EUR 3,000 (30 days)",
    ],
  ])("%s", async (_what, penalty, events, sum) => {
    const posts = await told(penalty, events);
    expect(posts.map(({ what }) => what).slice(1)).toEqual(["03-20T08:00 total", "03-26T08:00 total"]);
    expect(posts[0]!.what).toMatch(/^03-19T0\d:\d\d (correction|event)$/);
    expect(posts[0]!.text).not.toContain("one more day adds");
    expect(posts[1]!.text).toContain(sum);
    expect(posts[1]!.text).toContain("one more day adds EUR 100");
  });

  test("a stay that ends on that day changes nothing of what had run", async () => {
    const posts = await told({}, [
      { on: "2024-03-10", type: "stayed" },
      { on: "2024-03-19", type: "resumed" },
    ] as never);
    expect(posts.map(({ what }) => what).slice(1)).toContain("03-19T08:00 total");
    expect(posts.find(({ what }) => what.startsWith("03-19") && what.endsWith("total"))!.text).toContain("one more day adds EUR 100");
  });
});
