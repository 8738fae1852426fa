import { describe, expect, test } from "vitest";
import type { DeliveryKey, Place, PostRef } from "../../src/ports/chat.ts";
import type { DeliveryLog } from "../../src/ports/delivery-log.ts";
import { deskOfTest, digests, later, moment, utterances } from "./desk-of-test.ts";

const NO_DIGEST = { digest: "off" as const };
/** Two weeks before the end, ten in the morning in Paris. */
const START = moment("2024-02-20T09:00");
const ONE = "memory:one" as Place;
const DAY = 24 * 60;

async function deskWith(matters: number, ...more: Parameters<typeof deskOfTest>) {
  const desk = await deskOfTest(...more);
  for (let number = 1; number <= matters; number++) await desk.hold({ ref: `SAN-2024-00${number}` });
  await desk.watch(ONE, NO_DIGEST);
  return desk;
}

/** A log that cannot be written while a test says so. */
function failing(log: DeliveryLog, isBroken: () => boolean, calls: (readonly [number, number])[] = []): DeliveryLog {
  return {
    ...log,
    async turn(settled, wanted, at) {
      if (isBroken()) throw new Error("database or disk is full");
      calls.push([settled.length, wanted.length]);
      return log.turn(settled, wanted, at);
    },
  };
}

function keysOf({ posts }: { readonly posts: readonly { readonly key: DeliveryKey }[] }) {
  return posts.map(({ key }) => key);
}

describe("a register that cannot be written", () => {
  test("lets nothing be posted", async () => {
    const desk = await deskWith(3);
    const deliveries = failing(desk.store.deliveries, () => true);
    for (let seconds = 0; seconds < 5; seconds++) {
      await expect(desk.tickAt(later(START, seconds / 60), { deliveries })).rejects.toThrow("disk is full");
    }
    expect(desk.posts).toEqual([]);
    await desk.tickAt(later(START, 1));
    expect(desk.posts).toHaveLength(3);
  });

  test("after a post lets nothing more be posted; what was posted is settled first when it works again, and nothing is said twice", async () => {
    let broken = false;
    const desk = await deskWith(3, () => {
      broken = true;
      return { ok: true, posted: "memory:x" as PostRef };
    });
    const calls: (readonly [number, number])[] = [];
    const deliveries = failing(desk.store.deliveries, () => broken, calls);
    for (let seconds = 0; seconds < 30; seconds++) {
      await expect(desk.tickAt(later(START, seconds / 60), { deliveries })).rejects.toThrow("disk is full");
    }
    expect(desk.posts).toHaveLength(1);
    for (let minutes = 1; minutes <= 6; minutes++) {
      broken = false;
      await desk.tickAt(later(START, minutes), { deliveries }).catch(() => undefined);
    }
    expect(new Set(keysOf(desk)).size).toBe(3);
    expect(desk.posts).toHaveLength(3);
    // The claim of the first; what came of it before anything else, with the claim of the next.
    expect(calls.slice(0, 2)).toEqual([
      [0, 1],
      [1, 1],
    ]);
    expect(desk.posts.filter(({ text }) => text.includes("may be a repeat"))).toEqual([]);
    const known = await desk.store.deliveries.known(keysOf(desk));
    expect([...known.values()].map(({ attempts, outcome }) => [attempts, outcome?.kind])).toEqual(Array(3).fill([1, "delivered"]));
  });
});

describe("a fault of ours", () => {
  test("in a place whose adapter does not run here silences no other", async () => {
    const desk = await deskWith(1);
    const own: NonNullable<typeof desk.host.own> = (_now, head) => {
      const place = "teams:elsewhere" as Place;
      const basis = { place, kind: "canary", reason: "canary", stream: null, version: null, head, rulebook: "r", shown: {} } as const;
      return [
        { place, language: "en", due: { key: "canary" as DeliveryKey, basis }, card: () => ({ title: "", tone: "calm", blocks: [] }) },
      ];
    };
    await desk.tickAt(START, { own });
    expect(desk.posts).toHaveLength(1);
    expect((await desk.store.deliveries.tally()).claimed).toBe(0);
  });

  test("in a matter that can be looked at and not planned silences no other matter, and is tried again", async () => {
    const desk = await deskWith(2);
    const [broken, sound] = await desk.register.all();
    // The fault shows only when what is to be said of the matter is reckoned.
    const poisoned = {
      ...broken!,
      get registeredAt(): never {
        throw new RangeError("a poisoned matter");
      },
      facts: { ...broken!.facts, notified: undefined },
    };
    const register = { ...desk.register, some: async () => [poisoned as never, sound!] };
    const said = utterances(await desk.tickAt(START, { register }));
    expect(said.map(({ standing }) => standing.key)).toEqual([sound!.key]);
    expect(desk.faults.length).toBeGreaterThan(0);
    expect(await desk.store.index.nextWake()).toBe(later(START, 10));
  });

  test("while a message is being settled loses no other outcome", async () => {
    const desk = await deskWith(1);
    await desk.watch("memory:two", { ...NO_DIGEST, since: moment("2024-01-02T12:00") });
    const posted = () => {
      throw new Error("the watch is broken");
    };
    await desk.tickAt(START, { posted }).catch(() => undefined);
    await desk.tickAt(later(START, 1));
    await desk.tickAt(later(START, 10));
    expect((await desk.store.deliveries.tally()).claimed).toBe(0);
    expect(desk.posts).toHaveLength(2);
  });
});

