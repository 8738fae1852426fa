import { describe, expect, test } from "vitest";
import { noteRestored, restoredIn } from "../../src/alerts/after-restore.ts";
import type { ChatAdapter, DeliveryKey, Place, PostRef } from "../../src/ports/chat.ts";
import type { Instant } from "../../src/time/instant.ts";
import { deskOfTest, later, moment } from "./desk-of-test.ts";

/** Two weeks before the end, ten in the morning in Paris. */
const START = moment("2024-02-20T09:00");
const COPIED = moment("2024-02-19T09:00");
const ONE = "memory:one" as Place;

/** Registered only after the restore. */
const LATER = "CNIL:SAN-2024-009";

type Asked = readonly [place: Place, once: DeliveryKey, since: string];

/** A register as it was in a copy of yesterday: it knows its matters, and nothing of what was said since. */
async function copyOf(matters: number, find: ChatAdapter["find"]) {
  const desk = await deskOfTest(undefined, { find });
  for (let number = 1; number <= matters; number++) await desk.hold({ ref: `SAN-2024-00${number}` });
  await desk.watch(ONE, { digest: "off" });
  return desk;
}

/** The same, put back at START; ticks as a process does that begins then. */
async function restoredDesk(find: ChatAdapter["find"]) {
  const desk = await copyOf(3, find);
  const state = desk.store.state("desk");
  await noteRestored(state, { since: COPIED, at: START });
  const restored = async (at: Instant) => {
    const found = await restoredIn(state, at);
    return found === null ? null : { ...found, knew: async (stream: string) => stream !== LATER };
  };
  return { ...desk, tick: (at = START) => desk.tickAt(at, { restored: () => restored(at) }) };
}

async function saidBefore(): Promise<ReadonlyMap<DeliveryKey, PostRef>> {
  const desk = await copyOf(3, async () => "cannot-tell");
  await desk.tickAt(START);
  expect(desk.posts).toHaveLength(3);
  return new Map(desk.posts.map(({ key }, index) => [key, `memory:${index + 1}` as PostRef]));
}

describe("after a restore from yesterday", () => {
  test("what stands on the platform is not posted again, and is noted as delivered", async () => {
    const stands = await saidBefore();
    const asked: Asked[] = [];
    const desk = await restoredDesk(async (place, once, since) => {
      asked.push([place, once, since]);
      return stands.get(once) ?? null;
    });
    await desk.tick();
    expect(desk.posts).toEqual([]);
    expect(asked).toEqual([...stands.keys()].map((once) => [ONE, once, COPIED]));
    expect(await desk.store.deliveries.tally()).toMatchObject({ delivered: 3, claimed: 0 });
    const known = await desk.store.deliveries.known([...stands.keys()]);
    expect([...known.values()].map(({ outcome }) => outcome)).toEqual(
      [...stands.values()].map((posted) => ({ kind: "delivered", posted })),
    );
    await desk.tick(later(START, 1));
    expect([desk.posts.length, asked.length]).toEqual([0, 3]);
  });

  test("what does not stand there is posted once, and without a doubt", async () => {
    const stands = await saidBefore();
    const [lost] = [...stands.keys()];
    const desk = await restoredDesk(async (_place, once) => (once === lost ? null : (stands.get(once) ?? null)));
    await desk.tick();
    await desk.tick(later(START, 1));
    expect(desk.posts.map(({ key }) => key)).toEqual([lost]);
    expect(desk.posts[0]!.text).not.toContain("may be a repeat");
  });

  test("where nobody can tell it is posted and says that it may be a repeat, and what falls due later does not", async () => {
    const desk = await restoredDesk(async () => "cannot-tell");
    await desk.tick();
    expect(desk.posts).toHaveLength(3);
    for (const { text } of desk.posts) expect(text).toContain("may be a repeat");
    await desk.tick(later(START, 13 * 24 * 60));
    expect(desk.posts.length).toBeGreaterThan(3);
    for (const { text } of desk.posts.slice(3)) expect(text).not.toContain("may be a repeat");
  });

  test("what was registered after it is said as ever", async () => {
    const desk = await restoredDesk(async () => "cannot-tell");
    await desk.hold({ ref: "SAN-2024-009" });
    await desk.tick();
    const [later] = desk.posts.filter(({ key }) => key.includes(LATER));
    expect(later!.text).not.toContain("may be a repeat");
    expect(desk.posts).toHaveLength(4);
  });

  test("a fault while it is looked for is a doubt, and not the end of the tick", async () => {
    const desk = await restoredDesk(async () => {
      throw new Error("a fault");
    });
    await desk.tick();
    expect([desk.posts.length, desk.faults.length]).toEqual([3, 3]);
  });

  test("a register that was never put back asks for nothing", async () => {
    let asked = 0;
    const desk = await copyOf(3, async () => {
      asked += 1;
      return null;
    });
    expect(await restoredIn(desk.store.state("desk"), START)).toBeNull();
    await desk.tickAt(START, { restored: async () => null });
    expect([desk.posts.length, asked]).toEqual([3, 0]);
  });
});
