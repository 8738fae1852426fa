import { describe, expect, test } from "vitest";
import type { Place } from "../../src/ports/chat.ts";
import { digests, later, moment } from "./desk-of-test.ts";
import { INSIDE, NO_DIGEST, SHARED, START, sightDesk, UNTOLD } from "./sight-desk.ts";

const PLACES = [INSIDE, SHARED, UNTOLD];

async function threePlaces(settings: object = NO_DIGEST) {
  const desk = await sightDesk();
  await desk.file("SAN-2024-001", "public");
  await desk.file("SAN-2024-002", "desk");
  await desk.file("SAN-2024-003", "restricted");
  for (const place of PLACES) await desk.watch(place, settings);
  return desk;
}

type Desk = Awaited<ReturnType<typeof threePlaces>>;

/** The numbers of the matters that were named in a place. */
function namedIn(desk: Desk, place: Place): readonly string[] {
  return [...new Set([...desk.toldIn(place).matchAll(/SAN-2024-00(\d)/g)].map(([, number]) => number!))].sort();
}

describe("a place that watches everything is told", () => {
  test("what is public and the desk's where its own people read, what is public elsewhere, and of a restricted matter nothing", async () => {
    const desk = await threePlaces();
    await desk.tickAt(START);
    expect(PLACES.map((place) => namedIn(desk, place))).toEqual([["1", "2"], ["1"], ["1"]]);
  });

  test("digests that count, name and sum up only that", async () => {
    const desk = await threePlaces();
    for (const place of PLACES) await desk.watch(place, { digest: "daily" });
    const ticked = await desk.tickAt(START);
    expect(digests(ticked).map(({ watched, upcoming, unwatched }) => [watched, upcoming.length, unwatched])).toEqual([
      [2, 2, 0],
      [1, 1, 0],
      [1, 1, 0],
    ]);
    expect(PLACES.map((place) => namedIn(desk, place))).toEqual([["1", "2"], ["1"], ["1"]]);
    expect(desk.toldIn(SHARED)).toContain("place is shared");
    expect(desk.toldIn(UNTOLD)).toContain("settings --internal yes");
    expect(desk.toldIn(INSIDE)).not.toContain("settings --internal yes");
  });

  test("digests that say how many of its watches fit nothing, and name what they ask for to the desk's own people alone", async () => {
    const desk = await threePlaces({});
    for (const place of PLACES) await desk.watch(place, {}, ["respondent:Rumour"]);
    await desk.tickAt(START);
    expect(desk.toldIn(INSIDE)).toContain("1 watch fits no matter: respondent:Rumour");
    for (const place of [SHARED, UNTOLD]) {
      expect(desk.toldIn(place)).toContain("1 watch fits no matter that may be told here");
      expect(desk.toldIn(place)).not.toContain("Rumour");
    }
  });

  test("of a public matter where others read nothing of who has it, what was noted and who has taken note, in no kind of message", async () => {
    const desk = await sightDesk();
    await desk.file("SAN-2024-001", "public");
    for (const place of PLACES) await desk.watch(place, {});
    await desk.record("CNIL:SAN-2024-001", { on: "2024-02-01", type: "assigned", to: "ana" });
    await desk.tickAt(START);
    desk.clock.set(later(START, 1));
    await desk.record("CNIL:SAN-2024-001", { on: "2024-02-20", type: "note", text: "counsel doubts it" });
    await desk.record("CNIL:SAN-2024-001", { on: "2024-02-20", type: "extended", by: "P1M", because: "counsel asked for it" });
    await desk.tickAt(later(START, 2));
    await desk.tickAt(later(START, 60 * 24));
    expect(desk.toldIn(INSIDE)).toMatch(/@ana/);
    expect(desk.toldIn(INSIDE)).toContain("counsel asked for it");
    expect(desk.toldIn(INSIDE)).toMatch(/not acknowledged/i);
    for (const place of [SHARED, UNTOLD]) {
      expect(desk.toldIn(place)).toContain("extended by 1 month");
      expect(desk.toldIn(place)).not.toMatch(/ana\b|counsel|acknowledged|nobody/i);
    }
  });

  test("nothing of what happens in a matter that it may not see", async () => {
    const desk = await threePlaces();
    await desk.tickAt(START);
    desk.clock.set(later(START, 1));
    for (const key of ["CNIL:SAN-2024-002", "CNIL:SAN-2024-003"]) await desk.record(key, { on: "2024-02-20", type: "extended", by: "P1M" });
    await desk.tickAt(later(START, 2));
    expect(namedIn(desk, SHARED)).toEqual(["1"]);
    expect(namedIn(desk, INSIDE)).toEqual(["1", "2"]);
    expect(desk.toldIn(INSIDE)).toContain("extended by 1 month");
  });

  test("nothing at all where whoever reads there is turned away", async () => {
    const desk = await sightDesk();
    await desk.file("SAN-2024-001", "public");
    await desk.grant("eve", "none");
    await desk.watch("memory:direct/memory:eve");
    await desk.tickAt(START);
    expect(desk.posts).toEqual([]);
  });
});

