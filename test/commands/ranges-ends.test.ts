import { describe, expect, test } from "vitest";
import type { Instant } from "../../src/time/instant.ts";
import { type Session, sessionOfTest } from "../support/session.ts";
import { textOf } from "./places.ts";

/** Notified between 13 and 15 January 2025, one month: from the earliest day delay begins on 14 February, from the latest on the 16th. */
const cure = { period: "P1M", from: "notified", rule: "cure" };
const PLAIN = { id: "a", cure, penalty: { rate: "100", per: "day" } };
/**
 * Five days in all, and 300 a day from 19 February: from the earliest day full on the 18th with 500, from the latest it has 300 by then, 600 by the
 * 19th and is full on the 20th with 900.
 */
const STEPPED = { id: "s", cure, penalty: { rate: "100", per: "day", steps: [{ from: "2025-02-19", rate: "300" }], cap: { units: 5 } } };
const EUR = (amount: string) => ({ amount, currency: "EUR" });

function order(number: string, items: readonly object[], more: object = {}): object {
  return {
    ref: `SAN-2025-${number}`,
    authority: "CNIL",
    respondent: "Exemple SA",
    kind: "sanction",
    decided: "2024-06-01",
    notified: { between: ["2025-01-13", "2025-01-15"] },
    items,
    ...more,
  };
}

async function sessionWith(...orders: readonly object[]): Promise<Session> {
  const session = await sessionOfTest();
  await session.bring(...orders);
  session.clock.set("2025-06-01T09:00:00.000Z" as Instant);
  return session;
}

async function read(session: Session, line: string): Promise<string> {
  return textOf(await session.type(line));
}

/**
 * b runs from 20 February whenever the order was notified. Of 2,000 in common a has 600 by the 19th if that was on the earliest day: the rest is full
 * in 7 days, a 1,300 and b 700; notified on the latest it has 400, and 8 days are left: a 1,200 and b 800.
 */
const JOINT = order(
  "031",
  [PLAIN, { id: "b", cure: { until: "2025-02-19", because: "set in the order" }, penalty: { rate: "100", per: "day" } }],
  { jointCap: { items: ["a", "b"], amount: "2000" } },
);

describe("the ends of a range of which the earliest day gives the lower one", () => {
  test("stand in order in the matter's card, sums and days alike", async () => {
    const session = await sessionWith(JOINT);
    const text = await read(session, "show SAN-2025-031 --on 2025-03-10");
    expect(text).toContain("between EUR 1,200 and EUR 1,300 (12 to 13 days)");
    expect(text).toContain("between EUR 700 and EUR 800 (7 to 8 days)");
  });

  test("stand in order in what `why` says", async () => {
    const session = await sessionWith(JOINT);
    expect(await read(session, "why SAN-2025-031 b --on 2025-03-10")).toContain("it is between EUR 700 and EUR 800");
  });

  test("are told by `why` of one number of days, too: 5 are 500 or 900", async () => {
    const session = await sessionWith(order("032", [STEPPED]));
    expect(await read(session, "why SAN-2025-032 --on 2025-03-10")).toContain("it is between EUR 500 and EUR 900");
  });

  test("stand in order in the CSV: the higher one in the columns that are for it", async () => {
    const session = await sessionWith(JOINT);
    const { text } = await session.ask<{ text: string }>("export --format csv --on 2025-03-10");
    const [header, , row] = text.split("\r\n").map((line) => line.split(","));
    const columns = ["item", "units", "theoretical", "open", "units_max", "theoretical_max", "open_max"];
    expect(columns.map((name) => row![header!.indexOf(name)])).toEqual(["b", "7", "700.00", "700.00", "8", "800.00", "800.00"]);
  });

  test("have the lower one drawn: 500 by 10 March, not 900", async () => {
    const session = await sessionWith(order("032", [STEPPED]));
    const { cards } = (await session.type("chart SAN-2025-032 --on 2025-03-10")) as unknown as {
      cards: readonly { blocks: readonly { kind: string; points?: readonly { value: number }[] }[] }[];
    };
    expect(cards[0]!.blocks.find(({ kind }) => kind === "chart")?.points?.at(-1)?.value).toBe(500);
  });
});

/** By 19 February 500 or 600 of the one, 600 or 400 of the other. On the 19th itself the one has had nothing or 300, the other 100. */
describe("a digest of matters that were notified within windows of their own", () => {
  test("runs from the least of each to the most of each: 500 and 400, 600 and 600", async () => {
    const session = await sessionWith(order("032", [STEPPED]), order("033", [PLAIN]));
    const line = "digest --on 2025-02-20";
    expect(await read(session, line)).toContain("between 900 and 1,200 (+300 at the lower end, +200 at the upper end)");
    expect(await session.ask(line)).toMatchObject({
      running: [
        {
          theoretical: "900.00",
          theoreticalMax: "1200.00",
          change: "300.00",
          changeMax: "200.00",
          byRegime: [{ theoretical: "900.00", theoreticalMax: "1200.00" }],
        },
      ],
    });
  });

  test("adds the items of one matter by the day on which both were notified: 500 and 600, 600 and 400", async () => {
    const session = await sessionWith(order("034", [STEPPED, PLAIN]));
    expect(await read(session, "digest --on 2025-02-20")).toContain(
      "between 1,000 and 1,100 (+400 at the lower end, +100 at the upper end)",
    );
  });

  test("has stopped, and stands, from the least of each to the most of each", async () => {
    const events = [{ on: "2025-02-20", type: "stayed" }];
    const session = await sessionWith(order("032", [STEPPED], { events }), order("033", [PLAIN], { events }));
    // In the digest before, by 18 February: 500 or 300, and 500 or 300.
    expect(await read(session, "digest --on 2025-02-20")).toContain(
      "2 matters no longer run: between 900 and 1,200 (between 600 and 1,000 before)",
    );
    expect(await read(session, "digest --on 2025-02-21")).toContain(
      "theoretical between 900 and 1,200 (not owed until the authority fixes it), still open between 900 and 1,200",
    );
  });

  test("stands with one sum where a cap in common is full whenever it was notified", async () => {
    const session = await sessionWith(JOINT);
    expect(await session.ask("show SAN-2025-031 --on 2025-03-10")).toMatchObject({
      items: [{ theoreticalMax: EUR("1300.00") }, { theoretical: EUR("800.00"), theoreticalMax: EUR("700.00") }],
    });
    expect(await read(session, "digest --on 2025-03-11")).toContain(
      "theoretical 2,000 (not owed until the authority fixes it), still open 2,000,",
    );
  });
});

test("what a number of days set by hand rests on is told by `cost` without a sum where the notification is known within a window", async () => {
  const penalty = { rate: "100", per: "day", steps: [{ from: "2025-03-01", rate: "200" }] };
  const events = [{ on: "2025-03-01", type: "overridden", item: "a", what: "units", value: 20, because: "counted by the authority" }];
  const session = await sessionWith(order("035", [{ ...PLAIN, penalty }], { events }));
  const text = await read(session, "cost SAN-2025-035 --comply 2025-03-10 --on 2025-03-05");
  // The 20 are 13 or 15 days of February at 100, and the others at 200; were all of them at 200, both would be 4,000.
  expect(text).toContain("Assumed: of the number set by hand on Sat 1 Mar 2025");
  expect(text).not.toContain("if all took");
});
