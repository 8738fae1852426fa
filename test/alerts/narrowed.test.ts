import { describe, expect, test } from "vitest";
import { freshMemory } from "../../src/alerts/delivery.ts";
import { usualSettings } from "../../src/alerts/subscription.ts";
import type { Audience, Place, PostRef, PostResult } from "../../src/ports/chat.ts";
import type { Instant } from "../../src/time/instant.ts";
import { later, moment } from "./desk-of-test.ts";
import { ANA, BEN, INSIDE, NAMES, NO_DIGEST, OPERATIONS, SHARED, type SightDesk, START, sightDesk } from "./sight-desk.ts";

const GUESTS: Audience = { kind: "shared", because: "guests" };
const REFS = ["SAN-2024-001", "SAN-2024-002", "SAN-2024-003"];
/** Two minutes after a guest has come: every place was asked again by then. */
const JOINED = later(START, 2);
const DAY = 60 * 24;

/** A place as ana set it up. */
async function watchAs(desk: SightDesk, name: string, place: Place, settings: object = NO_DIGEST, filters: readonly string[] = []) {
  const by = await desk.idOf(name);
  const since = desk.clock.now();
  await desk.store.subscriptions.settle({ ...usualSettings(place, "en", "Europe/Paris", by, since), ...settings });
  await desk.store.subscriptions.add(place, { filters, by, since });
  await desk.store.index.wake("all");
}

/** Three matters of the desk that one place watches, which ana set up; their periods end on 5 March, as the desk's tests have it. */
async function oneChannel(settings: object = NO_DIGEST, answer?: Parameters<typeof sightDesk>[0]) {
  const desk = await sightDesk(answer, { inPlace: true });
  for (const ref of REFS) await desk.file(ref, "desk");
  await watchAs(desk, "ana", INSIDE, settings);
  desk.operations.place = OPERATIONS;
  await desk.tickAt(START);
  return desk;
}

/** What was posted from a moment on, besides what the narrowed place still hears. */
function toldFrom({ posts }: SightDesk, at: Instant) {
  return posts.filter((post) => post.at >= at && post.to !== INSIDE);
}

