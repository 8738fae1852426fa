import { describe, expect, test } from "vitest";
import { ORDER, orderWith } from "../support/given.ts";
import { type Session, sessionOfTest } from "../support/session.ts";

const UNCHANGED = { registered: [], updated: [], unchanged: [ORDER.ref] };
const UPDATED = { registered: [], updated: [ORDER.ref], unchanged: [] };
const PENALTY = { rate: "100", per: "day" };

async function holding(matter: object): Promise<Session> {
  const session = await sessionOfTest();
  expect((await session.bring(matter)).answer).toMatchObject({ registered: [ORDER.ref] });
  return session;
}

/** Brings the first, then the second: nothing is recorded, whichever comes first. */
async function expectSame(one: object, other: object): Promise<void> {
  for (const [first, second] of [
    [one, other],
    [other, one],
  ] as const) {
    const session = await holding(first);
    const before = await session.head();
    expect((await session.bring(second)).answer).toMatchObject(UNCHANGED);
    expect(await session.head()).toBe(before);
  }
}

/** The facts as the register holds them. */
async function factsIn(session: Session): Promise<Readonly<Record<string, unknown>>> {
  const { matters } = await session.ask<{ matters: Record<string, unknown>[] }>("export --format json");
  return matters[0]!;
}

describe("another spelling of the same is no change", () => {
  test("sums by their value, in facts and in events", async () => {
    const facts = (digits: string) =>
      orderWith(
        {
          penalty: { rate: `9${digits}`, per: "day", cap: { amount: `900${digits}` }, steps: [{ from: "2024-06-01", rate: `8${digits}` }] },
        },
        {
          fines: [{ id: "f", amount: `5000${digits}` }],
          events: [
            { on: "2024-04-10", type: "liquidated", from: "2024-03-06", to: "2024-03-19", amount: `126${digits}`, ref: "L-1" },
            { on: "2024-05-02", type: "paid", amount: `9${digits}`, for: "a" },
            { on: "2024-05-03", type: "reduced", for: "L-1", to: `100${digits}` },
            { on: "2024-05-04", type: "rate-changed", rate: `7${digits}` },
          ],
        },
      );
    await expectSame(facts(""), facts(".00"));
    await expectSame(facts(".0"), facts(".00"));
  });

  test("an item, a target and a counted day that go without saying", async () => {
    const events = (named: boolean) => [
      { on: "2024-03-15", type: "complied", ...(named ? { item: "a", counted: true } : {}) },
      { on: "2024-03-20", type: "rejected", ...(named ? { item: "a" } : {}) },
      { on: "2024-05-02", type: "paid", amount: "9", ...(named ? { for: "a", item: "a" } : {}) },
      { on: "2024-05-03", type: "stayed", ...(named ? { scope: "accrual", item: "a" } : {}) },
      { on: "2024-05-04", type: "resumed", ...(named ? { with: "remainder" } : {}) },
      { on: "2024-05-05", type: "settled", ...(named ? { counted: true, item: "a" } : {}) },
    ];
    await expectSame({ ...ORDER, events: events(true) }, { ...ORDER, events: events(false) });
  });

  test("also where they were typed by hand", async () => {
    const session = await holding(ORDER);
    await session.ask(`complied ${ORDER.ref} --on 2024-03-15`);
    await session.ask(`paid ${ORDER.ref} --on 2024-05-02 --amount 9`);
    const events = [
      { on: "2024-03-15", type: "complied", item: "a", counted: true },
      { on: "2024-05-02", type: "paid", amount: "9.00", for: "a" },
    ];
    expect((await session.bring({ ...ORDER, events })).answer).toMatchObject(UNCHANGED);
  });

  test("tags and links in another order", async () => {
    const [one, other] = ["https://example.org/1", "https://example.org/2"];
    await expectSame(
      { ...ORDER, tags: ["dpo", "commune"], links: [one, other] },
      { ...ORDER, tags: ["commune", "dpo"], links: [other, one] },
    );
  });

  test.each([
    ["the currency of the authority", { currency: "EUR" }, {}],
    ["the notification as the start", {}, { from: "notified" }],
    ["the rule of the authority", {}, { rule: "cure" }],
    ["no sticking to the month's end", {}, { stickyMonthEnd: false }],
  ])("a default that is written out: %s", async (_name, facts, cure) => {
    await expectSame(orderWith({ cure: { period: "P2M" } }), orderWith({ cure: { period: "P2M", ...cure } }, facts));
  });

  test("counting that is written out as it is", async () => {
    await expectSame(ORDER, orderWith({ penalty: { ...PENALTY, counting: "inclusive" } }));
  });
});

