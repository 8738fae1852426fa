import { describe, expect, test } from "vitest";
import type { Place, PostResult } from "../../src/ports/chat.ts";
import { type Answers, digests, later } from "./desk-of-test.ts";
import { ANA, BEN, INSIDE, NAMES, NO_DIGEST, OPERATIONS, SHARED, type SightDesk, START, sightDesk, UNTOLD } from "./sight-desk.ts";

const KEY = "CNIL:SAN-2024-002";
const SETTER = "memory:direct/memory:setter" as Place;
const BACK = "memory:back" as Place;
const HOUR = 60;
const NEVER: PostResult = { ok: false, retry: "never", reason: "memory:direct/memory:ana was deactivated" };

const places = ({ posts }: SightDesk) => posts.map(({ to }) => to);
const after = (desk: SightDesk, count: number) => desk.posts.slice(count).map(({ to }) => to);

function failing(...to: readonly Place[]): Answers {
  return (post) => (to.includes(post.to) ? NEVER : { ok: true, posted: "memory:x" as never });
}

describe("a stage that nobody acknowledged, in a place that sends it on to one that may not see it,", () => {
  async function sending(visibility: "desk" | "public", to: Place = SHARED) {
    const desk = await sightDesk();
    await desk.file("SAN-2024-002", visibility);
    const by = await desk.idOf("setter");
    await desk.watch(INSIDE, { ...NO_DIGEST, by, escalation: { to, afterMinutes: HOUR } });
    desk.operations.place = OPERATIONS;
    return desk;
  }

  test("goes to the people who have the matter instead, once, and whoever set it so is told without a name", async () => {
    const desk = await sending("desk");
    await desk.idOf("ana");
    await desk.record(KEY, { on: "2024-02-01", type: "assigned", to: "ana" });
    await desk.tickAt(START);
    for (let minute = HOUR; minute < HOUR * 3; minute += 10) await desk.tickAt(later(START, minute));
    expect(places(desk)).toEqual([INSIDE, ANA, SETTER]);
    expect(desk.toldIn(ANA)).toContain("SAN-2024-002");
    expect(desk.toldIn(SETTER)).toContain("An escalation from memory:inside did not go to memory:shared");
    expect(desk.toldIn(SETTER)).toContain("people of the matter were told instead");
    expect(desk.toldIn(SETTER)).not.toMatch(NAMES);
  });

  test("goes to the people who have the matter by reference, as owner and as assignee", async () => {
    const desk = await sending("desk");
    await desk.idOf("ana");
    await desk.record(KEY, { on: "2024-02-01", type: "assigned", to: "memory:ana" });
    await desk.record(KEY, { on: "2024-02-01", type: "assigned", to: "memory:ben", as: "owner" });
    await desk.tickAt(START);
    await desk.tickAt(later(START, HOUR));
    expect(places(desk)).toEqual([INSIDE, BEN, ANA, SETTER]);
    expect(desk.toldIn(SETTER)).toContain("people of the matter were told instead");
  });

  test("is told to whoever set it so where nobody has the matter, and never dropped in silence", async () => {
    const desk = await sending("desk", UNTOLD);
    await desk.tickAt(START);
    await desk.tickAt(later(START, HOUR));
    expect(places(desk)).toEqual([INSIDE, SETTER]);
    expect(desk.toldIn(SETTER)).toContain("Nobody else could be told");
  });

  test("is told to whoever set it so at the end of the delay, though the matter was looked at in between", async () => {
    const desk = await sending("desk");
    await desk.tickAt(START);
    await desk.store.index.wake([KEY]);
    await desk.tickAt(later(START, 10));
    await desk.followIndex(later(START, HOUR));
    expect(places(desk)).toEqual([INSIDE, SETTER]);
  });

  test("is told in the operations place where whoever set it so cannot be reached", async () => {
    const desk = await sending("desk");
    await desk.watch(INSIDE, { ...NO_DIGEST, by: "p99", escalation: { to: SHARED, afterMinutes: HOUR } });
    await desk.tickAt(START);
    await desk.tickAt(later(START, HOUR));
    expect(places(desk)).toEqual([INSIDE, OPERATIONS]);
    expect(desk.toldIn(OPERATIONS)).not.toMatch(NAMES);
  });

  test("is another desk's by now: people are told instead, whoever set it so hears why, and it goes there once the place is back", async () => {
    const desk = await sending("desk", BACK);
    await desk.idOf("ana");
    await desk.record(KEY, { on: "2024-02-01", type: "assigned", to: "ana" });
    const away = { adapterOf: (to: Place) => (to === BACK ? null : desk.host.adapterOf(to)), isElsewhere: (to: Place) => to === BACK };
    await desk.tickAt(START);
    for (let minute = 10; minute < HOUR * 3; minute += 10) await desk.tickAt(later(START, minute), away);
    expect(places(desk)).toEqual([INSIDE, ANA, SETTER]);
    expect(desk.toldIn(SETTER)).toContain("An escalation from memory:inside did not go to memory:back");
    expect(desk.toldIn(SETTER)).toContain("memory:back belongs to another desk now");
    expect(desk.toldIn(SETTER)).not.toMatch(NAMES);
    await desk.store.index.wake("all");
    await desk.tickAt(later(START, HOUR * 3));
    expect(places(desk)).toEqual([INSIDE, ANA, SETTER, BACK]);
  });

  test("is merely not served by this process: it waits for whoever serves it, and nobody is told instead", async () => {
    const desk = await sending("desk", BACK);
    await desk.idOf("ana");
    await desk.record(KEY, { on: "2024-02-01", type: "assigned", to: "ana" });
    const unserved = { adapterOf: (to: Place) => (to === BACK ? null : desk.host.adapterOf(to)), isElsewhere: () => false };
    for (let minute = 0; minute < HOUR * 3; minute += 10) await desk.tickAt(later(START, minute), unserved);
    expect(places(desk)).toEqual([INSIDE]);
  });

  test("goes on as ever where that place may see it", async () => {
    const desk = await sending("public");
    await desk.tickAt(START);
    await desk.tickAt(later(START, HOUR));
    expect(places(desk)).toEqual([INSIDE, SHARED]);
  });

  test("of a restricted matter goes to the others who are let in", async () => {
    const desk = await sightDesk();
    await desk.file("SAN-2024-002", "restricted");
    for (const name of ["ana", "ben"]) await desk.admit(KEY, name);
    await desk.settle(ANA, { ...NO_DIGEST, by: await desk.idOf("ana"), escalation: { to: INSIDE, afterMinutes: HOUR } });
    await desk.tickAt(START);
    await desk.tickAt(later(START, HOUR));
    // Whoever set it so is Ana herself.
    expect(places(desk)).toEqual([ANA, BEN, BEN, ANA]);
    expect(desk.posts.filter(({ to }) => to === BEN).map(({ text }) => text.includes("not acknowledged"))).toEqual([false, true]);
    expect(desk.toldIn(INSIDE)).toBe("");
  });
});

