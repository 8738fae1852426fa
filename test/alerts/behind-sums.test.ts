import { describe, expect, test } from "vitest";
import { asking } from "../../src/alerts/plan.ts";
import { ANY_TIME } from "../../src/alerts/timing.ts";
import { ORDER, orderWith } from "../support/given.ts";
import { deskOfTest, digests, moment } from "./desk-of-test.ts";

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

  test("a claim of an item beside it that is accepted from before the cap in common", async () => {
    const desk = await deskOfTest();
    desk.clock.set(moment("2024-03-01T08:00"));
    const [item] = ORDER.items;
    const items = ["a", "b"].map((id) => ({ ...item, id, penalty: { rate: "100", per: "day" } }));
    await desk.hold({ items: [{ ...item, id: "a" }, items[1]], jointCap: { items: ["a", "b"], amount: "1900" } });
    await desk.watch("memory:one", { digest: "off" });
    for (const [on, event] of [
      ["2024-03-12", { type: "complied", item: "b" }],
      ["2024-03-19", { type: "accepted", item: "b", from: "2024-03-07" }],
    ] as const) {
      await desk.followIndex(moment(`${on}T05:00`));
      desk.clock.set(moment(`${on}T05:00`));
      desk.posts.length = 0;
      await desk.record(KEY, { on, ...event });
    }
    await desk.followIndex(moment("2024-03-21T05:00"));
    const totals = desk.posts.filter(({ key }) => key.includes('"total"') && key.includes('"a"'));
    expect(totals.map(({ at }) => at.slice(5, 16))).toEqual(["03-20T08:00"]);
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

describe("a total that was said days before what had run is mended", () => {
  const mending = { on: "2024-03-15", type: "overridden", what: "units", value: 40, because };

  async function deskMended(settings: object, before: (desk: Awaited<ReturnType<typeof deskOfTest>>) => Promise<void>) {
    const desk = await deskOfTest();
    desk.clock.set(moment("2024-03-01T08:00"));
    await desk.hold(orderWith({ penalty: { rate: "100", per: "day" } }));
    await desk.watch("memory:one", settings);
    await desk.followIndex(moment("2024-03-05T10:00"));
    desk.clock.set(moment("2024-03-05T10:00"));
    for (const stage of ["7", "3", "1", "0"]) await desk.acknowledge(KEY, "memory:one", stage);
    await desk.followIndex(moment("2024-03-12T09:00"));
    desk.clock.set(moment("2024-03-12T09:00"));
    await before(desk);
    await desk.followIndex(moment("2024-03-15T05:00"));
    desk.clock.set(moment("2024-03-15T05:00"));
    desk.posts.length = 0;
    await desk.record(KEY, mending);
    return desk;
  }

  test("goes on at the end of its delay", async () => {
    const settings = { digest: "off", escalation: { to: "memory:two", afterMinutes: 3 * 1440 + 60 } };
    const desk = await deskMended(settings, async () => undefined);
    await desk.followIndex(moment("2024-03-18T05:00"));
    expect(desk.posts.filter(({ to }) => to === "memory:two").map(({ at }) => at.slice(0, 16))).toEqual(["2024-03-15T09:00"]);
  });

  test("is shown as acknowledged, and can be", async () => {
    const desk = await deskMended({}, (one) => one.acknowledge(KEY, "memory:one", "total 2024-03-12"));
    const [digest] = digests(await desk.tickAt(moment("2024-03-15T08:00")));
    const lines = [...digest!.actNow, ...digest!.upcoming];
    expect(lines.find(({ item }) => item?.id === "a")!.acknowledged).toMatchObject({ name: "Ann" });
    const [matter] = await desk.register.all();
    expect(asking(matter!, desk.clock.now(), ANY_TIME)).toEqual([{ item: "a", deadline: "2024-03-05", stage: "total 2024-03-12" }]);
  });
});
