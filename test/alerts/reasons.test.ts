import { expect, test } from "vitest";
import { rulebook } from "../../src/alerts/rulebook.ts";
import { writeAmount } from "../../src/law/money.ts";
import { knownAt } from "../../src/matter/history.ts";
import { standingNow } from "../../src/matter/standing.ts";
import type { Place } from "../../src/ports/chat.ts";
import type { Basis, Delivery, Reason } from "../../src/ports/delivery-log.ts";
import { dayIn, type Instant } from "../../src/time/instant.ts";
import { ORDER, orderWith } from "../support/given.ts";
import { deskOfTest, later, moment } from "./desk-of-test.ts";

const [ONE, TWO] = ["memory:one", "memory:two"] as [Place, Place];
const KEY = "CNIL:SAN-2024-001";
const NO_DIGEST = { digest: "off" as const };
/** Nine in the morning in Paris, in winter. */
const NINE = "T08:00";

type Desk = Awaited<ReturnType<typeof deskOfTest>>;
type Figures = Readonly<Record<string, unknown>>;

async function deskWith(facts: object = {}) {
  const desk = await deskOfTest();
  await desk.hold(facts);
  await desk.watch(ONE, NO_DIGEST);
  return desk;
}

/** All that was delivered of the matter, the oldest first. */
async function deliveries(desk: Desk, place = ONE): Promise<readonly Delivery[]> {
  return desk.store.deliveries.about(KEY, place);
}

/** The figures as the register, as it was known at that moment, gives them again. */
async function recomputed({ register }: Desk, { basis, claimedAt }: Delivery): Promise<Figures> {
  const matter = knownAt((await register.matter(basis.stream!))!, claimedAt)!;
  const standing = standingNow(matter, dayIn("Europe/Paris", claimedAt));
  const item = standing.items.find(({ id }) => id === (basis.shown as Figures).item)!;
  const [theoretical, fixed, paid] = [item.theoretical, item.fixed, item.paid].map((sum) => (sum === null ? null : writeAmount(sum)));
  return { on: standing.on, item: item.id, state: item.state, expiry: item.expiry, units: item.units, theoretical, fixed, paid };
}

/** Each delivery rests on the version, the head and the rulebook of its moment, and showed what they give; its reasons in order. */
async function reasonsOf(desk: Desk, heads: ReadonlyMap<Instant, string>): Promise<readonly Reason[]> {
  const reasons: Reason[] = [];
  for (const delivery of await deliveries(desk)) {
    const { basis, claimedAt } = delivery;
    const matter = knownAt((await desk.register.matter(KEY))!, claimedAt)!;
    expect(basis).toMatchObject({ place: ONE, stream: KEY, version: matter.events.length + matter.filled.length, rulebook: rulebook() });
    expect(basis.head).toBe(heads.get(claimedAt));
    expect(basis.shown).toMatchObject(await recomputed(desk, delivery));
    reasons.push(basis.reason);
  }
  return reasons;
}

/** Ticks at those moments, and remembers the register's head at each. */
async function tickAt(desk: Desk, heads: Map<Instant, string>, ...texts: readonly string[]) {
  for (const text of texts) {
    heads.set(moment(text), (await desk.store.ledger.head()).hash);
    await desk.tickAt(moment(text));
  }
}

test("stage-reached, deadline-moved, total, event-recorded, corrected: each with the figures of its own day", async () => {
  const desk = await deskWith();
  const heads = new Map<Instant, string>();
  await tickAt(desk, heads, `2024-02-20${NINE}`);
  desk.clock.set(moment("2024-02-28T10:00"));
  await tickAt(desk, heads, "2024-02-28T10:00");
  desk.clock.set(moment("2024-02-28T11:00"));
  await desk.record(KEY, { id: "x1", on: "2024-02-28", type: "extended", by: "P5D" });
  await tickAt(desk, heads, "2024-02-28T12:00", "2024-03-14T09:00", `2024-03-20${NINE}`);
  desk.clock.set(moment("2024-03-20T10:00"));
  await desk.record(KEY, { id: "x2", on: "2024-03-19", type: "paid", amount: "100", for: "a" });
  await tickAt(desk, heads, "2024-03-20T11:00");
  desk.clock.set(moment("2024-03-20T12:00"));
  await desk.record(KEY, { on: "2024-03-20", type: "corrected", event: "x2", set: { amount: "150" }, because: "the slip says 150" });
  await tickAt(desk, heads, "2024-03-20T13:00");
  const said = (await deliveries(desk)).map(({ basis }) => `${basis.kind} ${basis.reason}`);
  expect(said).toEqual([
    "reminder stage-reached",
    "reminder stage-reached",
    "event deadline-moved",
    "reminder deadline-moved",
    "reminder stage-reached",
    "total total",
    "event event-recorded",
    "correction corrected",
  ]);
  expect(new Set(await reasonsOf(desk, heads)).size).toBe(5);
  const [total] = (await deliveries(desk)).filter(({ basis }) => basis.kind === "total");
  expect((total!.basis.shown as Figures).theoretical).not.toBe("0.00");
});

