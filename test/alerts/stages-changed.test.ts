import { describe, expect, test } from "vitest";
import type { Place } from "../../src/ports/chat.ts";
import type { PlaceSettings } from "../../src/ports/subscriptions.ts";
import { addDays, type Day } from "../../src/time/day.ts";
import { deskOfTest, digests, later, moment, utterances } from "./desk-of-test.ts";

const KEY = "CNIL:SAN-2024-001";
const [ONE, TWO] = ["memory:one", "memory:two"] as [Place, Place];
/** Tuesday; the last working day before is Monday, a stage of its own. */
const END = "2024-03-05" as Day;
const NO_DIGEST = { digest: "off" } as const;

/** Nine in the morning at the authority, so many days before the end, and some minutes. */
function left(days: number, minutes = 0) {
  return later(moment(`${addDays(END, -days)}T08:00`), minutes);
}

async function deskWith(settings: Partial<PlaceSettings> = NO_DIGEST) {
  const desk = await deskOfTest();
  await desk.hold();
  await desk.watch(ONE, settings);
  return desk;
}

type Desk = Awaited<ReturnType<typeof deskWith>>;

function stages({ posts }: Desk, place: Place = ONE) {
  return posts.filter(({ to }) => to === place).map(({ key }) => (JSON.parse(key) as unknown[])[4]);
}