describe("what says more is an update, and takes nothing away", () => {
  test("a narrower window of notification, and a wider one is refused", async () => {
    const window = (from: string, to: string) => ({ ...ORDER, notified: { between: [from, to] } });
    const session = await holding(window("2024-01-03", "2024-01-10"));
    expect((await session.bring(window("2024-01-04", "2024-01-09"))).answer).toMatchObject(UPDATED);
    expect(await factsIn(session)).toMatchObject({ notified: { between: ["2024-01-04", "2024-01-09"] } });
    expect((await session.bring(window("2024-01-04", "2024-01-09"))).answer).toMatchObject(UNCHANGED);
    const before = await session.head();
    for (const wider of [window("2024-01-03", "2024-01-09"), window("2024-01-04", "2024-01-10")])
      expect(await session.bring(wider)).toMatchObject({ status: 1, codes: [expect.stringMatching(/^fact-/)] });
    expect(await session.head()).toBe(before);
  });

  test("a bare day leaves the source of the day that is known", async () => {
    const decided = { day: "2024-01-02", source: "https://example.org/decision" };
    const notified = { day: "2024-01-05", source: "https://example.org/notice" };
    const session = await holding({ ...ORDER, decided, notified });
    expect((await session.bring(ORDER)).answer).toMatchObject(UNCHANGED);
    expect((await session.bring({ ...ORDER, tags: ["dpo"] })).answer).toMatchObject(UPDATED);
    expect(await factsIn(session)).toMatchObject({ decided, notified, tags: ["dpo"] });
  });

  test("defaults left out beside a new fact keep what is known", async () => {
    const session = await holding({ ...ORDER, currency: "EUR" });
    const barely = orderWith({ cure: { period: "P2M" } }, { tags: ["dpo"] });
    expect((await session.bring(barely)).answer).toMatchObject(UPDATED);
    expect(await factsIn(session)).toMatchObject({ currency: "EUR", items: ORDER.items, tags: ["dpo"] });
  });
});

describe("what is not the default contradicts what went without saying", () => {
  const BARE = orderWith({ cure: { period: "P2M" } });

  test.each([
    ["another rule", orderWith({ cure: { period: "P2M", rule: "fr-franc" } })],
    ["another start", orderWith({ cure: { period: "P2M", from: "decided" } })],
    ["another currency", { ...BARE, currency: "USD" }],
    ["another counting", orderWith({ cure: { period: "P2M" }, penalty: { ...PENALTY, counting: "exclusive-last" } })],
  ])("%s is refused, and nothing is recorded", async (_name, changed) => {
    const session = await holding(BARE);
    const before = await session.head();
    const { status, codes } = await session.bring(changed);
    expect([status, codes]).toEqual([1, ["fact-changed"]]);
    expect(await session.head()).toBe(before);
  });

  test("a rule where the authority has none is filled in", async () => {
    const session = await holding({ ...BARE, authority: "ICO" });
    const named = { ...orderWith({ cure: { period: "P2M", rule: "fr-franc" } }), authority: "ICO" };
    expect((await session.bring(named)).answer).toMatchObject(UPDATED);
    expect((await session.bring(named)).answer).toMatchObject(UNCHANGED);
  });

  test("an event that says it otherwise is another event, and the first is missed", async () => {
    const session = await holding({ ...ORDER, events: [{ on: "2024-03-15", type: "complied" }] });
    const uncounted = { on: "2024-03-15", type: "complied", counted: false };
    expect((await session.bring({ ...ORDER, events: [uncounted] })).codes).toContain("event-dropped");
  });
});