test("cap-near and cap-reached, with the units and the sum at which they were said", async () => {
  const items = orderWith({ penalty: { rate: "100", per: "day", cap: { amount: "1000" } } });
  const desk = await deskWith(items);
  const heads = new Map<Instant, string>();
  for (let day = 1; day <= 25; day++) await tickAt(desk, heads, `2024-03-${String(day).padStart(2, "0")}${NINE}`);
  const reasons = await reasonsOf(desk, heads);
  expect(reasons.filter((reason) => reason === "cap-near" || reason === "cap-reached")).toEqual(["cap-near", "cap-reached"]);
  const capped = (await deliveries(desk)).find(({ basis }) => basis.reason === "cap-reached")!;
  expect(capped.basis.shown).toMatchObject({ state: "capped", units: 10, theoretical: "1000.00" });
});

test.each([
  ["a place whose hours open after the authority's midnight", { zone: "Asia/Tokyo", quiet: { from: "17:00", to: "09:00" } }],
  ["a place that is spoken to in the first hours of the night", { quiet: { from: "08:00", to: "00:00" } }],
  ["a place that is closed from the day on which it comes near to the next", { weekdays: [1, 2, 3, 4] }],
] as const)("cap-near, once, in %s", async (_where, settings) => {
  const desk = await deskOfTest();
  // Near on Sunday 24 March, reached on the 26th.
  await desk.hold(orderWith({ penalty: { rate: "100", per: "day", cap: { amount: "2000" } } }));
  await desk.watch(ONE, { ...NO_DIGEST, ...settings });
  await desk.runUntil(moment("2024-03-28T12:00"), 30);
  const near = (await deliveries(desk)).filter(({ basis }) => basis.reason === "cap-near");
  expect(near).toHaveLength(1);
});

test("overdue, of an order without a penalty, the day after its end", async () => {
  const desk = await deskWith({ items: [{ id: "a", cure: ORDER.items[0].cure }] });
  const heads = new Map<Instant, string>();
  await tickAt(desk, heads, `2024-03-05${NINE}`, `2024-03-06${NINE}`, `2024-03-07${NINE}`);
  expect(await reasonsOf(desk, heads)).toEqual(["stage-reached", "overdue"]);
});

test("escalated, with the figures of the hour at which it goes on, not of that at which it was said first", async () => {
  const desk = await deskOfTest();
  await desk.hold();
  await desk.watch(ONE, { ...NO_DIGEST, escalation: { to: TWO, afterMinutes: 60 } });
  await desk.tickAt(moment(`2024-02-20${NINE}`));
  desk.clock.set(moment("2024-02-20T08:30"));
  await desk.record(KEY, { on: "2024-02-19", type: "paid", amount: "10", for: "a" });
  await desk.tickAt(moment("2024-02-20T09:00"));
  const [told] = await deliveries(desk, TWO);
  expect(told!.basis).toMatchObject({ reason: "escalated", version: 2, head: (await desk.store.ledger.head()).hash, rulebook: rulebook() });
  expect(told!.basis.shown).toMatchObject(await recomputed(desk, told!));
});

test("digest, with the running sums by currency, and dead-letter, with the letters that it names", async () => {
  const desk = await deskOfTest(({ to }) =>
    to === ONE ? { ok: false, retry: "never", reason: "gone" } : { ok: true, posted: "memory:x" as never },
  );
  desk.operations.place = TWO;
  await desk.hold();
  await desk.watch(ONE, NO_DIGEST);
  await desk.watch("memory:three", { reminders: false });
  for (const minute of [0, 1]) await desk.tickAt(later(moment(`2024-03-12${NINE}`), minute));
  const head = (await desk.store.ledger.head()).hash;
  const known = await desk.store.deliveries.known(desk.posts.map(({ key }) => key));
  const of = (kind: string): readonly Basis[] => [...known.values()].map(({ basis }) => basis).filter((basis) => basis.kind === kind);
  const shared = { stream: null, version: null, head, rulebook: rulebook() };
  expect(of("digest")).toMatchObject([
    { ...shared, reason: "digest", shown: { day: "2024-03-12", running: [{ currency: "EUR", theoretical: "600.00" }] } },
  ]);
  const [letter] = await deliveries(desk);
  expect(of("dead-letter")).toMatchObject([
    { ...shared, place: TWO, reason: "dead-letter", shown: { place: ONE, letters: [letter!.key] } },
  ]);
});
