import { describe, expect, test } from "vitest";
import { plainLines } from "../../adapters/chat/shared/plain.ts";
import { split } from "../../adapters/chat/shared/split.ts";
import { SLACK_LIMITS } from "../../adapters/chat/slack/blocks-limits.ts";
import type { Place, PostResult } from "../../src/ports/chat.ts";
import type { Day } from "../../src/time/day.ts";
import { deskOfTest, later, moment, type Post } from "./desk-of-test.ts";

/** Notified on 5 January, two months: the period ends on Tuesday 5 March 2024. */
const ONE = "memory:one" as Place;
const TWO = "memory:two" as Place;
const NO_DIGEST = { digest: "off" as const };
const OK: PostResult = { ok: true, posted: "memory:x" as never };
const LATER: PostResult = { ok: false, retry: "later", reason: "503", afterSeconds: 600 };
const UNKNOWN: PostResult = { ok: false, retry: "unknown", reason: "a time-out" };
const NEVER: PostResult = { ok: false, retry: "never", reason: "archived" };

/** What each post is answered, the last answer again and again. */
function inTurn(...answers: readonly PostResult[]): (post: Post) => PostResult {
  let count = 0;
  return () => answers[Math.min(count++, answers.length - 1)]!;
}

type Desk = Awaited<ReturnType<typeof deskOfTest>>;

/** The stages of reminders that were shown, in their order. */
function stagesOf({ posts }: Desk, to: Place = ONE): readonly unknown[] {
  return posts.filter((post) => post.to === to).map(({ key }) => (JSON.parse(key) as unknown[])[4]);
}

async function outcomeOf({ store }: Desk, stage: unknown) {
  const all = await store.deliveries.about("CNIL:SAN-2024-001");
  return all.find(({ basis }) => (basis.shown as { stage: unknown }).stage === stage)?.outcome;
}

describe("what was put off and is not wanted just now", () => {
  test("is said after all when the clock was set back and has come round again", async () => {
    const desk = await deskOfTest(inTurn(LATER, OK));
    await desk.hold();
    await desk.watch(ONE, NO_DIGEST);
    await desk.tickAt(moment("2024-03-04T08:00"));
    await desk.tickAt(moment("2024-03-04T07:00"));
    await desk.runUntil(moment("2024-03-04T09:00"), 5);
    expect(stagesOf(desk).at(-1)).toBe(1);
    expect(await outcomeOf(desk, 1)).toMatchObject({ kind: "delivered" });
  });

  test("is said when the snooze is over that came between", async () => {
    const desk = await deskOfTest(inTurn(OK, LATER, OK));
    const stream = await desk.hold();
    await desk.watch(ONE, NO_DIGEST);
    await desk.tickAt(moment("2024-02-10T08:00"));
    await desk.tickAt(moment("2024-02-20T08:00"));
    const until = "2024-02-22" as Day;
    await desk.store.attention.snooze({ stream, place: ONE, until, by: "p1", at: desk.clock.now() });
    await desk.store.index.wake([stream]);
    await desk.runUntil(moment("2024-02-22T09:00"), 30);
    expect(stagesOf(desk)).toEqual([30, 14, 14]);
    expect(desk.posts.at(-1)!.at >= moment("2024-02-22T07:59")).toBe(true);
  });

  test("waits no more once a later stage was said in its place, and is counted nowhere as undelivered", async () => {
    const desk = await deskOfTest((post) => (post.key.includes(",14,") ? LATER : OK));
    await desk.hold();
    await desk.watch(ONE, NO_DIGEST);
    await desk.runUntil(moment("2024-02-27T09:00"), 60 * 3);
    expect(stagesOf(desk).at(-1)).toBe(7);
    expect(await outcomeOf(desk, 14)).toMatchObject({ kind: "later", superseded: true });
    expect(await desk.store.deliveries.waiting()).toEqual([]);
    expect(await desk.store.deliveries.undelivered(desk.clock.now())).toEqual([]);
    expect(await desk.store.deliveries.tally()).toMatchObject({ later: 0, oldestWaiting: null });
  });

  test("is said when the deadline that had moved away comes back", async () => {
    const desk = await deskOfTest(inTurn(OK, LATER, OK));
    const stream = await desk.hold();
    await desk.watch(ONE, NO_DIGEST);
    await desk.tickAt(moment("2024-02-10T08:00"));
    await desk.tickAt(moment("2024-02-20T08:00"));
    await desk.record(stream, { on: "2024-02-20", type: "extended", until: "2024-06-05", id: "x" });
    await desk.runUntil(moment("2024-02-20T09:30"), 5);
    await desk.record(stream, { on: "2024-02-20", type: "corrected", event: "x", void: true, because: "it was refused" });
    await desk.runUntil(moment("2024-02-20T10:30"), 5);
    expect(await outcomeOf(desk, 14)).toMatchObject({ kind: "delivered" });
  });
});

