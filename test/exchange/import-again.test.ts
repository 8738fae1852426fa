import { describe, expect, test } from "vitest";
import { ORDER } from "../support/given.ts";
import { type Session, sessionOfTest } from "../support/session.ts";

const CLAIM = { on: "2024-03-15", type: "complied", item: "a" };
const PAID = { on: "2024-05-02", type: "paid", amount: "100", for: "a" };

/** A register that holds the order with some events, imported. */
async function holding(...events: readonly object[]): Promise<Session> {
  const session = await sessionOfTest();
  expect((await session.bring({ ...ORDER, events })).answer).toMatchObject({ registered: [ORDER.ref] });
  return session;
}

async function eventsOf(session: Session): Promise<readonly string[]> {
  const { events } = await session.ask<{ events: { id: string; type: string }[] }>(`history ${ORDER.ref}`);
  return events.map(({ type }) => type).filter((type) => type !== "registered" && type !== "facts-filled");
}

describe("a file that is imported again", () => {
  test("and has not changed records nothing", async () => {
    const session = await holding(CLAIM, PAID);
    const before = await session.head();
    expect((await session.bring({ ...ORDER, events: [CLAIM, PAID] })).answer).toMatchObject({
      registered: [],
      updated: [],
      unchanged: [ORDER.ref],
    });
    expect(await session.head()).toBe(before);
  });

  test("knows its matter by authority and number, however they are spelt", async () => {
    const session = await holding();
    expect((await session.bring({ ...ORDER, authority: "cnil" })).answer).toMatchObject({ unchanged: [ORDER.ref] });
    expect((await session.bring({ ...ORDER, ref: "san 2024 001" })).codes).toEqual(["fact-changed"]);
  });

  test("and has a new event records that event alone", async () => {
    const session = await holding(CLAIM);
    expect((await session.bring({ ...ORDER, events: [CLAIM, PAID] })).answer).toMatchObject({ updated: [ORDER.ref] });
    expect(await eventsOf(session)).toEqual(["complied", "paid"]);
  });

  test("with other addressees is another matter under the same number", async () => {
    const session = await holding();
    expect((await session.bring({ ...ORDER, addressee: "google-llc" })).answer).toMatchObject({ registered: [`${ORDER.ref}/google-llc`] });
    expect(await session.type(`show ${ORDER.ref}/google-llc`)).toMatchObject({ status: 0 });
  });
});

describe("filling in what was missing is an update", () => {
  const { notified: _, ...DRAFT } = ORDER;

  test.each([
    ["the notification", DRAFT, ORDER],
    ["the day within a window", { ...ORDER, notified: { between: ["2024-01-03", "2024-01-10"] } }, ORDER],
    ["a source to a day", ORDER, { ...ORDER, decided: { day: "2024-01-02", source: "https://example.org/decision" } }],
    [
      "an amount that was unknown",
      { ...ORDER, fines: [{ id: "f", amount: "unknown" }] },
      { ...ORDER, fines: [{ id: "f", amount: "5000" }] },
    ],
    ["the penalty of an item", { ...ORDER, items: [{ id: "a", cure: ORDER.items[0].cure }] }, ORDER],
    ["another item", ORDER, { ...ORDER, items: [...ORDER.items, { id: "b" }] }],
    ["a link and a tag", { ...ORDER, tags: ["dpo"] }, { ...ORDER, tags: ["dpo", "commune"], links: ["https://example.org"] }],
  ])("%s", async (_name, before, after) => {
    const session = await sessionOfTest();
    await session.bring(before);
    expect((await session.bring(after)).answer).toMatchObject({ registered: [], updated: [ORDER.ref], unchanged: [] });
    expect((await session.bring(after)).answer).toMatchObject({ updated: [], unchanged: [ORDER.ref] });
    expect(await session.type("verify")).toMatchObject({ status: 0 });
  });
});

