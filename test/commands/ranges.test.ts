import { describe, expect, test } from "vitest";
import type { Instant } from "../../src/time/instant.ts";
import { type Session, sessionOfTest } from "../support/session.ts";
import { textOf } from "./places.ts";

/**
 * Notified between 13 and 15 January 2025, one month, EUR 100 a day: from the earliest day the time ends on 13 February and the 14th is the first
 * day of delay (15 days of February), from the latest on the 15th and the 16th is (13 days of February).
 */
const WITHIN = {
  ref: "SAN-2025-002",
  authority: "CNIL",
  respondent: "Exemple SA",
  kind: "sanction",
  decided: "2024-06-01",
  notified: { between: ["2025-01-13", "2025-01-15"] },
  items: [{ id: "a", cure: { period: "P1M", from: "notified", rule: "cure" }, penalty: { rate: "100", per: "day" } }],
};
const EUR = (amount: string) => ({ amount, currency: "EUR" });

async function sessionWith(order: object, moment = "2025-06-01T09:00:00.000Z"): Promise<Session> {
  const session = await sessionOfTest();
  await session.bring(order);
  session.clock.set(moment as Instant);
  return session;
}

async function read(session: Session, line: string): Promise<string> {
  return textOf(await session.type(line));
}

describe("a notification that is known within a window", () => {
  test("leaves open a range, as nothing was fixed: 24 and 26 days by 11 March", async () => {
    const session = await sessionWith(WITHIN);
    const line = "show SAN-2025-002 --on 2025-03-11";
    expect(await read(session, line)).toContain("still open between EUR 2,400 and EUR 2,600");
    expect((await session.ask<{ items: object[] }>(line)).items).toMatchObject([{ open: EUR("2400.00"), openMax: EUR("2600.00") }]);
  });

  test("leaves open what lies outside a liquidated window in both readings: 10 days less in each", async () => {
    const events = [{ on: "2025-03-05", type: "liquidated", item: "a", from: "2025-02-19", to: "2025-02-28", amount: "1000" }];
    const session = await sessionWith({ ...WITHIN, events });
    expect(await read(session, "show SAN-2025-002 --on 2025-03-11")).toContain("still open between EUR 1,400 and EUR 1,600");
  });

  test("costs a range: 24 and 26 days by 11 March, 100 more on the day after in both", async () => {
    const session = await sessionWith(WITHIN);
    const line = "cost SAN-2025-002 --comply 2025-03-11 --on 2025-03-10";
    expect(await read(session, line)).toContain("Tue 11 Mar 2025 · between EUR 2,400 and EUR 2,600 · 24 to 26 days");
    expect(await session.ask(line)).toMatchObject({
      scenarios: [{ units: 24, theoretical: EUR("2400.00"), unitsMax: 26, theoreticalMax: EUR("2600.00") }],
      oneMoreDay: EUR("100.00"),
      oneMoreDayMax: EUR("100.00"),
    });
  });

  test("costs the same range when it is asked before the window has closed", async () => {
    const session = await sessionWith(WITHIN);
    expect(await session.ask("cost SAN-2025-002 --comply 2025-03-11 --on 2025-01-14")).toMatchObject({
      scenarios: [{ units: 24, unitsMax: 26 }],
    });
  });

  test("costs more for a day after both ends: after 14 February the 15th adds nothing in one reading, 100 in the other", async () => {
    const session = await sessionWith(WITHIN);
    const line = "cost SAN-2025-002 --comply 2025-02-14 --on 2025-02-01";
    expect(await read(session, line)).toContain("One more day after Fri 14 Feb 2025 adds between EUR 0.00 and EUR 100");
    expect(await session.ask(line)).toMatchObject({ oneMoreDay: EUR("0.00"), oneMoreDayMax: EUR("100.00") });
  });

  test("fills a cap on one of two days: a thousand is ten days, the 23rd or the 25th of February", async () => {
    const capped = { ...WITHIN, items: [{ ...WITHIN.items[0], penalty: { rate: "100", per: "day", cap: { amount: "1000" } } }] };
    const session = await sessionWith(capped);
    const line = "cost SAN-2025-002 --comply 2025-02-20 --on 2025-02-18";
    expect(await read(session, line)).toContain(
      "If nobody ever complied, the cap would be reached between Sun 23 Feb 2025 and Tue 25 Feb 2025: the duty continues",
    );
    expect(await session.ask(line)).toMatchObject({ capBinds: "2025-02-23", capBindsLatest: "2025-02-25" });
  });

  test("runs as a range in the digest: 23 and 25 days by 10 March", async () => {
    const session = await sessionWith(WITHIN);
    const line = "digest --on 2025-03-11";
    expect(await read(session, line)).toContain("theoretical through yesterday between 2,300 and 2,500 (+100), not owed");
    expect(await session.ask(line)).toMatchObject({
      running: [{ theoretical: "2300.00", theoreticalMax: "2500.00", change: "100.00", byRegime: [{ theoreticalMax: "2500.00" }] }],
    });
  });

  test("changes as a range in the digest while one reading has not begun: by 15 February nothing and two days", async () => {
    const session = await sessionWith(WITHIN);
    expect(await read(session, "digest --on 2025-02-16")).toContain("between 0.00 and 200 (+0.00 at the lower end, +100 at the upper end)");
  });

  test("stands as a range in the digest once it is stayed, and stopped with one: 3 and 5 days by 18 February, one day fewer in the digest before", async () => {
    const session = await sessionWith({ ...WITHIN, events: [{ on: "2025-02-19", type: "stayed" }] });
    expect(await read(session, "digest --on 2025-02-19")).toContain(
      "1 matter no longer runs: between 300 and 500 (between 200 and 400 before)",
    );
    expect(await read(session, "digest --on 2025-02-20")).toContain(
      "theoretical between 300 and 500 (not owed until the authority fixes it), still open between 300 and 500",
    );
  });

  test("is claimed as a range: 3 and 5 days if the claim of 18 February is accepted, at least 10 by the 25th if it is refused", async () => {
    const session = await sessionWith({ ...WITHIN, events: [{ on: "2025-02-18", type: "complied", item: "a" }] });
    expect(await read(session, "show SAN-2025-002 --on 2025-02-25")).toContain(
      "if the claim is accepted between EUR 300 and EUR 500 (3 to 5 days); if it is refused at least EUR 1,000 (10 days)",
    );
    expect(await read(session, "digest --on 2025-02-26")).toContain(
      "if the claim is accepted between 300 and 500, if it is refused at least 1,000",
    );
  });

  test("has its higher figures in columns of their own at the end of the CSV: by 10 March 23 and 25 days", async () => {
    const session = await sessionWith(WITHIN);
    const { text } = await session.ask<{ text: string }>("export --format csv --on 2025-03-10");
    const [header, row] = text.split("\r\n").map((line) => line.split(","));
    expect(header!.slice(-3)).toEqual(["units_max", "theoretical_max", "open_max"]);
    expect(row!.slice(-3)).toEqual(["25", "2500.00", "2500.00"]);
    expect(row![header!.indexOf("units")]).toBe("23");
  });

  test("is drawn with both ends said: 23 and 25 days by 10 March", async () => {
    const session = await sessionWith(WITHIN);
    const line = "chart SAN-2025-002 --on 2025-03-10";
    const text = await read(session, line);
    expect(text).toContain("Theoretical from Fri 14 Feb 2025 through Mon 10 Mar 2025: between EUR 2,300 and EUR 2,500 by the last day");
    expect(text).toContain("The lower of the two sums is drawn");
    const { points } = await session.ask<{ points: object[] }>(line);
    expect(points.at(-1)).toEqual({ day: "2025-03-10", theoretical: EUR("2300.00"), theoreticalMax: EUR("2500.00") });
  });

  test("is drawn while it has run from the earliest day alone: nothing, or two days by 15 February", async () => {
    const session = await sessionWith(WITHIN);
    expect(await read(session, "chart SAN-2025-002 --on 2025-02-15")).toContain("between EUR 0.00 and EUR 200 by the last day");
  });

  test("is no range beside a single figure: a month from 28 and from 31 January ends on 28 February", async () => {
    const session = await sessionWith({ ...WITHIN, notified: { between: ["2025-01-28", "2025-01-31"] } });
    const text = await read(session, "show SAN-2025-002 --on 2025-03-10");
    expect(text).toContain("EUR 1,000 (10 days)");
    expect(text).toContain("deadlines follow the earliest day; the sum is the same from either");
    expect(text).not.toContain("range");
    const costs = await read(session, "cost SAN-2025-002 --comply 2025-03-10 --on 2025-03-01");
    expect(costs).toContain("EUR 1,000 · 10 days");
    expect(costs).toContain("the sum is the same from either");
  });
});