describe("a guest in the one place that watches everything", () => {
  test("is told of at once to the operations place and to whoever set up the watch, with the matters; in the place itself nothing names them", async () => {
    const desk = await oneChannel();
    desk.audiences.set(INSIDE, GUESTS);
    await desk.tickAt(JOINED);
    const told = toldFrom(desk, JOINED);
    expect(told.map(({ to }) => to).sort()).toEqual([ANA, OPERATIONS]);
    for (const { text } of told) {
      expect(text).toContain("3 matters that one place watches are told to nobody");
      expect(text).toContain('["The place: ",{"place":"memory:inside"}]');
      expect(text).toContain("Guests read there");
      for (const ref of REFS) expect(text).toContain(ref);
    }
    const there = [...desk.posts.filter(({ to, at }) => to === INSIDE && at >= JOINED), ...desk.updates].map(({ text }) => text);
    expect(there.filter((text) => NAMES.test(text))).toEqual([]);
  });

  test("is told of daily at the hour of the digests as long as it lasts, each once a day, and no more once the guest has left", async () => {
    const desk = await oneChannel();
    desk.audiences.set(INSIDE, GUESTS);
    desk.clock.set(JOINED);
    await desk.runUntil(later(START, 2 * DAY + 30), 15);
    const days = (place: Place) => desk.posts.filter(({ to }) => to === place).map(({ at }) => at.slice(0, 16));
    // Nine in the morning in Paris is eight in UTC.
    for (const place of [ANA, OPERATIONS]) expect(days(place)).toEqual(["2024-02-20T08:02", "2024-02-21T08:02", "2024-02-22T08:02"]);
    desk.audiences.set(INSIDE, { kind: "internal" });
    const before = desk.posts.filter(({ to }) => to === ANA).length;
    await desk.runUntil(later(START, 4 * DAY), 15);
    expect(desk.posts.filter(({ to }) => to === ANA)).toHaveLength(before);
  });

  test("is not told of again the same day by a process that begins later", async () => {
    const desk = await oneChannel();
    desk.audiences.set(INSIDE, GUESTS);
    await desk.tickAt(JOINED);
    const before = desk.posts.length;
    for (const minutes of [1, 60, 60 * 15 + 30]) await desk.tickAt(later(JOINED, minutes), { memory: freshMemory() });
    expect(toldFrom(desk, JOINED)).toHaveLength(2);
    expect(desk.posts).toHaveLength(before);
  });

  test("is told of again where the word did not arrive", async () => {
    const failed: PostResult = { ok: false, retry: "later", reason: "busy", afterSeconds: 60 };
    let isBusy = true;
    const desk = await oneChannel(NO_DIGEST, ({ to }) =>
      isBusy && to === ANA ? failed : { ok: true, posted: `memory:${to}/1` as PostRef },
    );
    desk.audiences.set(INSIDE, GUESTS);
    await desk.tickAt(JOINED);
    isBusy = false;
    await desk.runUntil(later(JOINED, 10));
    expect(desk.posts.filter(({ to }) => to === ANA)).toHaveLength(2);
    expect(desk.posts.filter(({ to }) => to === OPERATIONS)).toHaveLength(1);
  });

  test("is told of to who has a matter, of that one alone", async () => {
    const desk = await oneChannel();
    await desk.idOf("ben");
    await desk.record("CNIL:SAN-2024-002", { on: "2024-02-20", type: "assigned", to: "ben" });
    desk.audiences.set(INSIDE, GUESTS);
    await desk.tickAt(JOINED);
    const [own] = toldFrom(desk, JOINED).filter(({ to }) => to === BEN);
    expect(own?.text).toContain("1 matter that one place watches is told to nobody");
    expect(own?.text).toContain("SAN-2024-002");
    expect(own?.text).not.toMatch(/SAN-2024-00[13]/);
  });

  test("leaves a line in the log, with how many they are", async () => {
    const desk = await oneChannel();
    const warned: object[] = [];
    desk.audiences.set(INSIDE, GUESTS);
    await desk.tickAt(JOINED, { log: { ...desk.host.log, warn: (about) => void warned.push(about) } });
    expect(warned).toEqual([{ place: INSIDE, matters: 3, told: 2 }]);
  });
});

describe("what a place may not be told any more is told", () => {
  test("to nobody besides where another place of the desk watches it", async () => {
    const desk = await oneChannel();
    await watchAs(desk, "ben", "memory:other" as Place);
    await desk.tickAt(later(START, 1));
    desk.audiences.set(INSIDE, GUESTS);
    await desk.tickAt(later(START, 3));
    expect(desk.posts.filter(({ to }) => to === ANA || to === OPERATIONS)).toEqual([]);
  });

  test("without what is public, and what another place watches", async () => {
    const desk = await oneChannel();
    await desk.record("CNIL:SAN-2024-001", { on: "2024-02-20", type: "visibility", to: "public" });
    await desk.file("UK-1", "desk", { authority: "ICO", currency: "GBP", items: [] });
    await watchAs(desk, "ben", "memory:other" as Place, NO_DIGEST, ["authority:ICO"]);
    desk.audiences.set(INSIDE, GUESTS);
    await desk.tickAt(JOINED);
    const [own] = toldFrom(desk, JOINED).filter(({ to }) => to === ANA);
    expect(own?.text).toContain("2 matters");
    expect(own?.text).not.toMatch(/SAN-2024-001|UK-1/);
  });

  test("without what is closed: of that there is nothing more to say", async () => {
    const desk = await oneChannel();
    for (const ref of REFS) await desk.record(`CNIL:${ref}`, { on: "2024-02-20", type: "closed", item: "a" });
    desk.audiences.set(INSIDE, GUESTS);
    await desk.tickAt(JOINED);
    expect(toldFrom(desk, JOINED)).toEqual([]);
  });

  test("neither to an operations place that others read, nor to somebody who is turned away", async () => {
    const desk = await oneChannel();
    desk.operations.place = SHARED;
    await desk.grant("ana", "none");
    desk.audiences.set(INSIDE, GUESTS);
    const warned: object[] = [];
    await desk.tickAt(JOINED, { log: { ...desk.host.log, warn: (about) => void warned.push(about) } });
    expect(toldFrom(desk, JOINED)).toEqual([]);
    expect(warned).toEqual([{ place: INSIDE, matters: 3, told: 0 }]);
  });

  test("once a day, though guests leave and come again", async () => {
    const desk = await oneChannel();
    desk.audiences.set(INSIDE, GUESTS);
    await desk.tickAt(JOINED);
    desk.audiences.set(INSIDE, { kind: "internal" });
    await desk.tickAt(later(JOINED, 3));
    desk.audiences.set(INSIDE, GUESTS);
    await desk.tickAt(later(JOINED, 6));
    expect(toldFrom(desk, JOINED)).toHaveLength(2);
  });

  test("not while a platform is in trouble for a moment, and told once it lasts", async () => {
    const desk = await oneChannel();
    desk.audiences.set(INSIDE, { kind: "unknown" });
    await desk.tickAt(JOINED);
    expect(toldFrom(desk, JOINED)).toEqual([]);
    desk.clock.set(later(JOINED, 1));
    await desk.runUntil(later(JOINED, 6));
    expect(
      toldFrom(desk, JOINED)
        .map(({ to }) => to)
        .sort(),
    ).toEqual([ANA, OPERATIONS]);
  });
});

