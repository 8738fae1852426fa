import { describe, expect, test } from "vitest";
import type { Place, PostRef } from "../../src/ports/chat.ts";
import { deskOfTest, later, moment } from "./desk-of-test.ts";

const ONE = "memory:one" as Place;

type Desk = Awaited<ReturnType<typeof deskOfTest>>;

const COMPLIED = { type: "complied", on: "2024-03-10" };
const REJECTED = { type: "rejected", on: "2024-03-14" };

/** A place with those filters; the matter accrues since 6 March 2024. */
async function watching(filters: readonly string[], since = "2024-01-02T12:00", ...more: readonly (readonly string[])[]) {
  const desk = await deskOfTest();
  const key = await desk.hold();
  desk.clock.set(moment(since));
  for (const one of [filters, ...more]) await desk.watch(ONE, { digest: "off" }, one);
  await desk.runUntil(moment("2024-03-10T12:00"), 60);
  return { desk, key, from: desk.posts.length };
}

/** What was recorded, by its kind and id, and whether it says that nothing more of the matter follows there. */
function news({ posts }: Desk, from = 0, to = ONE): readonly string[] {
  return posts.slice(from).flatMap(({ to: place, key, text }) => {
    const [, kind, , , , , id] = JSON.parse(key) as readonly string[];
    if (place !== to || (kind !== "event" && kind !== "correction")) return [];
    return [`${id}${text.includes("no watch of this place holds the matter:") ? " left" : ""}`];
  });
}

describe("what takes a matter away from what a place watches", () => {
  test("is told there once, with that nothing more follows; what brings it back is told, and what was recorded between is not", async () => {
    const { desk, key, from } = await watching(["state:accruing"]);
    await desk.record(key, COMPLIED);
    await desk.runUntil(moment("2024-03-12T12:00"), 60);
    expect(news(desk, from)).toEqual(["e1 left"]);
    await desk.record(key, { type: "appealed", on: "2024-03-12" });
    await desk.runUntil(moment("2024-03-14T12:00"), 60);
    expect(news(desk, from)).toEqual(["e1 left"]);
    await desk.record(key, REJECTED);
    await desk.runUntil(moment("2024-03-20T12:00"), 60);
    expect(news(desk, from)).toEqual(["e1 left", "e3"]);
  });

  test("is no end where another watch of the place holds the matter, or the same one still does", async () => {
    const { desk, key, from } = await watching(["state:accruing"], undefined, ["authority:CNIL"]);
    await desk.record(key, COMPLIED);
    await desk.runUntil(moment("2024-03-11T12:00"), 60);
    expect(news(desk, from)).toEqual(["e1"]);
  });

  test("is told of a deadline that moves out of due:", async () => {
    const desk = await deskOfTest();
    const key = await desk.hold();
    await desk.watch(ONE, { digest: "off" }, ["due:7d"]);
    await desk.runUntil(moment("2024-03-01T12:00"), 60);
    await desk.record(key, { type: "extended", on: "2024-03-01", until: "2024-05-05" });
    await desk.runUntil(moment("2024-03-02T12:00"), 60);
    expect(news(desk)).toEqual(["e1 left"]);
  });

  test("is told where somebody else has it now", async () => {
    const desk = await deskOfTest();
    const key = await desk.hold({}, { type: "assigned", on: "2024-01-02", to: "ana" });
    await desk.watch(ONE, { digest: "off" }, ["assigned:ana"]);
    await desk.runUntil(moment("2024-02-10T12:00"), 60);
    await desk.record(key, { type: "assigned", on: "2024-02-10", to: "ben" });
    await desk.runUntil(moment("2024-02-11T12:00"), 60);
    expect(news(desk)).toEqual(["e2 left"]);
    // Whom it comes to is told its deadlines, and not that it was assigned.
    await desk.watch("memory:two", { digest: "off" }, ["assigned:ana"]);
    await desk.record(key, { type: "assigned", on: "2024-02-11", to: "ana" });
    await desk.runUntil(moment("2024-02-12T12:00"), 60);
    expect(news(desk)).toEqual(["e2 left"]);
    expect(news(desk, 0, "memory:two" as Place)).toEqual([]);
  });

  test("waits for the place's open days, and for a platform that is away", async () => {
    let isAway = false;
    const desk = await deskOfTest(() =>
      isAway ? { ok: false, retry: "later", reason: "away" } : { ok: true, posted: "memory:1" as PostRef },
    );
    const key = await desk.hold();
    await desk.watch(ONE, { digest: "off", weekdays: [1, 2, 3, 4, 5] }, ["state:accruing"]);
    // Saturday.
    await desk.runUntil(moment("2024-03-16T12:00"), 60);
    const from = desk.posts.length;
    await desk.record(key, { ...COMPLIED, on: "2024-03-16" });
    isAway = true;
    await desk.runUntil(moment("2024-03-17T20:00"), 60);
    expect(news(desk, from)).toEqual([]);
    await desk.runUntil(moment("2024-03-20T12:00"), 60);
    expect(news(desk, from).length).toBeGreaterThan(0);
    const tried = desk.posts.length;
    isAway = false;
    await desk.runUntil(later(desk.clock.now(), 3 * 60), 10);
    expect(news(desk, tried)).toEqual(["e1 left"]);
  });

  test("is not told to a place that began to watch after it", async () => {
    const { desk, key, from } = await watching(["state:accruing"]);
    await desk.record(key, COMPLIED);
    await desk.watch("memory:two", { digest: "off", since: later(desk.clock.now(), 1) }, ["state:accruing"]);
    await desk.runUntil(moment("2024-03-11T12:00"), 60);
    expect(news(desk, 0, "memory:two" as Place)).toEqual([]);
    expect(news(desk, from)).toEqual(["e1 left"]);
  });

  test("is told no more after four weeks: it ends, and is announced as never told", async () => {
    let isAway = false;
    const desk = await deskOfTest(({ to }) =>
      isAway && to === ONE ? { ok: false, retry: "later", reason: "away" } : { ok: true, posted: "memory:1" as PostRef },
    );
    const key = await desk.hold();
    await desk.watch(ONE, { digest: "off" }, ["state:accruing"]);
    desk.operations.place = "memory:operations" as Place;
    await desk.runUntil(moment("2024-03-10T12:00"), 60);
    isAway = true;
    await desk.record(key, COMPLIED);
    await desk.runUntil(moment("2024-04-08T12:00"), 60);
    expect(desk.posts.filter(({ to }) => to === ONE).at(-1)!.at < moment("2024-04-07T13:00")).toBe(true);
    expect(await desk.store.deliveries.waiting()).toEqual([]);
    expect(desk.posts.filter(({ to, text }) => to === "memory:operations" && text.includes("SAN-2024-001")).length).toBeGreaterThan(0);
  });

  test("is shown by the matter's card, too", async () => {
    const desk = await deskOfTest(undefined, { inPlace: true });
    const key = await desk.hold();
    await desk.watch(ONE, { digest: "off" }, ["state:accruing"]);
    await desk.runUntil(moment("2024-03-10T12:00"), 60);
    await desk.record(key, COMPLIED);
    await desk.runUntil(moment("2024-03-10T14:00"), 1);
    expect(desk.updates.at(-1)!.text).toMatch(/claim/i);
  });
});