test("a watch that is set up while a tick posts is told of what is due, though that tick did not know of it", async () => {
  let watched = false;
  const desk = await deskWith(1, async () => {
    if (!watched) {
      watched = true;
      await desk.watch("memory:two", { ...NO_DIGEST, since: moment("2024-01-02T12:00") });
    }
    return { ok: true, posted: "memory:x" as PostRef };
  });
  await desk.tickAt(START);
  await desk.tickAt(later(START, 1));
  expect(desk.posts.map(({ to }) => to)).toEqual(["memory:one", "memory:two"]);
});

test("a place whose adapter did not run is told of what is due when it runs again", async () => {
  const desk = await deskWith(1);
  const off = { adapterOf: () => null };
  await desk.tickAt(moment("2024-02-10T09:00"), off);
  await desk.tickAt(START, off);
  expect(desk.posts).toEqual([]);
  await desk.tickAt(moment("2024-02-27T09:00"));
  expect(desk.posts).toHaveLength(1);
});

describe("the clock", () => {
  test.each([
    ["an hour", 60],
    ["400 days", 400 * DAY],
  ])("set %s ahead and back holds no place by its pace, misses nothing and says nothing twice", async (_, minutes) => {
    const desk = await deskWith(3, undefined, { pace: 1_000 });
    await desk.tickAt(later(START, minutes));
    const ahead = desk.posts.length;
    expect(ahead).toBe(1);
    for (let at = START; at < moment("2024-03-12T09:30"); at = later(at, 30)) {
      desk.clock.set(at);
      await desk.runUntil(later(at, 0.1));
    }
    const stages = desk.posts.slice(ahead).map(({ key }) => (JSON.parse(key) as string[]).slice(1, 5).join(" "));
    for (const ref of [1, 2, 3]) {
      for (const stage of [7, 3, 1, 0]) expect(stages).toContain(`reminder CNIL:SAN-2024-00${ref} a ${stage}`);
    }
    expect(new Set(keysOf(desk)).size).toBe(desk.posts.length);
    expect(desk.posts.slice(ahead)[0]!.at < later(START, 1)).toBe(true);
  });

  test("set back while a platform had asked for an hour does not make the place wait for a year", async () => {
    let refused = false;
    const desk = await deskWith(1, () => {
      if (refused) return { ok: true, posted: "memory:x" as PostRef };
      refused = true;
      return { ok: false, retry: "later", reason: "429", afterSeconds: 3_600 };
    });
    await desk.tickAt(later(START, 400 * DAY));
    await desk.tickAt(START);
    expect(desk.posts).toHaveLength(2);
  });

  test("set 400 days ahead while it was claimed: after it is right again the platform's silence about that time is no proof", async () => {
    const desk = await deskWith(1, () => ({ ok: false, retry: "unknown", reason: "a time-out" }), {
      find: async (_to, _once, since) => (since <= START ? ("memory:stood" as PostRef) : null),
    });
    desk.clock.set(later(START, 60));
    await desk.tickAt(later(START, 60));
    await desk.tickAt(later(START, 1));
    expect(desk.posts).toHaveLength(1);
  });
});

test("after a sleep of three weeks each deadline's latest stage speaks alone, and one digest", async () => {
  const desk = await deskOfTest();
  await desk.hold({ ref: "SAN-2024-001" });
  await desk.hold({ ref: "SAN-2024-002", notified: "2024-01-20" });
  await desk.watch(ONE);
  await desk.tickAt(moment("2024-02-12T09:00"));
  const before = desk.posts.length;
  const said = await desk.tickAt(moment("2024-03-04T09:00"));
  expect(
    utterances(said)
      .map(({ standing, stage }) => [standing.facts.ref, stage])
      .sort(),
  ).toEqual([
    ["SAN-2024-001", 1],
    ["SAN-2024-002", 30],
  ]);
  expect(digests(said).map(({ day }) => day)).toEqual(["2024-03-04"]);
  expect(desk.posts.length - before).toBe(3);
  expect((await desk.tickAt(moment("2024-03-04T09:01"))).said).toEqual([]);
});