describe("changing or dropping what is known is refused, and names corrected", () => {
  test.each([
    ["another day of notification", { ...ORDER, notified: "2024-01-06" }, "fact-changed"],
    ["another rate", { ...ORDER, items: [{ ...ORDER.items[0], penalty: { rate: "150", per: "day" } }] }, "fact-changed"],
    ["another respondent", { ...ORDER, respondent: "Autre SA" }, "fact-changed"],
    ["no notification", { ...ORDER, notified: undefined }, "fact-dropped"],
    ["no items", { ...ORDER, items: undefined }, "fact-dropped"],
    ["another item instead", { ...ORDER, items: [{ ...ORDER.items[0], id: "b" }] }, "fact-dropped"],
  ])("%s", async (_name, changed, code) => {
    const session = await holding();
    const before = await session.head();
    const { status, answer, codes } = await session.bring(changed);
    expect([status, codes]).toEqual([1, [code]]);
    expect(answer.error?.text).toContain("corrected");
    expect(await session.head()).toBe(before);
  });

  test("a day outside of the known window", async () => {
    const session = await sessionOfTest();
    await session.bring({ ...ORDER, notified: { between: ["2024-01-03", "2024-01-10"] } });
    expect((await session.bring({ ...ORDER, notified: "2024-01-11" })).codes).toEqual(["fact-changed"]);
  });

  test("an event that was imported and is gone", async () => {
    const session = await holding(CLAIM, PAID);
    const { codes, answer } = await session.bring({ ...ORDER, events: [CLAIM] });
    expect(codes).toEqual(["event-dropped"]);
    expect(answer.error?.text).toMatch(/paid.*2024.*corrected/);
  });

  test("an event of the same id with another sum", async () => {
    const session = await holding({ ...PAID, id: "p" });
    expect((await session.bring({ ...ORDER, events: [{ ...PAID, id: "p", amount: "200" }] })).codes).toEqual(["event-changed"]);
  });

  test("one wrong matter keeps the others of the call out too", async () => {
    const session = await holding();
    const before = await session.head();
    const { codes } = await session.bring({ ...ORDER, notified: "2024-01-06" }, { ...ORDER, ref: "SAN-2024-002" });
    expect([codes, await session.head()]).toEqual([["fact-changed"], before]);
    expect(await session.type("show SAN-2024-002")).toMatchObject({ status: 1 });
  });
});

describe("an event is known again", () => {
  test("by all its fields but source and note", async () => {
    const session = await holding({ ...PAID, note: "by cheque" });
    const again = { ...PAID, note: "by transfer", source: "https://example.org" };
    expect((await session.bring({ ...ORDER, events: [again] })).answer).toMatchObject({ unchanged: [ORDER.ref] });
  });

  test("when it was typed by hand before it stood in the file", async () => {
    const session = await holding();
    await session.ask(`complied ${ORDER.ref} --on 2024-03-15 --item a`);
    expect((await session.bring({ ...ORDER, events: [CLAIM] })).answer).toMatchObject({ unchanged: [ORDER.ref] });
    expect(await eventsOf(session)).toEqual(["complied"]);
  });

  test("as often as it happened: two equal payments are two", async () => {
    const session = await holding(PAID);
    expect((await session.bring({ ...ORDER, events: [PAID, PAID] })).answer).toMatchObject({ updated: [ORDER.ref] });
    expect((await session.bring({ ...ORDER, events: [PAID, PAID] })).answer).toMatchObject({ unchanged: [ORDER.ref] });
    expect(await eventsOf(session)).toEqual(["paid", "paid"]);
    expect((await session.bring({ ...ORDER, events: [PAID] })).codes).toEqual(["event-dropped"]);
  });

  test("an event typed by hand that the file does not have is no contradiction", async () => {
    const session = await holding(CLAIM);
    await session.ask(`paid ${ORDER.ref} --on 2024-05-02 --amount 100 --for a`);
    expect((await session.bring({ ...ORDER, events: [CLAIM] })).answer).toMatchObject({ unchanged: [ORDER.ref] });
  });

  test("corrected: as it was and as it was mended, and gone when it was voided", async () => {
    const session = await holding({ ...PAID, id: "p" });
    await session.ask(`corrected ${ORDER.ref} --on 2024-06-01 --event p --set amount=120 --because "typed wrongly"`);
    expect((await session.bring({ ...ORDER, events: [{ ...PAID, id: "p", amount: "120" }] })).answer).toMatchObject({
      unchanged: [ORDER.ref],
    });
    expect((await session.bring({ ...ORDER, events: [{ ...PAID, id: "p" }] })).answer).toMatchObject({ unchanged: [ORDER.ref] });
    await session.ask(`corrected ${ORDER.ref} --on 2024-06-02 --event p --void --because "never paid"`);
    expect((await session.bring({ ...ORDER, events: [] })).answer).toMatchObject({ unchanged: [ORDER.ref] });
  });
});

test("what is exported as JSON is unchanged when it is imported again, and makes the same register elsewhere", async () => {
  const session = await holding(CLAIM, PAID);
  const file = await session.ask<{ matters: object[] }>("export --format json");
  expect((await session.bring(...file.matters)).answer).toMatchObject({ unchanged: [ORDER.ref] });
  const elsewhere = await sessionOfTest();
  await elsewhere.bring(...file.matters);
  const shown = `show ${ORDER.ref} --on 2024-06-01`;
  expect(await elsewhere.ask(shown)).toEqual(await session.ask(shown));
});
