import { expect, test } from "vitest";
import type { Place } from "../../src/ports/chat.ts";
import { deskOfTest, digests, moment, utterances } from "./desk-of-test.ts";

const KEY = "CNIL:SAN-2024-001";
const [ONE, TWO] = ["memory:one", "memory:two"] as [Place, Place];
const NO_DIGEST = { digest: "off" as const };
/** The hour of reminders in Paris, in winter. */
const NINE = "T08:00";

async function deskWith() {
  const desk = await deskOfTest();
  await desk.hold();
  await desk.watch(ONE, NO_DIGEST);
  await desk.tickAt(moment(`2024-02-20${NINE}`));
  return desk;
}

type Desk = Awaited<ReturnType<typeof deskWith>>;

/** What the place was told, as the day and what it was about. */
function told({ posts }: Pick<Desk, "posts">, place = ONE) {
  return posts
    .filter(({ to }) => to === place)
    .map(({ at, key }) => {
      const [, kind, , , stage, , day] = JSON.parse(key) as string[];
      return [at, [kind, stage, kind === "total" ? day : ""].join(" ").trim()];
    });
}

test("a place that put a matter off hears nothing of it until that day, and then the latest stage alone", async () => {
  const desk = await deskWith();
  await desk.snooze(KEY, ONE, "2024-02-29");
  await desk.runUntil(moment("2024-03-01T12:00"), 30);
  expect(told(desk)).toEqual([
    [moment(`2024-02-20${NINE}`), "reminder 14"],
    [moment(`2024-02-29${NINE}`), "reminder 7"],
  ]);
});

test("another place hears it all the same", async () => {
  const desk = await deskWith();
  await desk.watch(TWO, { ...NO_DIGEST, since: moment("2024-01-02T12:00") });
  await desk.snooze(KEY, ONE, "2024-02-29");
  await desk.runUntil(moment("2024-02-28T12:00"), 60);
  expect(told(desk)).toHaveLength(1);
  expect(told(desk, TWO).map(([, what]) => what)).toEqual(["reminder 14", "reminder 7"]);
});

test("a snooze that is lifted is over at once", async () => {
  const desk = await deskWith();
  await desk.snooze(KEY, ONE, "2024-02-29");
  await desk.runUntil(moment("2024-02-28T10:00"), 60);
  await desk.snooze(KEY, ONE, null);
  await desk.tickAt(moment("2024-02-28T10:00"));
  expect(told(desk).slice(1)).toEqual([[moment("2024-02-28T10:00"), "reminder 7"]]);
});

test("past the end, the stages 3, 1 and 0 are said at their hours, the totals wait, and the day brings the last of them alone", async () => {
  const desk = await deskWith();
  await desk.snooze(KEY, ONE, "2024-03-22");
  await desk.runUntil(moment("2024-03-23T12:00"), 30);
  expect(told(desk).slice(1)).toEqual([
    [moment(`2024-03-02${NINE}`), "reminder 3"],
    [moment(`2024-03-04${NINE}`), "reminder 1"],
    [moment(`2024-03-05${NINE}`), "reminder 0"],
    [moment(`2024-03-22${NINE}`), "total  2024-03-19"],
  ]);
});

test("past the end, every digest shows it and asks whether it was meant", async () => {
  const desk = await deskOfTest();
  await desk.hold();
  await desk.watch(ONE);
  await desk.tickAt(moment(`2024-02-20${NINE}`));
  await desk.snooze(KEY, ONE, "2024-03-22");
  const [digest] = digests(await desk.tickAt(moment(`2024-02-21${NINE}`)));
  expect(digest!.snoozed).toMatchObject([{ snoozed: { until: "2024-03-22", name: "Ann", pastExpiry: true } }]);
  expect(digest!.actNow.map(({ standing }) => standing.key)).toContain(KEY);
  await desk.snooze(KEY, ONE, "2024-02-29");
  const [next] = digests(await desk.tickAt(moment(`2024-02-22${NINE}`)));
  expect(next!.snoozed).toMatchObject([{ snoozed: { until: "2024-02-29", pastExpiry: false } }]);
});

test("a snooze while a penalty runs does not bring out a stage that was out of date before it was ever said", async () => {
  const desk = await deskOfTest();
  desk.clock.set(moment("2024-03-20T10:00"));
  await desk.hold();
  await desk.watch(ONE, NO_DIGEST);
  expect(utterances(await desk.tickAt(moment("2024-03-20T10:00"))).map(({ kind }) => kind)).toEqual(["total"]);
  await desk.snooze(KEY, ONE, "2024-04-20");
  await desk.runUntil(moment("2024-04-19T12:00"), 60);
  expect(told(desk)).toHaveLength(1);
  await desk.runUntil(moment("2024-04-20T12:00"), 60);
  expect(
    told(desk)
      .slice(1)
      .map(([, what]) => what),
  ).toEqual(["total  2024-04-16"]);
});

test("what is recorded meanwhile is told: it is news, not a reminder", async () => {
  const desk = await deskWith();
  await desk.snooze(KEY, ONE, "2024-02-29");
  desk.clock.set(moment("2024-02-21T10:00"));
  await desk.record(KEY, { on: "2024-02-21", type: "paid", amount: "9", for: "a" });
  await desk.tickAt(moment("2024-02-21T10:00"));
  expect(told(desk).at(-1)![1]).toBe("event");
});

test.each([
  ["on a closed day, until the usual hour of the next open one", { weekdays: [1, 2, 3, 4, 5] }, "2024-02-12T08:00"],
  ["in quiet hours, until they end", { quiet: { from: "18:00", to: "10:00" } }, "2024-02-10T09:00"],
  [
    "on a closed day and in quiet hours, until both are over",
    { weekdays: [1, 2, 3, 4, 5], quiet: { from: "18:00", to: "10:00" } },
    "2024-02-12T09:00",
  ],
])("a snooze that ends %s", async (_when, settings, at) => {
  for (const follows of [false, true]) {
    const desk = await deskOfTest();
    await desk.hold();
    await desk.watch(ONE, { ...NO_DIGEST, ...settings });
    desk.clock.set(moment("2024-02-01T12:00"));
    // Stage 30 is of the 4th, and waits until Saturday the 10th.
    await desk.snooze(KEY, ONE, "2024-02-10");
    await (follows ? desk.followIndex(moment("2024-02-13T12:00")) : desk.runUntil(moment("2024-02-13T12:00"), 15));
    expect(told(desk)).toEqual([[moment(at), "reminder 30"]]);
  }
});
