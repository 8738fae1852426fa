import { describe, expect, test } from "vitest";
import type { Place, PostResult } from "../../src/ports/chat.ts";
import { deskOfTest, later, moment, type Post } from "./desk-of-test.ts";

/** Two weeks before the end, ten in the morning in Paris. */
const START = moment("2024-02-20T09:00");
const [ONE, OPERATIONS] = ["memory:one", "memory:operations"] as [Place, Place];
const OK: PostResult = { ok: true, posted: "memory:x" as never };
const RESET: PostResult = { ok: false, retry: "unknown", reason: "ECONNRESET" };
const BUSY: PostResult = { ok: false, retry: "later", reason: "503" };
const DAY = 24 * 60;

/** Everything fails as told until that moment, and in each place after it only where a test says so. */
async function deskInOutage(until: string, failure: PostResult, after: (post: Post) => PostResult = () => OK) {
  // The platform can be asked, and says that it shows nothing of what failed.
  const find = async () => null;
  const desk = await deskOfTest((post) => (post.at < moment(until) ? failure : after(post)), { find });
  desk.operations.place = OPERATIONS;
  desk.clock.set(START);
  return desk;
}

type Desk = Awaited<ReturnType<typeof deskInOutage>>;

function announced({ posts }: Desk, from: string) {
  const isAnnounced = (text: string) => /(could not be|may not have been) delivered to/.test(text);
  return posts.filter(({ to, at, text }) => to === OPERATIONS && at >= moment(from) && isAnnounced(text));
}

async function expectNothingWaits({ store, clock }: Desk) {
  expect(await store.deliveries.waiting()).toEqual([]);
  expect(await store.deliveries.unannounced(clock.now())).toEqual([]);
  expect(await store.deliveries.tally()).toMatchObject({ later: 0, unknown: 0, oldestWaiting: null });
}

describe("what nobody could be told of while it waited", () => {
  test.each([
    ["refuses for now", BUSY],
    ["answers nothing", RESET],
  ])(
    "and whose day has passed is announced once the platform that %s is back: that it was not shown, or may not have been, and is tried no more",
    async (_, failure) => {
      const desk = await deskInOutage("2024-02-22T08:10", failure);
      await desk.watch(ONE, { since: START });
      await desk.runUntil(later(START, 10 * DAY), 20);
      const told = announced(desk, "2024-02-22T08:10");
      const digests = told.flatMap(({ text }) => text.match(/"bold":"digest"/g) ?? []);
      // Of the 20th and of the 21st; that of the 22nd was shown that day.
      expect(digests).toHaveLength(2);
      expect(told.every(({ text }) => text.includes("out of date") && !text.includes("still being tried"))).toBe(true);
      expect(told.some(({ text }) => text.includes("undelivered --again"))).toBe(false);
      await expectNothingWaits(desk);
    },
  );

  test("and was said after all need not be announced any more: its notice waits no longer", async () => {
    const desk = await deskInOutage("2024-02-20T13:00", BUSY);
    await desk.hold();
    await desk.watch(ONE, { digest: "off", since: START });
    await desk.runUntil(later(START, 2 * DAY), 20);
    expect(announced(desk, "2024-02-20T13:00").length).toBeLessThanOrEqual(1);
    await expectNothingWaits(desk);
  });

  test("and of which a later stage of the same deadline was shown there is not announced, and its notice waits no longer", async () => {
    const desk = await deskInOutage("2024-02-27T08:00", BUSY);
    await desk.hold();
    await desk.watch(ONE, { digest: "off", since: START });
    await desk.runUntil(later(START, 9 * DAY), 60);
    expect(desk.posts.filter(({ to, at }) => to === ONE && at >= moment("2024-02-27T08:00"))).toHaveLength(1);
    expect(announced(desk, "2024-02-27T08:00")).toEqual([]);
    await expectNothingWaits(desk);
  });

  test("and whose deadline moved away is announced as out of date", async () => {
    const desk = await deskInOutage("2024-02-21T12:00", BUSY);
    const key = await desk.hold();
    await desk.watch(ONE, { digest: "off", since: START });
    await desk.runUntil(later(START, 8 * 60), 30);
    await desk.record(key, { on: "2024-02-20", type: "extended", until: "2024-06-05" });
    await desk.runUntil(later(START, 3 * DAY), 30);
    const told = announced(desk, "2024-02-21T12:00").filter(({ text }) => text.includes("out of date"));
    expect(told).toHaveLength(1);
    expect(told[0]!.text).toContain("SAN-2024-001");
    await expectNothingWaits(desk);
  });

  test("and was given up then is announced as given up alone", async () => {
    const refuses = ({ to }: Post): PostResult => (to === ONE ? { ok: false, retry: "never", reason: "archived" } : OK);
    const desk = await deskInOutage("2024-02-20T13:00", BUSY, refuses);
    await desk.hold();
    await desk.watch(ONE, { digest: "off", since: START });
    await desk.runUntil(later(START, DAY), 20);
    expect(announced(desk, "2024-02-20T13:00").at(-1)!.text).toContain("not tried any more");
    expect(await desk.store.deliveries.waiting()).toEqual([]);
  });
});

