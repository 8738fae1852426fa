import { describe, expect, test } from "vitest";
import type { Place, PostResult } from "../../src/ports/chat.ts";
import { millisecondsOf } from "../../src/time/instant.ts";
import { deskOfTest, later, moment, type Post } from "./desk-of-test.ts";

/** Three days before the end, nine in the morning in Paris. */
const START = moment("2024-03-02T08:00");
const [ONE, OPERATIONS] = ["memory:one", "memory:operations"] as [Place, Place];
const OK: PostResult = { ok: true, posted: "memory:x" as never };
const BROKEN: PostResult = { ok: false, retry: "unknown", reason: "503" };
const HOUR = 60;
const DAY = 24 * HOUR;

/** Nobody can tell what came of anything until that moment, and the platform cannot be asked. */
async function deskInOutage(minutes: number, isBroken: (post: Post) => boolean = () => true) {
  const desk = await deskOfTest((post) => (post.at < later(START, minutes) && isBroken(post) ? BROKEN : OK));
  desk.operations.place = OPERATIONS;
  const key = await desk.hold();
  await desk.watch(ONE, { digest: "off" });
  desk.clock.set(START);
  return { desk, key };
}

type Desk = Awaited<ReturnType<typeof deskInOutage>>["desk"];

function reminders({ posts }: Desk, stage: number | string) {
  return posts.filter(({ to, key }) => to === ONE && (JSON.parse(key) as unknown[])[4] === stage);
}

describe("a platform of which nobody can tell what it shows, for longer than an hour,", () => {
  test("is given what still has its time again when it is well: a reminder, and what announces it", async () => {
    const { desk } = await deskInOutage(90);
    await desk.runUntil(later(START, 5 * HOUR), 1);
    const posts = reminders(desk, 3);
    expect(posts.at(-1)!.at >= later(START, 90)).toBe(true);
    expect(posts.at(-1)!.at < later(START, 90 + 70)).toBe(true);
    expect(posts.map(({ text }) => text.includes("may be a repeat"))).toEqual(posts.map((_, index) => index > 0));
    expect(await desk.store.deliveries.waiting()).toEqual([]);
    expect(await desk.store.deliveries.tally()).toMatchObject({ never: 0 });
  });

  test("has a reminder tried once an hour until a later stage outdates it, and whoever is told of it is told", async () => {
    const { desk } = await deskInOutage(4 * DAY, ({ to }) => to === ONE);
    await desk.runUntil(later(START, 2 * DAY + HOUR), 10);
    const tries = reminders(desk, 3).map(({ at }) => millisecondsOf(at));
    const waits = tries.slice(6).map((at, index) => at - tries[index + 5]!);
    expect(waits.length).toBeGreaterThan(35);
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(HOUR * 60_000);
    expect(reminders(desk, 3).at(-1)!.at < later(START, 2 * DAY)).toBe(true);
    expect(reminders(desk, 1).length).toBeGreaterThan(0);
    const told = desk.posts.filter(({ to }) => to === OPERATIONS);
    expect(told).toHaveLength(1);
    expect(told[0]!.text).toContain("still being tried");
  });

  test("has the announcement of what was refused for good tried until it is shown, though that takes a day", async () => {
    const desk = await deskOfTest(({ to, at }) =>
      to === ONE ? { ok: false, retry: "never", reason: "archived" } : at < later(START, DAY) ? BROKEN : OK,
    );
    desk.operations.place = OPERATIONS;
    await desk.hold();
    await desk.watch(ONE, { digest: "off" });
    desk.clock.set(START);
    await desk.runUntil(later(START, DAY + 2 * HOUR), 5);
    const last = desk.posts.findLast(({ to }) => to === OPERATIONS)!;
    expect(last.at >= later(START, DAY)).toBe(true);
    expect(last.text).toContain("archived");
    expect(await desk.store.deliveries.unannounced(desk.clock.now())).toEqual([]);
  });

  test("has news, which is never out of date, tried for five days, and it is announced as given up", async () => {
    const { desk, key } = await deskInOutage(30 * DAY, ({ to, key: said }) => to === ONE && said.includes('"event"'));
    await desk.record(key, { on: "2024-03-01", type: "partly-complied" });
    await desk.followIndex(later(START, 4 * DAY + 12 * HOUR));
    expect(await desk.store.deliveries.tally()).toMatchObject({ never: 0 });
    await desk.followIndex(later(START, 5 * DAY + 12 * HOUR));
    expect(await desk.store.deliveries.tally()).toMatchObject({ never: 1 });
    expect(desk.posts.filter(({ to }) => to === OPERATIONS).at(-1)!.text).toContain("not tried any more");
  });
});
