import { describe, expect, test } from "vitest";
import type { Place, PostRef } from "../../src/ports/chat.ts";
import { deskOfTest, moment } from "./desk-of-test.ts";

const ONE = "memory:one" as Place;

type Desk = Awaited<ReturnType<typeof deskOfTest>>;
type Filters = readonly string[];

/** One item with a time to comply until 5 March 2024, and what runs then, capped after five days. */
const CAPPED = {
  items: [{ id: "a", cure: { period: "P2M", from: "notified", rule: "cure" }, penalty: { rate: "100", per: "day", cap: { units: 5 } } }],
};
const BARE = { items: [{ id: "a", cure: { period: "P2M", from: "notified", rule: "cure" } }] };

/** What a place is told, by kind and stage, with what it says of the end of its watch. */
function told({ posts }: Desk, to = ONE): readonly string[] {
  return posts.flatMap(({ to: place, key, text }) => {
    if (place !== to) return [];
    const [, kind, , , stage] = JSON.parse(key) as readonly string[];
    const leaves = /no watch of this place holds the matter from ([^"]*?) on:/.exec(text)?.[1];
    const left = text.includes("From here on no watch of this place holds the matter") ? " left" : "";
    return [`${kind} ${stage}${leaves === undefined ? "" : ` leaves ${leaves}`}${left}`];
  });
}

async function until(end: string, watched: Readonly<Record<string, readonly Filters[]>>, facts: object = CAPPED, settings: object = {}) {
  const desk = await deskOfTest();
  const key = await desk.hold(facts);
  for (const [place, watches] of Object.entries(watched))
    for (const filters of watches) await desk.watch(place, { digest: "off", ...settings }, filters);
  await desk.runUntil(moment(end), 60);
  return { desk, key };
}

describe("a matter that a day alone takes away from what a place watches", () => {
  test("is said, on the last day of its time, to be told no more", async () => {
    const { desk } = await until("2024-03-20T12:00", { [ONE]: [["state:curing"]], "memory:due": [["due:7d"]], "memory:all": [[]] });
    expect(told(desk).filter((one) => one.includes("leaves"))).toEqual(["reminder 0 leaves Wed 6 Mar 2024"]);
    expect(told(desk).at(-1)).toBe("reminder 0 leaves Wed 6 Mar 2024");
    expect(told(desk, "memory:due" as Place).at(-1)).toBe("reminder 0 leaves Wed 6 Mar 2024");
    expect(told(desk, "memory:all" as Place).filter((one) => one.includes("leaves") || one.includes("left"))).toEqual([]);
  });

  test("is no end where another watch of the place holds it from then on", async () => {
    const { desk } = await until("2024-03-08T12:00", { [ONE]: [["state:curing"], ["state:accruing"]] });
    expect(told(desk)).toContain("reminder 0");
    expect(told(desk).filter((one) => one.includes("leaves"))).toEqual([]);
  });

  test("is so of an order without a penalty, too", async () => {
    const { desk } = await until("2024-03-20T12:00", { [ONE]: [["state:curing"]] }, BARE);
    expect(told(desk).at(-1)).toBe("reminder 0 leaves Wed 6 Mar 2024");
  });

  test("is told there when a cap is reached, once, and asks nobody to take note of it", async () => {
    const { desk, key } = await until("2024-04-20T12:00", { [ONE]: [["state:accruing"]], "memory:all": [[]] });
    expect(told(desk).filter((one) => one.startsWith("cap-reached"))).toEqual(["cap-reached  left"]);
    expect(told(desk).at(-1)).toBe("cap-reached  left");
    expect(told(desk, "memory:all" as Place).filter((one) => one.startsWith("cap-reached"))).toEqual(["cap-reached "]);
    const posted = desk.posts.find(({ to, key: name }) => to === ONE && name.includes("cap-reached"))!;
    expect(posted.at).toBe(moment("2024-03-11T08:00"));
    expect(JSON.stringify(posted.card.blocks)).not.toContain(`ack ${key}`);
    expect(desk.faults).toEqual([]);
  });

  test("waits with that for the place's open day", async () => {
    // 11 March 2024 is a Monday.
    const { desk } = await until("2024-03-20T12:00", { [ONE]: [["state:accruing"]] }, CAPPED, { weekdays: [3, 4, 5] });
    const posted = desk.posts.filter(({ key }) => key.includes("cap-reached"));
    expect(posted.map(({ at }) => at)).toEqual([moment("2024-03-13T08:00")]);
  });

  test("is not told of a cap to a place that began to watch after it, or that never held the matter while it ran", async () => {
    const { desk } = await until("2024-03-12T12:00", {
      "memory:curing": [["state:curing"]],
      "memory:other": [["tag:other", "state:accruing"]],
    });
    await desk.watch(ONE, { digest: "off" }, ["state:accruing"]);
    await desk.runUntil(moment("2024-04-01T12:00"), 60);
    expect(told(desk)).toEqual([]);
    for (const place of ["memory:curing", "memory:other"] as Place[])
      expect(told(desk, place).filter((one) => one.startsWith("cap-reached"))).toEqual([]);
  });

  test("is told of a cap within four weeks, and not after an outage that lasted longer", async () => {
    const told = async (back: string) => {
      let isAway = false;
      const desk = await deskOfTest(() =>
        isAway ? { ok: false, retry: "later", reason: "away" } : { ok: true, posted: "memory:1" as PostRef },
      );
      await desk.hold(CAPPED);
      await desk.watch(ONE, { digest: "off" }, ["state:accruing"]);
      await desk.runUntil(moment("2024-03-10T12:00"), 60);
      isAway = true;
      await desk.runUntil(moment(back), 60);
      isAway = false;
      const tried = desk.posts.length;
      await desk.runUntil(moment("2024-04-20T12:00"), 60);
      return desk.posts.slice(tried).filter(({ key }) => key.includes("cap-reached")).length;
    };
    expect(await told("2024-03-20T12:00")).toBe(1);
    expect(await told("2024-04-10T12:00")).toBe(0);
  });
});