describe("what could not be delivered", () => {
  async function failed(visibility: "desk" | "restricted", ...to: readonly Place[]) {
    const desk = await sightDesk(failing(...to));
    await desk.file("SAN-2024-002", visibility);
    desk.operations.place = OPERATIONS;
    return desk;
  }

  test("of a restricted matter is announced without its name, its people, their places or a platform's words", async () => {
    const desk = await failed("restricted", ANA);
    for (const name of ["ana", "ben"]) await desk.admit(KEY, name);
    const warned: unknown[] = [];
    const log = {
      info: () => undefined,
      warn: (about: object) => void warned.push(about),
      error: (about: object) => void warned.push(about),
    };
    await desk.tickAt(START, { log });
    await desk.tickAt(later(START, 1), { log });
    const announced = desk.posts.filter(({ text }) => text.includes("could not be delivered"));
    expect(announced.map(({ to }) => to).sort()).toEqual([BEN, OPERATIONS].sort());
    for (const { text } of announced) expect(text).not.toMatch(/SAN-2024|Exemple|CNIL|ana|deactivated/);
    expect(warned).not.toEqual([]);
    expect(JSON.stringify(warned)).not.toMatch(/SAN-2024|Exemple|CNIL|memory:ana|deactivated/);
  });

  test("of the desk's matter is named in an operations place that may see it, and in no other", async () => {
    for (const [audience, isNamed] of [
      ["internal", true],
      ["unknown", false],
    ] as const) {
      const desk = await failed("desk", INSIDE);
      desk.audiences.set(OPERATIONS, { kind: audience });
      await desk.watch(INSIDE, NO_DIGEST);
      await desk.tickAt(START);
      await desk.tickAt(later(START, 1));
      expect(places(desk)).toContain(OPERATIONS);
      expect(desk.toldIn(OPERATIONS).includes("SAN-2024-002"), audience).toBe(isNamed);
      expect(desk.toldIn(OPERATIONS).includes(INSIDE), audience).toBe(isNamed);
    }
  });

  test("is told to no place that is shared with others, but to whoever set up the one that failed", async () => {
    const desk = await failed("desk", INSIDE);
    desk.operations.place = null;
    await desk.watch(INSIDE, { ...NO_DIGEST, by: await desk.idOf("setter") });
    await desk.watch(SHARED, NO_DIGEST);
    await desk.tickAt(START);
    await desk.tickAt(later(START, 1));
    expect(after(desk, 1)).toEqual([SETTER]);
    expect(desk.toldIn(SHARED)).toBe("");
  });

  test("stands in the digests of places that may see what it was about", async () => {
    const desk = await failed("desk", UNTOLD);
    await desk.confirm(UNTOLD);
    await desk.watch(UNTOLD, NO_DIGEST);
    await desk.tickAt(START);
    for (const place of [INSIDE, SHARED]) await desk.watch(place);
    const told = digests(await desk.tickAt(later(START, 5)));
    expect(told.map(({ undelivered }) => undelivered.length)).toEqual([1, 0]);
  });

  test("waits no more where its place may not see the matter any more", async () => {
    const desk = await sightDesk(({ to }) =>
      to === INSIDE ? { ok: false, retry: "later", reason: "busy" } : { ok: true, posted: "m" as never },
    );
    await desk.file("SAN-2024-002", "desk");
    await desk.watch(INSIDE, NO_DIGEST);
    await desk.tickAt(START);
    expect(await desk.store.deliveries.waiting()).toHaveLength(1);
    desk.audiences.set(INSIDE, { kind: "shared", because: "guests" });
    await desk.tickAt(later(START, 2));
    expect(await desk.store.deliveries.waiting()).toEqual([]);
    expect(places(desk)).toEqual([INSIDE]);
  });
});

