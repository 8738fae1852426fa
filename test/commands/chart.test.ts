import { describe, expect, test } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import type { Answered } from "../../src/commands/dispatcher.ts";
import type { Chart } from "../../src/ports/card.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Shown } from "../support/cli.ts";
import { ORDER, orderWith } from "../support/given.ts";
import { type Session, sessionOfTest } from "../support/session.ts";
import { ANA, textOf } from "./places.ts";

interface Points {
  readonly ref: string;
  readonly points: readonly { readonly item?: string; readonly day: string; readonly theoretical: { amount: string; currency: string } }[];
}

/** The order of these tests: its time ends on 5 March 2024, its penalty of 100 a day runs from the 6th. */
async function sessionWith(moment: string, order: object, ...events: readonly object[]): Promise<Session> {
  const session = await sessionOfTest();
  await session.bring({ ...order, events });
  session.clock.set(moment as Instant);
  return session;
}

function chartsOf({ cards }: Answered): readonly Chart[] {
  return cards.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "chart" ? [block] : [])));
}

const MOVED = [
  { on: "2024-04-01", type: "rate-changed", rate: "200" },
  { on: "2024-06-10", type: "stayed" },
  { on: "2024-07-20", type: "resumed" },
  { on: "2025-01-15", type: "complied" },
  { on: "2025-02-01", type: "rejected" },
];
const CAPPED = orderWith({ penalty: { rate: "100", per: "day", cap: { amount: "90000" } } });

describe("a chart", () => {
  test("draws every day where they fit: from the expiry, when nothing has run, through yesterday", async () => {
    const session = await sessionWith("2024-03-20T11:00:00.000Z", ORDER);
    const { points } = await session.ask<Points>("chart SAN-2024-001");
    expect(points.map(({ day }) => day)).toEqual(Array.from({ length: 15 }, (_, index) => `2024-03-${String(index + 5).padStart(2, "0")}`));
    expect([points[0], points[1], points.at(-1)].map((point) => point?.theoretical)).toEqual(
      ["0.00", "100.00", "1400.00"].map((amount) => ({ amount, currency: "EUR" })),
    );
  });

  test("of more days chooses at most sixty, among them the first, the days of each change and of the cap, and the last", async () => {
    const session = await sessionWith("2025-08-01T11:00:00.000Z", CAPPED, ...MOVED);
    const { points } = await session.ask<Points>("chart SAN-2024-001");
    const days = points.map(({ day }) => day);
    expect(days.length).toBeLessThanOrEqual(60);
    expect(days.length).toBeGreaterThan(45);
    expect(days).toEqual([...new Set(days)].sort());
    const { capReached } = (await session.ask<Shown>("show SAN-2024-001")).items[0]!;
    expect(capReached).not.toBeNull();
    const wanted = ["2024-03-05", "2024-03-06", "2024-03-31", "2024-04-01", "2024-06-09", "2024-06-10", "2024-07-19", "2024-07-20"];
    for (const day of [...wanted, "2025-01-15", "2025-02-01", capReached, "2025-07-31"]) expect(days).toContain(day);
  });

  test("has the values of show --on, day by day", async () => {
    const session = await sessionWith("2025-08-01T11:00:00.000Z", CAPPED, ...MOVED);
    const { points } = await session.ask<Points>("chart SAN-2024-001");
    for (const { day, theoretical } of points) {
      const shown = await session.ask<Shown>(`show SAN-2024-001 --on ${day}`);
      expect({ day, theoretical }).toEqual({ day, theoretical: shown.items[0]!.theoretical });
    }
  });

  test("begins with what had run before an extension took it away, and shows that it did", async () => {
    const session = await sessionWith("2024-06-01T11:00:00.000Z", ORDER, {
      ...{ on: "2024-03-25", type: "extended" },
      ...{ until: "2024-04-30", because: "granted" },
    });
    const { points } = await session.ask<Points>("chart SAN-2024-001");
    const amounts = new Map(points.map(({ day, theoretical }) => [day, theoretical.amount]));
    const days = ["2024-03-05", "2024-03-24", "2024-03-25", "2024-05-31"];
    expect(days.map((day) => amounts.get(day))).toEqual(["0.00", "1900.00", "0.00", "3100.00"]);
    expect(points[0]?.day).toBe("2024-03-05");
  });

  test("shows each jump on its day: of a violation, and of what was corrected", async () => {
    const perViolation = orderWith({ penalty: { rate: "100", per: "violation" } });
    const counted = await sessionWith("2025-06-01T11:00:00.000Z", perViolation, { on: "2024-11-26", type: "violation", count: 3 });
    const jump = (await counted.ask<Points>("chart SAN-2024-001")).points.map(({ day, theoretical }) => `${day} ${theoretical.amount}`);
    expect(jump).toEqual(expect.arrayContaining(["2024-11-25 0.00", "2024-11-26 300.00"]));
    const stay = { id: "s1", on: "2024-06-10", type: "stayed" };
    const voided = { on: "2024-11-26", type: "corrected", event: "s1", void: true, because: "another matter" };
    const mended = await sessionWith("2025-06-01T11:00:00.000Z", ORDER, stay, voided);
    const { points } = await mended.ask<Points>("chart SAN-2024-001");
    const days = points.map(({ day }) => day);
    expect(days).toEqual(expect.arrayContaining(["2024-06-09", "2024-06-10", "2024-11-25", "2024-11-26"]));
  });

  test("of a past day ends there", async () => {
    const session = await sessionWith("2025-08-01T11:00:00.000Z", ORDER);
    const { points } = await session.ask<Points>("chart SAN-2024-001 --on 2024-03-31");
    expect(points.at(-1)).toEqual({ day: "2024-03-31", theoretical: { amount: "2600.00", currency: "EUR" } });
    expect((await session.type("chart SAN-2024-001 --on 2026-01-01")).status).toBe(1);
  });

  test("says in words what it shows: from when through when, how much, and that it is not owed yet", async () => {
    const session = await sessionWith("2024-03-20T11:00:00.000Z", ORDER);
    const [chart] = chartsOf(await session.type("chart SAN-2024-001"));
    expect(chart).toMatchObject({
      title: "SAN-2024-001: theoretical total in EUR",
      summary: "Theoretical from Wed 6 Mar 2024 through Tue 19 Mar 2024: EUR 1,400 by the last day, not owed until the authority fixes it.",
      unit: "EUR",
    });
    expect(chart!.points.at(-1)).toEqual({ label: "19 Mar", value: 1400, shown: "EUR 1,400" });
    const [french] = chartsOf(await session.type("chart SAN-2024-001", { ...ANA, language: "fr" }));
    expect(french!.summary.replace(/[\u00a0\u202f]/g, " ")).toBe(
      "Théorique du mer. 6 mars 2024 au mar. 19 mars 2024 : 1 400 € au dernier jour, non exigible avant liquidation.",
    );
    expect(french!.points.at(-1)!.label).toBe("19 mars");
  });

  test("of what was annulled does not say that it may still be owed", async () => {
    const session = await sessionWith("2024-06-01T11:00:00.000Z", ORDER, { on: "2024-05-25", type: "annulled", item: "a" });
    const [chart] = chartsOf(await session.type("chart SAN-2024-001"));
    expect(chart?.summary).toMatch(
      /EUR 0\.00 by the last day, at most EUR 8,000 on Fri 24 May 2024, annulled: nothing is owed under it\.$/,
    );
  });

  test("over the end of a year names the year of each day", async () => {
    const session = await sessionWith("2025-03-20T11:00:00.000Z", ORDER);
    const labels = chartsOf(await session.type("chart SAN-2024-001"))[0]!.points.map(({ label }) => label);
    expect(labels[0]).toBe("5 Mar 2024");
    expect(new Set(labels).size).toBe(labels.length);
  });

  test("tells items apart, and draws one that is named", async () => {
    const items = ["a", "b"].map((id) => ({ ...ORDER.items[0], id }));
    const session = await sessionWith("2024-03-20T11:00:00.000Z", { ...ORDER, items });
    const { points } = await session.ask<Points>("chart SAN-2024-001");
    expect(new Set(points.map(({ item }) => item))).toEqual(new Set(["a", "b"]));
    expect((await session.type("chart SAN-2024-001")).cards.map(({ title }) => title)).toEqual([
      "SAN-2024-001 · a: the penalty over time",
      "SAN-2024-001 · b: the penalty over time",
    ]);
    expect(chartsOf(await session.type("chart SAN-2024-001 b"))).toHaveLength(1);
    expect(await session.type("chart SAN-2024-001 c")).toMatchObject({ status: 1, json: { error: { code: "item-unknown" } } });
  });
});