describe("what is new within the day in a place that was told of already", () => {
  /** Half past nine in Paris. */
  const LATER = later(START, 30);
  const NEW = "SAN-2024-004";

  async function toldOnce(...of: Parameters<typeof oneChannel>) {
    const desk = await oneChannel(...of);
    desk.audiences.set(INSIDE, GUESTS);
    await desk.tickAt(JOINED);
    return desk;
  }

  function wordsTo(desk: SightDesk, place: Place, at: Instant) {
    return toldFrom(desk, at).filter(({ to }) => to === place);
  }

  test("is said at once, of the new matter alone; the next morning all four are", async () => {
    const desk = await toldOnce();
    desk.clock.set(LATER);
    await desk.file(NEW, "desk");
    await desk.runUntil(later(START, DAY + 6 * 60), 15);
    for (const place of [ANA, OPERATIONS]) {
      const [first, next, ...more] = wordsTo(desk, place, LATER);
      expect(first?.at).toBe(LATER);
      expect(first?.text).toContain("1 more matter that one place watches is told to nobody");
      expect(first?.text).toContain(NEW);
      expect(first?.text).not.toMatch(/SAN-2024-00[123]/);
      expect(next?.at).toBe(later(START, DAY));
      expect(next?.text).toContain("4 matters that one place watches are told to nobody");
      expect(more).toEqual([]);
    }
  });

  test("is said to a new assignee at once, and to nobody a second time; at midnight nobody is woken", async () => {
    const desk = await toldOnce();
    await desk.idOf("ben");
    desk.clock.set(LATER);
    await desk.record("CNIL:SAN-2024-002", { on: "2024-02-20", type: "assigned", to: "ben" });
    await desk.runUntil(later(START, DAY + 60), 15);
    const [first, next, ...more] = wordsTo(desk, BEN, LATER).filter(({ key }) => key.includes("narrowed"));
    expect([first?.at, next?.at, more]).toEqual([LATER, later(START, DAY), []]);
    expect(first?.text).toContain("1 matter that one place watches is told to nobody");
    expect(first?.text).not.toMatch(/SAN-2024-00[13]/);
    for (const place of [ANA, OPERATIONS]) expect(wordsTo(desk, place, LATER).map(({ at }) => at)).toEqual([later(START, DAY)]);
  });

  test("is said once, whatever else happens and however often the process begins anew", async () => {
    const desk = await toldOnce();
    desk.clock.set(LATER);
    await desk.file(NEW, "desk");
    await desk.tickAt(LATER);
    await desk.record(`CNIL:${NEW}`, { on: "2024-02-20", type: "note", text: "seen" });
    for (const minutes of [31, 60, 60 * 15 + 30]) {
      await desk.tickAt(later(START, minutes));
      await desk.tickAt(later(START, minutes + 1), { memory: freshMemory() });
    }
    for (const place of [ANA, OPERATIONS]) expect(wordsTo(desk, place, JOINED)).toHaveLength(2);
  });

  test("is said alone by a process that begins after it was registered", async () => {
    const desk = await toldOnce();
    desk.clock.set(LATER);
    await desk.file(NEW, "desk");
    await desk.tickAt(LATER, { memory: freshMemory() });
    const [own, ...more] = wordsTo(desk, ANA, LATER);
    expect(own?.text).toContain(NEW);
    expect(own?.text).not.toMatch(/SAN-2024-00[123]/);
    expect(more).toEqual([]);
  });

  test("is said with the rest where the rest has not arrived yet", async () => {
    const failed: PostResult = { ok: false, retry: "later", reason: "busy", afterSeconds: 3_600 };
    let isBusy = true;
    const desk = await toldOnce(NO_DIGEST, ({ to }) => (isBusy && to === ANA ? failed : { ok: true, posted: `memory:${to}/1` as PostRef }));
    isBusy = false;
    desk.clock.set(LATER);
    await desk.file(NEW, "desk");
    await desk.runUntil(later(START, 120), 15);
    const own = wordsTo(desk, ANA, LATER).filter(({ key }) => key.includes("narrowed"));
    expect(own).toHaveLength(1);
    expect(own[0]?.text).toContain("4 matters that one place watches are told to nobody");
    expect(wordsTo(desk, OPERATIONS, JOINED).filter(({ key }) => key.includes("narrowed"))).toHaveLength(2);
  });

  test("waits for the hour of the digests where the day's turn alone has brought it", async () => {
    const desk = await oneChannel();
    // The end on 5 March is 13 days ahead from 21 February on.
    await desk.store.subscriptions.remove(INSIDE, null);
    await watchAs(desk, "ana", INSIDE, NO_DIGEST, ["due:13"]);
    desk.audiences.set(INSIDE, GUESTS);
    desk.clock.set(JOINED);
    await desk.runUntil(later(START, DAY + 60), 15);
    expect(wordsTo(desk, ANA, JOINED).map(({ at }) => at)).toEqual([later(START, DAY + 2)]);
  });

  test("is said at once by night too, where it happens then; in the morning all are", async () => {
    const desk = await toldOnce();
    const night = moment("2024-02-21T02:00");
    desk.clock.set(night);
    await desk.file(NEW, "desk");
    await desk.runUntil(moment("2024-02-21T09:00"), 15);
    const told = wordsTo(desk, ANA, night);
    expect(told.map(({ at }) => at)).toEqual([night, moment("2024-02-21T08:00")]);
    expect(told.map(({ card }) => card.title?.match(/\d+/)?.[0])).toEqual(["1", "4"]);
  });
});