describe("what is news in a place that refuses for now", () => {
  /** A place that watches what is tagged dpo could not be told of an extension, and by then watches something else. */
  async function refusedNews(filters: readonly (readonly string[])[], isAway = false) {
    const desk = await deskOfTest(({ to, at }) => (to === ONE && at < moment("2024-02-22T08:00") ? BUSY : OK));
    desk.operations.place = OPERATIONS;
    desk.clock.set(START);
    const key = await desk.hold({ tags: ["dpo"] });
    await desk.watch(ONE, { digest: "off", since: later(START, -DAY) }, ["tag:dpo"]);
    await desk.runUntil(later(START, 10), 10);
    await desk.record(key, { on: "2024-02-20", type: "extended", until: "2024-06-05" });
    await desk.runUntil(later(START, 20), 10);
    const waiting = async () => (await desk.store.deliveries.waiting()).filter(({ basis }) => basis.kind === "event").length;
    expect(await waiting()).toBe(1);
    await desk.store.subscriptions.remove(ONE, null);
    for (const one of filters) await desk.store.subscriptions.add(ONE, { filters: one, by: "p1", since: desk.clock.now() });
    await desk.store.index.wake("all");
    const adapterOf = (place: Place) => (isAway && place === ONE ? null : desk.host.adapterOf(place));
    return { desk, waiting, run: (minutes: number) => desk.runUntil(later(START, minutes), 20, { adapterOf }) };
  }

  const isNews = ({ to, key }: Post) => to === ONE && key.includes('"event"');

  test.each([[[]], [[["tag:merger"]]], [[["tag:merger"], ["state:closed"]]]])(
    "and by now watches %j, which does not hold the matter, is out of date: it waits no longer and is never told",
    async (filters) => {
      const { desk, waiting, run } = await refusedNews(filters);
      await run(40);
      expect(await waiting()).toBe(0);
      expect(await desk.store.deliveries.tally()).toMatchObject({ later: 0, unknown: 0, oldestWaiting: null });
      const tried = desk.posts.filter(isNews).length;
      await run(4 * DAY);
      expect(desk.posts.filter(isNews)).toHaveLength(tried);
      expect(announced(desk, "2024-02-20T08:00")).toEqual([]);
      await expectNothingWaits(desk);
    },
  );

  test("and stopped watching the matter when that had waited for long is announced as out of date, once", async () => {
    const { desk, waiting, run } = await refusedNews([["tag:dpo"]]);
    await run(45);
    expect(await waiting()).toBe(1);
    await desk.store.subscriptions.remove(ONE, null);
    await desk.store.subscriptions.add(ONE, { filters: ["tag:merger"], by: "p1", since: desk.clock.now() });
    desk.clock.set(later(START, 75));
    await desk.store.index.wake("all");
    await run(4 * DAY);
    const told = announced(desk, "2024-02-20T08:00");
    expect(told.filter(({ text }) => text.includes("out of date")).length).toBe(1);
    await expectNothingWaits(desk);
  });

  test("and holds the matter by another watch is told when it takes messages again", async () => {
    const { desk, run } = await refusedNews([["tag:merger"], ["authority:CNIL"]]);
    await desk.store.subscriptions.remove(ONE, null);
    await desk.store.subscriptions.add(ONE, { filters: ["authority:CNIL"], by: "p1", since: START });
    await run(3 * DAY);
    expect(desk.posts.filter((post) => isNews(post) && post.at >= moment("2024-02-22T08:00"))).toHaveLength(1);
    await expectNothingWaits(desk);
  });

  test("and whose platform does not run goes on waiting for as long as it watches the matter", async () => {
    const { waiting, run } = await refusedNews([["authority:CNIL"]], true);
    await run(40);
    expect(await waiting()).toBe(1);
  });

  test("and became somebody's own digest, which is told no news, is out of date", async () => {
    const { desk, waiting, run } = await refusedNews([["authority:CNIL"]]);
    await desk.store.subscriptions.settle({ ...(await desk.store.subscriptions.of(ONE))!, reminders: false }, ["reminders"]);
    await run(40);
    expect(await waiting()).toBe(0);
  });
});

test("what was announced as late is not announced again when its day has passed", async () => {
  const desk = await deskInOutage("2024-02-20T08:00", OK, ({ to, at }) => (to === ONE && at < moment("2024-02-22T08:10") ? BUSY : OK));
  await desk.watch(ONE, { since: START });
  await desk.runUntil(later(START, 5 * DAY), 20);
  const told = announced(desk, "2024-02-20T08:00");
  expect(told.map(({ text }) => text.includes("still being tried"))).toEqual(told.map(() => true));
  await expectNothingWaits(desk);
});