describe("there is no chart", () => {
  test.each([
    ["before anything has run", "2024-03-01T11:00:00.000Z", ORDER, /Nothing has run in SAN-2024-001 yet/],
    [
      "where the order has no meter",
      "2024-03-20T11:00:00.000Z",
      orderWith({ penalty: undefined }),
      /There is no daily penalty in SAN-2024-001/,
    ],
    [
      "where the rate is not known",
      "2024-03-20T11:00:00.000Z",
      orderWith({ penalty: { rate: "unknown", per: "day" } }),
      /The sum of SAN-2024-001 cannot be told/,
    ],
  ])("%s: words say so", async (_name, moment, order, words) => {
    const session = await sessionWith(moment, order);
    const answered = await session.type("chart SAN-2024-001");
    expect(answered).toMatchObject({ status: 0, json: { points: [] } });
    expect(chartsOf(answered)).toEqual([]);
    expect(textOf(answered)).toMatch(words);
  });
});

test("a matter whose penalty has run offers its chart, and no other does", async () => {
  const session = await sessionWith("2024-03-20T11:00:00.000Z", ORDER);
  expect(plainText((await session.type("show SAN-2024-001")).cards[0]!)).toContain("[Chart: chart CNIL:SAN-2024-001]");
  session.clock.set("2024-03-01T11:00:00.000Z" as Instant);
  expect(plainText((await session.type("show SAN-2024-001")).cards[0]!)).not.toContain("[Chart");
});
