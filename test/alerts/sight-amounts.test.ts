import { describe, expect, test } from "vitest";
import { later } from "./desk-of-test.ts";
import { INSIDE, SHARED, type SightDesk, START, sightDesk } from "./sight-desk.ts";

const DAY = 24 * 60;
/** A rate and a fine whose digits come up by no accident. */
const SUMS = /731.?517|1.?463.?034|884.?213/;
const PRICED = {
  items: [{ id: "a", cure: { period: "P2M", from: "notified", rule: "cure" }, penalty: { rate: "731517", per: "day" } }],
  fines: [{ id: "fine", amount: "884213", due: "2024-03-01" }],
};

async function priced() {
  const desk = await sightDesk(undefined, { inPlace: true });
  const key = await desk.file("SAN-2024-001", "public", PRICED);
  for (const place of [INSIDE, SHARED]) await desk.watch(place);
  return { desk, key };
}

/** A reminder, digests, a payment, and totals that run. */
async function threeWeeks(desk: SightDesk, key: string) {
  desk.clock.set(START);
  await desk.runUntil(later(START, 1));
  await desk.record(key, { on: "2024-02-20", type: "paid", amount: "1463034", for: "fine" });
  for (let day = 0; day < 30; day++) await desk.tickAt(later(START, 5 + day * DAY));
}

describe("a place that is shared with others", () => {
  test("is told of what is public without any sum, whatever is said: reminders, events, totals, digests and cards", async () => {
    const { desk, key } = await priced();
    await threeWeeks(desk, key);
    const kinds = (place: string) => new Set(desk.posts.filter(({ to }) => to === place).map((post) => JSON.parse(post.key)[1]));
    expect([...kinds(SHARED)].sort()).toEqual(
      ["digest", "event", "overdue", "reminder", "total"].filter((kind) => kinds(INSIDE).has(kind)),
    );
    expect(kinds(SHARED).size).toBeGreaterThan(3);
    expect(desk.toldIn(INSIDE)).toMatch(SUMS);
    expect(desk.toldIn(SHARED)).not.toMatch(SUMS);
    expect(desk.toldIn(SHARED)).not.toMatch(/EUR \d|€/);
    const shared = desk.updates.filter(({ text }) => text.includes("Amounts are not shown here"));
    expect(shared.length).toBeGreaterThan(0);
    expect(desk.updates.length).toBeGreaterThan(shared.length);
    for (const { text } of shared) expect(text).not.toMatch(SUMS);
  });

  test("is told the sums where the desk allows it", async () => {
    const { desk, key } = await priced();
    await desk.policy({ sharedAmounts: true });
    await threeWeeks(desk, key);
    expect(desk.toldIn(SHARED)).toMatch(SUMS);
  });

  test("has the sums taken out of its cards as soon as the desk allows it no more", async () => {
    const { desk } = await priced();
    await desk.policy({ sharedAmounts: true });
    desk.clock.set(START);
    await desk.tickAt(START);
    await desk.policy({ sharedAmounts: false });
    await desk.tickAt(later(START, 2));
    expect(desk.updates.map(({ text }) => SUMS.test(text))).toEqual([false]);
  });
});
