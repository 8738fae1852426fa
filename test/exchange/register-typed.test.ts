import { describe, expect, test } from "vitest";
import { sessionOfTest } from "../support/session.ts";

const ORDER = 'register BFDI A-1 "Exemple GmbH" --kind order --decided 2024-09-30 --notified 2024-10-01 --period P1M --rule de-bgb';
const FACTS = { ref: "A-1", authority: "BFDI", respondent: "Exemple GmbH", kind: "order", decided: "2024-09-30", notified: "2024-10-01" };
const CURE = { period: "P1M", from: "notified", rule: "de-bgb" };

/** A clock as it is typed, and as a file holds it. */
const CLOCKS: readonly (readonly [string, object])[] = [
  ["appeal:P1M", { from: "notified" }],
  ["appeal:P1M:expiry:de-bgb", { from: "expiry", rule: "de-bgb" }],
  ["appeal:P1M:notified:de-bgb:DE-NW", { from: "notified", rule: "de-bgb", calendar: "DE-NW" }],
  ["appeal:P1M::de-bgb:DE-BE", { from: "notified", rule: "de-bgb", calendar: "DE-BE" }],
  ["appeal:P1M:2024-10-02::DE-BY", { from: "2024-10-02", calendar: "DE-BY" }],
  ["appeal:P1M+P14D:2024-10-02T14:05:de-bgb", { period: ["P1M", "P14D"], from: "2024-10-02T14:05", rule: "de-bgb" }],
  ["appeal:P1M:appeal:P28D:de-bgb:DE-NW", { from: { appeal: "P28D" }, rule: "de-bgb", calendar: "DE-NW" }],
];

describe("a clock that is typed", () => {
  test.each(CLOCKS)("%s is what a file says", async (typed, fields) => {
    const filed = await sessionOfTest();
    const clock = { id: "appeal", kind: "appeal", period: "P1M", ...fields };
    expect((await filed.bring({ ...FACTS, items: [{ id: "order", cure: CURE, clocks: [clock] }] })).codes).toEqual([]);
    const session = await sessionOfTest();
    await session.ask(`${ORDER} --clock ${typed}`);
    expect(await session.ask("export --format json")).toEqual(await filed.ask("export --format json"));
    expect(await session.ask("list")).toEqual(await filed.ask("list"));
  });

  test("and an appeal period with a rule of its own, from whose end the time runs, is what a file says", async () => {
    const filed = await sessionOfTest();
    const from = { appeal: "P28D", rule: "uk-grc" };
    await filed.bring({ ...FACTS, items: [{ id: "order", cure: { ...CURE, from } }] });
    const session = await sessionOfTest();
    await session.ask(`${ORDER} --from appeal:P28D:uk-grc`);
    expect(await session.ask("export --format json")).toEqual(await filed.ask("export --format json"));
  });

  test("counts with the holidays of the place that it names", async () => {
    const { ask } = await sessionOfTest();
    await ask(`${ORDER} --calendar DE-NW --clock appeal:P1M::de-bgb:DE-NW --clock objection:P1M::de-bgb:DE-BE`);
    const { text } = await ask<{ text: string }>("export --format ics --on 2024-10-02");
    const day = (id: string) =>
      new RegExp(`UID:BFDI:A-1#order-${id}@[\\s\\S]*?DTSTART;VALUE=DATE:(\\d+)`).exec(text.replaceAll("\r\n ", ""))?.[1];
    // All Saints' Day is a holiday in North Rhine-Westphalia, not in Berlin.
    expect([day("expiry"), day("appeal"), day("objection")]).toEqual(["20241104", "20241104", "20241101"]);
  });
});

/** Options that make no sense, or not with one another, and the place that the refusal names. */
const REFUSED: readonly (readonly [string, string])[] = [
  ["--clock appeal:P1M::de-bgb:DE-XX", "--clock: "],
  ["--clock appeal:P1M::de-bgb:FR", "--clock: "],
  ["--clock appeal:P1M::de-bgb:de-nw", "--clock: "],
  ["--clock appeal:P1M::de-bgb:DE-NW:more", "--clock: "],
  ["--clock appeal:P1M::nonsense", "--clock: "],
  ["--clock appeal:P1M:item:order", "--clock: "],
  ["--clock appeal", "--clock: "],
  ["--clock wrong:P1M", "--clock: "],
  ["--until 2024-12-01", "--until: "],
  ["--because asked", "--because: "],
  ["--notified-at 10:00 --notified-to 2024-10-03", "--notified-at: "],
];

describe("what is typed and makes no sense is refused, and nothing of it is left out in silence", () => {
  test.each(REFUSED)("%s", async (options, place) => {
    const session = await sessionOfTest();
    const { status, errors } = await session.type(`${ORDER} ${options}`);
    expect([status, errors.join()]).toEqual([expect.toBeOneOf([1, 2]), expect.stringContaining(place)]);
    expect(await session.store.ledger.head()).toMatchObject({ events: 0 });
  });

  test.each(["--calendar DE-NW", "--sticky-month-end", "--rule de-bgb", "--from decided"])("%s without a period", async (options) => {
    const session = await sessionOfTest();
    const { status, errors } = await session.type(`register BFDI A-1 "Exemple GmbH" --kind order --decided 2024-09-30 ${options}`);
    expect([status, errors.join()]).toEqual([2, expect.stringContaining("--period: ")]);
  });
});