describe("the digest of a place that may not be told what it watches", () => {
  const CLAIMS = /matters? watched|nothing due|nothing runs|RUNNING: nothing"/;

  test("says that this is not told there, and neither how many they are nor that nothing is due or runs", async () => {
    const desk = await oneChannel({});
    desk.audiences.set(INSIDE, GUESTS);
    await desk.tickAt(moment("2024-02-21T08:00"));
    const digest = desk.posts.filter(({ to }) => to === INSIDE).at(-1)!;
    expect(digest.key).toContain("digest");
    expect(digest.text).toContain("What this place may not show is not told here");
    expect(digest.text).not.toMatch(CLAIMS);
    expect(digest.text).not.toMatch(NAMES);
    expect(digest.text).not.toMatch(/\b[03] matters|\b3\b public/);
  });

  test("counts what is public as public, and says of that alone that nothing runs", async () => {
    const desk = await oneChannel({});
    await desk.record("CNIL:SAN-2024-001", { on: "2024-02-20", type: "visibility", to: "public" });
    desk.audiences.set(INSIDE, GUESTS);
    await desk.tickAt(moment("2024-02-21T08:00"));
    const digest = desk.posts.filter(({ to, key }) => to === INSIDE && key.includes('"digest"')).at(-1)!;
    expect(digest.card.title).toContain("1 public matter");
    expect(digest.text).toContain("RUNNING: nothing of what is public");
    expect(digest.text).toContain("What this place may not show is not told here");
    expect(digest.text).not.toMatch(CLAIMS);
  });
});