describe("a place whose stages are changed while a deadline runs", () => {
  test.each([
    ["to stages with an earlier one before the last that was told", 14, [30, 7], 8, [7, 3, 1, 0]],
    ["to stages with one just before", 7, [20, 5], 6, [5, 3, 1, 0]],
    ["to none of its own", 7, [], 6, [3, 1, 0]],
  ])("%s is not told that one, and is told what follows", async (_, told, changed, when, following) => {
    const desk = await deskWith();
    await desk.tickAt(left(told));
    expect(stages(desk)).toEqual([told]);
    await desk.acknowledge(KEY, ONE, String(told));
    await desk.tickAt(left(told, 5));
    desk.clock.set(left(when));
    await desk.settle(ONE, { ...NO_DIGEST, stages: changed });
    await desk.followIndex(left(0, 60));
    expect(stages(desk)).toEqual([told, ...following]);
  });

  test.each([true, false])("shows whether somebody took note of the stage that was told (%s)", async (isHeeded) => {
    const desk = await deskWith({});
    await desk.tickAt(left(14));
    if (isHeeded) await desk.acknowledge(KEY, ONE, "14");
    await desk.settle(ONE, { stages: [30, 7], since: moment("2024-01-02T12:00") });
    const [digest] = digests(await desk.tickAt(left(8)));
    const line = [...digest!.actNow, ...digest!.upcoming].find(({ standing }) => standing.key === KEY);
    if (isHeeded) expect(line!.acknowledged).toMatchObject({ name: "Ann", stage: "14" });
    else expect(line!.acknowledged).toBeNull();
    const [seven] = utterances(await desk.tickAt(left(7)));
    expect(seven).toMatchObject({ stage: 7 });
    expect(desk.posts.findLast(({ key }) => key.includes('"reminder"'))!.text.includes("Ann")).toBe(isHeeded);
  });

  test("sends on nothing that somebody took note of", async () => {
    const to = { ...NO_DIGEST, escalation: { to: TWO, afterMinutes: 60 } };
    const desk = await deskWith(to);
    await desk.tickAt(left(14));
    await desk.acknowledge(KEY, ONE, "14");
    desk.clock.set(left(9));
    await desk.settle(ONE, { ...to, stages: [30, 7] });
    await desk.followIndex(left(8));
    expect(stages(desk, TWO)).toEqual([]);
    await desk.followIndex(left(6));
    expect(stages(desk, ONE)).toEqual([14, 7]);
    expect(stages(desk, TWO)).toHaveLength(1);
  });

  test("sends on what somebody took note of a later stage of in another place alone, and what is urgent", async () => {
    const desk = await deskOfTest();
    desk.clock.set(moment("2024-01-20T08:00"));
    // Ends on Friday 8 March: who is spoken to on Mondays alone hears of its last day on the 4th.
    await desk.hold({ notified: "2024-01-08" });
    await desk.watch("memory:mondays", { ...NO_DIGEST, weekdays: [1] });
    await desk.watch(ONE, { ...NO_DIGEST, escalation: { to: TWO, afterMinutes: 60 } });
    await desk.followIndex(moment("2024-03-04T09:00"));
    desk.posts.length = 0;
    await desk.acknowledge(KEY, "memory:mondays", "0", "2024-03-08");
    await desk.followIndex(moment("2024-03-09T05:00"));
    expect(stages(desk)).toEqual([3, 1, 0]);
    expect(stages(desk, TWO).length).toBe(2);
  });

  test("is told the last working day once, whether or not it is a stage of its own", async () => {
    // Four days before the end is Thursday, the last working day: Good Friday and Easter Monday follow.
    const facts = { notified: "2024-02-02" };
    const desk = await deskOfTest();
    await desk.hold(facts);
    await desk.watch(ONE, NO_DIGEST);
    const friday = moment("2024-03-29T08:00");
    await desk.tickAt(friday);
    const [first] = stages(desk);
    await desk.settle(ONE, { ...NO_DIGEST, stages: [4] });
    await desk.tickAt(later(friday, 30));
    await desk.settle(ONE, NO_DIGEST);
    await desk.tickAt(later(friday, 60));
    expect(stages(desk)).toEqual([first]);
  });

  test("keeps whoever took note of the last working day by its number, when that is no stage any more", async () => {
    const desk = await deskOfTest();
    // Sunday 10 March: two days before is Friday, the last working day.
    await desk.hold({}, { on: "2024-02-19", type: "extended", until: "2024-03-10" });
    await desk.watch(ONE, { at: "17:00", stages: [14, 7, 2] });
    await desk.followIndex(moment("2024-03-08T09:00"));
    await desk.acknowledge(KEY, ONE, "2", "2024-03-10");
    await desk.settle(ONE, { at: "17:00", stages: [14, 7] });
    const [digest] = digests(await desk.tickAt(moment("2024-03-08T16:00")));
    const line = [...digest!.actNow, ...digest!.upcoming].find(({ item }) => item?.id === "a");
    expect(line!.acknowledged).toMatchObject({ name: "Ann" });
  });

  test("is told of a clock's stage no earlier one either", async () => {
    const items = [{ id: "a", clocks: [{ id: "appeal", kind: "appeal", from: "notified", period: "P2M", rule: "eu-1182-71" }] }];
    const desk = await deskOfTest();
    await desk.hold({ items });
    await desk.watch(ONE, NO_DIGEST);
    for (const day of ["2024-02-20", "2024-02-27"]) await desk.tickAt(moment(`${day}T08:00`));
    const before = stages(desk);
    desk.clock.set(moment("2024-02-28T08:00"));
    await desk.settle(ONE, { ...NO_DIGEST, stages: [20, 10] });
    await desk.tickAt(moment("2024-02-28T09:00"));
    expect(before.length).toBeGreaterThan(0);
    expect(stages(desk)).toEqual(before);
  });

  test("is told what was told only by a clock that ran ahead, and a place that was told nothing yet hears the latest", async () => {
    const desk = await deskWith();
    await desk.tickAt(left(7));
    await desk.settle(ONE, { ...NO_DIGEST, stages: [20, 5] });
    await desk.tickAt(left(13));
    expect(stages(desk)).toEqual([7, 20]);
    await desk.watch(TWO, { ...NO_DIGEST, stages: [20, 5] });
    await desk.tickAt(left(6));
    expect(stages(desk, TWO)).toEqual([20]);
  });
});