test("a message that is found where it stands is written down with what it showed, not with what it would show now", async () => {
  const found = { posted: null as string | null };
  const find = async () => found.posted as never;
  const desk = await deskOfTest(inTurn(OK, UNKNOWN, OK), { find });
  const stream = await desk.hold();
  await desk.watch(ONE, NO_DIGEST);
  await desk.tickAt(moment("2024-03-05T09:00"));
  await desk.tickAt(moment("2024-03-12T08:00"));
  const [before] = await desk.store.deliveries.waiting();
  await desk.record(stream, { on: "2024-03-12", type: "rate-changed", rate: "500" });
  found.posted = "memory:there";
  await desk.tickAt(later(moment("2024-03-12T08:00"), 30));
  const after = (await desk.store.deliveries.known([before!.key])).get(before!.key)!;
  expect(after.outcome).toEqual({ kind: "delivered", posted: "memory:there" });
  expect(after.basis).toEqual(before!.basis);
  expect(after.attempts).toBe(1);
});

test("a doubt outlives being given up: what is sent again says that it may be a repeat", async () => {
  const desk = await deskOfTest(inTurn(UNKNOWN, NEVER, OK));
  await desk.hold();
  await desk.watch(ONE, NO_DIGEST);
  await desk.tickAt(moment("2024-03-05T09:00"));
  await desk.tickAt(moment("2024-03-05T09:30"));
  expect(await desk.store.deliveries.revive(ONE, desk.clock.now())).toBe(1);
  await desk.store.index.wake("all");
  await desk.tickAt(moment("2024-03-05T09:31"));
  expect(desk.posts.map(({ text }) => text.includes("may be a repeat"))).toEqual([false, true, true]);
});

test("that it may be a repeat stands right under the title, so that the first part of a long message says so", async () => {
  const desk = await deskOfTest(inTurn(UNKNOWN, OK));
  await desk.hold();
  await desk.watch(ONE);
  await desk.tickAt(moment("2024-03-11T09:00"));
  await desk.tickAt(moment("2024-03-11T09:10"));
  const { card } = desk.posts.find((post) => post.text.includes("may be a repeat"))!;
  expect(plainLines(card)[1]).toBe("This may be a repeat: it could not be told whether the first attempt was shown");
  const [first, ...others] = split(card, { ...SLACK_LIMITS, blocks: 3 });
  expect(others).not.toEqual([]);
  expect(plainLines(first).join()).toContain("may be a repeat");
});

test.each([60, 24 * 60, 2 * 24 * 60, 5 * 24 * 60])(
  "a stage goes on also where the next one comes before the delay of %i minutes is over",
  async (afterMinutes) => {
    const desk = await deskOfTest(OK);
    await desk.hold();
    await desk.watch(ONE, { ...NO_DIGEST, escalation: { to: TWO, afterMinutes } });
    await desk.tickAt(moment("2024-02-10T08:00"));
    await desk.runUntil(moment("2024-03-05T12:00"), 60);
    const gone = desk.posts.filter(({ to }) => to === TWO).map(({ key }) => (JSON.parse(key) as unknown[])[5]);
    // Nobody answered anything: before the period ends the other place has heard, and each stage once at most.
    expect(gone.length).toBeGreaterThanOrEqual(3);
    expect(new Set(gone).size).toBe(gone.length);
    const first = desk.posts.find(({ to }) => to === TWO)!;
    expect(Date.parse(first.at) - Date.parse(desk.posts[0]!.at)).toBeGreaterThanOrEqual(afterMinutes * 60_000);
  },
);

test("a digest that cannot be made stops no reminder, is said in the log, and comes when it can be made", async () => {
  const desk = await deskOfTest(OK);
  await desk.hold();
  await desk.watch(ONE);
  await desk.watch(TWO, NO_DIGEST);
  const { deliveries } = desk.store;
  const broken = { ...deliveries, last: async () => Promise.reject(new Error("broken")) };
  await desk.tickAt(moment("2024-03-05T09:00"), { deliveries: broken });
  expect(desk.posts.map(({ to }) => to)).toEqual([ONE, TWO]);
  expect(desk.faults).toEqual([expect.objectContaining({ place: ONE })]);
  await desk.tickAt(moment("2024-03-05T09:02"));
  expect(desk.posts.at(-1)!.key).toContain('"digest"');
});
