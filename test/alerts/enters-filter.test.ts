import { describe, expect, test } from "vitest";
import { heldUntil } from "../../src/alerts/entering.ts";
import { lookAt } from "../../src/alerts/look.ts";
import { ANY_TIME } from "../../src/alerts/timing.ts";
import type { PlaceSettings } from "../../src/ports/subscriptions.ts";
import { given } from "../support/given.ts";
import { deskOfTest, moment } from "./desk-of-test.ts";

/** A matter whose time ends on Tuesday 5 March 2024, in a place that watches what is due; when its reminders were posted there. */
async function reminded(filters: readonly string[], settings: Partial<PlaceSettings> = {}, facts: object = {}) {
  const desk = await deskOfTest();
  await desk.hold(facts);
  await desk.watch("memory:one", { digest: "off", ...settings }, filters);
  await desk.followIndex(moment("2024-03-14T00:00"));
  return desk.posts.map(({ at, key }) => {
    const [, kind, , , stage] = JSON.parse(key) as readonly unknown[];
    return `${at.slice(0, 16)} ${kind} ${stage}`.trim();
  });
}

const WEEKDAYS = { weekdays: [1, 2, 3, 4, 5] };

describe("a matter that comes under a filter as a day begins", () => {
  test("is told of once, at the hour of that day", async () => {
    const told = await reminded(["due:7d"]);
    expect(told.slice(0, 2)).toEqual(["2024-02-27T08:00 reminder 7", "2024-03-02T08:00 reminder 3"]);
  });

  test("is told of at that hour where no stage is reached on that day, too", async () => {
    const told = await reminded(["due:6d"]);
    expect(told.slice(0, 2)).toEqual(["2024-02-28T08:00 reminder 7", "2024-03-02T08:00 reminder 3"]);
  });

  test("is told of at the place's first open hour from then on, and before the end is near in any case", async () => {
    // Nine days before is a Sunday.
    expect((await reminded(["due:9d"], WEEKDAYS)).slice(0, 2)).toEqual(["2024-02-26T08:00 reminder 14", "2024-02-27T08:00 reminder 7"]);
    // Three days before is a Saturday.
    expect((await reminded(["due:3d"], WEEKDAYS))[0]).toBe("2024-03-02T08:00 reminder 3");
    expect((await reminded(["due:5d"], { weekdays: [7] }))[0]).toBe("2024-03-02T08:00 reminder 3");
  });

  test("is told of before that hour on a day on which the place is quiet at it", async () => {
    const quiet = { quiet: { from: "08:00", to: "11:00" } };
    // Nine days before is a Sunday; 07:59 in Paris.
    expect((await reminded(["due:9d"], { ...WEEKDAYS, ...quiet }))[0]).toBe("2024-02-26T06:59 reminder 14");
    expect((await reminded(["due:9d"], quiet))[0]).toBe("2024-02-25T06:59 reminder 14");
  });

  test("is told of by its state as by its deadline", async () => {
    const told = await reminded(["state:overdue"], {}, { kind: "notice", items: [{ id: "a", cure: { period: "P2M", from: "notified" } }] });
    expect(told).toEqual(["2024-03-06T08:00 overdue"]);
  });

  const NOTICE = { kind: "notice", notified: "2024-01-08", items: [{ id: "a", cure: { period: "P2M", from: "notified" } }] };

  test("is told of on the day after its end where it is overdue, though the place is closed", async () => {
    // Its time ends on Friday 8 March.
    const overdue = (facts: object) => reminded(["state:overdue"], WEEKDAYS, facts);
    expect(await overdue(NOTICE)).toEqual(["2024-03-09T08:00 overdue"]);
    const b = { id: "b", cure: { period: "P5M", from: "notified" } };
    expect(await overdue({ ...NOTICE, items: [...NOTICE.items, b] })).toEqual(["2024-03-09T08:00 overdue"]);
    expect(await reminded(["state:overdue"], { weekdays: [1] }, NOTICE)).toEqual(["2024-03-09T08:00 overdue"]);
  });

  test("is told of at its last open moment of that day where it is closed at the authority's hour", async () => {
    const sydney = { zone: "Australia/Sydney", quiet: { from: "18:00", to: "08:00" }, ...WEEKDAYS };
    // Seven days before are Friday 1 March; 09:00 in Paris is 19:00 in Sydney.
    const ending = { notified: "2024-01-08" };
    expect((await reminded(["due:7d"], sydney, ending))[0]).toBe("2024-03-01T06:59 reminder 7");
    expect(await reminded([], sydney, ending)).toContain("2024-03-01T06:59 reminder 7");
  });

  test("is told of at once where what was recorded on that day brought it there, whichever its own day", async () => {
    const desk = await deskOfTest();
    const key = await desk.hold();
    await desk.watch("memory:one", { digest: "off", ...WEEKDAYS }, ["due:7d"]);
    await desk.followIndex(moment("2024-03-01T12:00"));
    const before = desk.posts.length;
    // Saturday at half past four in Paris: by now the end is seven days ahead, and was eight.
    desk.clock.set(moment("2024-03-02T03:30"));
    await desk.record(key, { on: "2024-02-29", type: "extended", until: "2024-03-09" });
    await desk.followIndex(moment("2024-03-02T04:00"));
    expect(desk.posts.slice(before).map(({ at }) => at.slice(0, 16))).not.toEqual([]);
  });

  test("is told of at once where its time ends before that hour", async () => {
    const items = [{ id: "a", cure: { period: "PT48H", from: "notified", rule: "cure" }, penalty: { rate: "100", per: "day" } }];
    const told = await reminded(["due:0d"], {}, { decided: "2024-01-05", notified: "2024-01-06T07:00", items });
    expect(told[0]).toBe("2024-01-07T23:00 reminder 0");
  });
});

describe("what a place that waits for its hour costs", () => {
  /** A look at a matter on a Saturday night, and how often its facts were read since: each reckoning of where it stands reads them. */
  function sceneCounted() {
    const scene = lookAt(given({}), moment("2024-03-02T00:30"));
    const reads = { count: 0 };
    const { facts } = scene.matter;
    const matter = Object.defineProperty({ ...scene.matter }, "facts", {
      get: () => {
        reads.count++;
        return facts;
      },
    });
    return { scene: { ...scene, matter }, reads };
  }

  const placeWatching = (filters: readonly string[]) => ({
    ...ANY_TIME,
    ...WEEKDAYS,
    watches: [{ filters, by: "p1", since: "" as never }],
  });

  test("is nothing where it watches everything", () => {
    const { scene, reads } = sceneCounted();
    expect(heldUntil(placeWatching([]) as never, scene)).toBeNull();
    expect(reads.count).toBe(0);
  });

  test("is shared by all places that ask for the same days of the matter", () => {
    const { scene, reads } = sceneCounted();
    expect(heldUntil(placeWatching(["due:3d"]) as never, scene)).toBe("2024-03-02T08:00:00.000Z");
    const once = reads.count;
    expect(once).toBeGreaterThan(0);
    expect(heldUntil(placeWatching(["due:3d"]) as never, scene)).toBe("2024-03-02T08:00:00.000Z");
    expect(reads.count).toBe(once);
  });
});