describe("what a place may see is looked at again at once", () => {
  async function waking(change: (desk: Desk) => Promise<unknown> | unknown) {
    const desk = await threePlaces();
    await desk.tickAt(START);
    const before = desk.posts.length;
    await change(desk);
    // No hour of any matter has come: only the change can have woken them.
    await desk.tickAt(later(START, 2));
    return { desk, more: desk.posts.slice(before) };
  }

  test("when somebody confirms that it is internal", async () => {
    const { more } = await waking((desk) => desk.confirm(UNTOLD));
    expect(more.map(({ to, text }) => [to, text.includes("SAN-2024-002")])).toEqual([[UNTOLD, true]]);
  });

  test("when its platform tells another audience, within two minutes", async () => {
    const { more } = await waking((desk) => desk.audiences.set(SHARED, { kind: "internal" }));
    expect(more.map(({ to, text }) => [to, text.includes("SAN-2024-002")])).toEqual([[SHARED, true]]);
  });

  test("when a matter is marked public", async () => {
    const { more } = await waking((desk) => desk.record("CNIL:SAN-2024-002", { on: "2024-02-20", type: "visibility", to: "public" }));
    expect(more.map(({ to }) => to)).toEqual([SHARED, UNTOLD]);
  });

  test("and a confirmation does not help where the platform tells that others read", async () => {
    const { desk, more } = await waking((made) => made.confirm(SHARED));
    expect(more).toEqual([]);
    expect(namedIn(desk, SHARED)).toEqual(["1"]);
  });

  test("by a process that begins after it changed, too", async () => {
    const desk = await threePlaces();
    await desk.tickAt(START);
    await desk.confirm(UNTOLD);
    const { freshMemory } = await import("../../src/alerts/delivery.ts");
    await desk.tickAt(later(START, 2), { memory: freshMemory() });
    expect(namedIn(desk, UNTOLD)).toEqual(["1", "2"]);
  });
});

test("a tick in which nothing is due wakes nothing, and asks no platform more often than once a minute", async () => {
  const desk = await threePlaces();
  await desk.tickAt(START);
  desk.asked.length = 0;
  const looked = [];
  for (let second = 1; second <= 55; second++) looked.push((await desk.tickAt(later(START, second / 60))).looked);
  expect(looked.every((count) => count === 0)).toBe(true);
  expect(desk.asked).toEqual([]);
  await desk.tickAt(later(START, 2));
  expect(desk.asked.sort()).toEqual([...PLACES].sort());
});

test("a matter that is watched only where it may not be seen is watched by nobody", async () => {
  const desk = await sightDesk();
  await desk.file("SAN-2024-002", "desk");
  await desk.watch(SHARED, NO_DIGEST);
  await desk.watch(INSIDE, {}, ["authority:ICO"]);
  const [digest] = digests(await desk.tickAt(moment("2024-02-20T08:30")));
  expect(digest!.unwatched).toBe(1);
});
