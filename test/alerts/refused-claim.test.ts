import { expect, test } from "vitest";
import { standingOn } from "../../src/matter/standing.ts";
import type { Day } from "../../src/time/day.ts";
import { orderWith } from "../support/given.ts";
import { deskOfTest, moment } from "./desk-of-test.ts";

const KEY = "CNIL:SAN-2024-001";
const ONE = "memory:one";

/** Ends on Tuesday 5 March 2024; claimed on the 1st, within the time, and refused on a day on which no total is due by itself. */
async function deskWith(penalty: object = {}) {
  const desk = await deskOfTest();
  await desk.hold(orderWith({ penalty: { rate: "100", per: "day", ...penalty } }));
  await desk.watch(ONE, { digest: "off" });
  desk.clock.set(moment("2024-03-01T08:00"));
  await desk.record(KEY, { on: "2024-03-01", type: "complied" });
  await desk.runUntil(moment("2024-03-14T10:00"), 60);
  desk.posts.length = 0;
  return desk;
}

type Desk = Awaited<ReturnType<typeof deskWith>>;

function told({ posts }: Desk) {
  return posts.map(({ at, key }) => [at, (JSON.parse(key) as string[])[1]]);
}

test("a claim that is refused is followed by a total when the sums hold the refusal, in the morning after", async () => {
  const desk = await deskWith();
  await desk.record(KEY, { on: "2024-03-14", type: "rejected" });
  await desk.followIndex(moment("2024-03-20T10:00"));
  expect(told(desk)).toEqual([
    [expect.stringMatching(/^2024-03-14T10:0/), "event"],
    [moment("2024-03-15T08:00"), "total"],
    [moment("2024-03-19T08:00"), "total"],
  ]);
  const [event, first, second] = desk.posts.map(({ text }) => text);
  expect(event).toContain("Today's event is not in the sums yet");
  expect(event).not.toContain("one more day adds");
  // From 6 March through the day before.
  expect(first).toContain("Theoretical through Thu 14 Mar 2024: EUR 900 (9 days)");
  expect(first).toContain("one more day adds EUR 100");
  expect(second).toContain("Theoretical through Mon 18 Mar 2024: EUR 1,300 (13 days)");
  const [matter] = await desk.register.all();
  expect(standingOn(matter!, "2024-03-14" as Day).items[0]!.theoretical).toEqual({ minor: 90_000n, currency: "EUR" });
});

test("so is a claim that is struck out as a mistake", async () => {
  const desk = await deskWith();
  const [matter] = await desk.register.all();
  const claim = matter!.events.find(({ event }) => event.type === "complied")!;
  await desk.record(KEY, { on: "2024-03-14", type: "corrected", event: claim.id, void: true, because: "typed by mistake" });
  await desk.followIndex(moment("2024-03-16T10:00"));
  expect(told(desk)).toEqual([
    [expect.stringMatching(/^2024-03-14T10:0/), "correction"],
    [moment("2024-03-15T08:00"), "total"],
  ]);
  expect(desk.posts[1]!.text).toContain("EUR 900 (9 days)");
});

test("a cap that was reached by the days that count after all is told in the morning after too", async () => {
  const desk = await deskWith({ cap: { units: 4 } });
  await desk.record(KEY, { on: "2024-03-14", type: "rejected" });
  await desk.followIndex(moment("2024-03-16T10:00"));
  expect(told(desk).slice(1)).toEqual([[moment("2024-03-15T08:00"), "cap-reached"]]);
});

test("a refusal that is recorded later is in the sums at once, and so is the total", async () => {
  const desk = await deskWith();
  await desk.record(KEY, { on: "2024-03-12", type: "rejected" });
  await desk.followIndex(moment("2024-03-14T12:00"));
  expect(told(desk).map(([, kind]) => kind)).toEqual(["event", "total"]);
  expect(desk.posts[1]!.text).toContain("EUR 800 (8 days)");
});