test("a platform that cannot tell for a moment who reads in a place takes no card away, and one that tells of guests does", async () => {
  const desk = await sightDesk(undefined, { inPlace: true });
  await desk.file("SAN-2024-002", "desk");
  await desk.watch(INSIDE, NO_DIGEST);
  await desk.tickAt(START);
  desk.audiences.set(INSIDE, { kind: "unknown" });
  await desk.tickAt(later(START, 2));
  desk.audiences.delete(INSIDE);
  await desk.tickAt(later(START, 4));
  await desk.tickAt(later(START, 6));
  expect(desk.updates).toEqual([]);
  desk.audiences.set(INSIDE, { kind: "shared", because: "guests" });
  await desk.tickAt(later(START, 8));
  expect(desk.updates.map(({ text }) => [text.includes("No longer shown here"), NAMES.test(text)])).toEqual([[true, false]]);
});

test("a fault of ours in a restricted matter is logged without its name", async () => {
  const desk = await sightDesk();
  await desk.file("SAN-2024-002", "restricted", { authority: "CNIL" });
  await desk.admit(KEY, "ana");
  const some = async (keys: readonly string[]) => (await desk.register.some(keys)).map((one) => ({ ...one, events: null as never }));
  await desk.tickAt(START, { register: { ...desk.register, some } });
  expect(desk.faults).toHaveLength(1);
  expect(JSON.stringify(desk.faults)).not.toContain("SAN-2024-002");
});