describe("a matter that comes under a watch", () => {
  test("brings no news of the time before with it", async () => {
    const desk = await deskOfTest();
    const key = await desk.hold();
    await desk.watch(ONE, { digest: "off" }, ["state:accruing"]);
    await desk.watch("memory:due", { digest: "off" }, ["due:7d"]);
    await desk.runUntil(moment("2024-01-25T12:00"), 60);
    await desk.record(key, { type: "appealed", on: "2024-01-25" });
    await desk.record(key, {
      ...{ type: "corrected", on: "2024-01-25", event: "registered", because: "typo" },
      set: { "items.a.penalty.rate": "200" },
    });
    await desk.runUntil(moment("2024-03-09T12:00"), 60);
    expect(news(desk)).toEqual([]);
    expect(news(desk, 0, "memory:due" as Place)).toEqual([]);
    expect(desk.posts.filter(({ key: name }) => name.includes('"reminder"')).length).toBeGreaterThan(3);
  });

  test("is told with what brought it there", async () => {
    const desk = await deskOfTest();
    const key = await desk.hold();
    await desk.watch(ONE, { digest: "off" }, ["due:7d"]);
    await desk.runUntil(moment("2024-01-25T12:00"), 60);
    await desk.record(key, { type: "appealed", on: "2024-01-25" });
    await desk.record(key, {
      ...{ type: "corrected", on: "2024-01-25", event: "registered", because: "typo" },
      set: { decided: "2023-11-28", notified: "2023-11-30" },
    });
    await desk.runUntil(moment("2024-01-26T12:00"), 60);
    expect(news(desk)).toEqual(["e2"]);
  });
});
