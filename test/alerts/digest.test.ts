import { describe, expect, test } from "vitest";
import { type DigestAsk, digestOf } from "../../src/alerts/digest.ts";
import type { Acknowledged } from "../../src/cards/contents.ts";
import { addDays, day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { matterOf } from "../cards/kourou.ts";

const TODAY = day("2024-03-11");

function ask(over: Partial<DigestAsk>): DigestAsk {
  return {
    matters: [],
    day: TODAY,
    form: "daily",
    zone: "Europe/Paris",
    at: "09:00",
    now: "2024-03-11T08:00:00.000Z" as Instant,
    before: null,
    unwatched: 0,
    undelivered: [],
    head: "0".repeat(64),
    emptyWatches: [],
    ...over,
  };
}

const PAID = { type: "paid", amount: "1", for: "dpo" };

function change(over: Partial<DigestAsk>): string | undefined {
  return digestOf(ask(over)).running[0]?.change.minor.toString();
}

describe("what the digest before said", () => {
  test("is what sums have grown since: over a weekend, three days", () => {
    const before = { through: day("2024-03-07"), at: "2024-03-08T08:00:00.000Z" as Instant };
    expect(change({ matters: [matterOf({})], before })).toBe("45000");
    expect(digestOf(ask({ before })).before).toBe("2024-03-07");
  });

  test("was a day, a week or a month ago where there was none", () => {
    const matters = [matterOf({ notified: "2023-12-12" })];
    expect(change({ matters })).toBe("15000");
    expect(change({ matters, form: "weekly" })).toBe("105000");
    // From 12 Feb to 9 Mar: of the month behind, the days since the expiry of 12 Feb.
    expect(change({ matters, form: "monthly" })).toBe("405000");
    expect(digestOf(ask({})).before).toBeNull();
  });

  test("counts for nothing where it counted as far as this one: it is this one, or the clock was set back", () => {
    const before = { through: day("2024-03-10"), at: "2024-03-11T08:00:00.000Z" as Instant };
    expect(change({ matters: [matterOf({})], before })).toBe("15000");
  });

  test("is where what has changed begins, to the moment", () => {
    const events = ["2024-03-07", "2024-03-08", "2024-03-10", "2024-03-11"].map((on) => ({ ...PAID, on }));
    const before = { through: day("2024-03-07"), at: "2024-03-08T08:00:00.000Z" as Instant };
    const shown = (over: Partial<DigestAsk>) =>
      digestOf(ask({ matters: [matterOf({}, events)], ...over })).corrected.map(({ event }) => event.event.on);
    expect(shown({ before })).toEqual(["2024-03-10", "2024-03-11"]);
    expect(shown({ before: { ...before, at: "2024-03-08T07:59:59.999Z" as Instant } })).toEqual(["2024-03-08", "2024-03-10", "2024-03-11"]);
    expect(shown({})).toEqual(["2024-03-11"]);
    expect(shown({ now: "2024-03-11T07:00:00.000Z" as Instant })).toEqual([]);
  });

  test("is not asked for a day that is over: its digest tells what was known at its hour", () => {
    const events = ["2024-03-11", "2024-03-12"].map((on) => ({ ...PAID, on }));
    const later = {
      before: { through: day("2024-03-19"), at: "2024-03-20T08:00:00.000Z" as Instant },
      now: "2024-03-20T12:00:00.000Z" as Instant,
    };
    const digest = digestOf(ask({ matters: [matterOf({}, events)], ...later }));
    expect(digest.corrected.map(({ event }) => event.event.on)).toEqual(["2024-03-11"]);
    expect(digest.running[0]!.change.minor).toBe(15000n);
  });
});

describe("what is ahead", () => {
  const ahead = [0, 3, 4, 7, 8, 30, 31, 90, 91].map((days) =>
    matterOf({
      ref: `A-${100 + days}`,
      items: [{ id: "dpo", cure: { until: addDays(TODAY, days), because: "set" }, penalty: { rate: "1", per: "day" } }],
    }),
  );

  test("is told apart by 3, 30 and 90 days, none of them twice", () => {
    const digest = digestOf(ask({ matters: ahead }));
    const refs = (lines: typeof digest.actNow) => lines.map(({ standing }) => Number(standing.facts.ref.slice(2)) - 100);
    expect(refs(digest.actNow)).toEqual([0, 3]);
    expect(refs(digest.upcoming)).toEqual([4, 7, 8, 30]);
    expect(refs(digest.later)).toEqual([31, 90]);
    expect([digest.withinWeek, digest.withinMonth, digest.withinQuarter]).toEqual([4, 6, 8]);
  });
});

describe("who has taken note", () => {
  test("is asked of what is shown, and of nothing else", () => {
    const asked: string[] = [];
    const acknowledged: Acknowledged = { name: "ana", at: "2024-03-11T07:00:00.000Z" as Instant, stage: "0" };
    const closed = matterOf({ ref: "C-1" }, [{ on: "2024-03-01", type: "closed", item: "dpo" }]);
    const heed = (stream: string) => ({
      snoozed: undefined,
      acknowledged: (item: string) => {
        asked.push(`${stream} ${item}`);
        return acknowledged;
      },
    });
    const digest = digestOf(ask({ matters: [matterOf({}), closed], heed }));
    expect(asked).toEqual(["CNIL:SAN-2023-018 dpo"]);
    expect(digest.actNow[0]!.acknowledged).toBe(acknowledged);
  });
});

test("the digest of 300 matters is made in well under a second", () => {
  const matters = Array.from({ length: 300 }, (_, index) =>
    matterOf({ ref: `A-${index}`, notified: addDays(TODAY, -(index % 200)), decided: "2023-01-01" }, [{ ...PAID, on: "2024-03-11" }]),
  );
  const began = performance.now();
  const digest = digestOf(ask({ matters, heed: () => ({ acknowledged: () => null, snoozed: undefined }) }));
  expect(performance.now() - began).toBeLessThan(1000);
  expect(digest.actNow.length).toBeGreaterThan(100);
});
