import { describe, expect, test } from "vitest";
import { ORDER, orderWith } from "../support/given.ts";
import { deskOfTest, moment, utterances } from "./desk-of-test.ts";

const PLACE = "memory:one";
const KEY = "CNIL:SAN-2024-001";

/** An order whose time ends far off, so that the clocks beside it speak alone. */
function orderBeside(clocks: readonly object[], more: object = {}): object {
  return orderWith({ cure: { until: "2024-12-31", because: "set by the decision" }, clocks }, more);
}

const clock = (kind: string, more: object = {}) => ({ id: kind, kind, from: "notified", period: "P2M", ...more });
// Tuesday 5 March 2024; it is six weeks after the first look.
const EVIDENCE = [clock("evidence")];

async function deskWith(facts: object) {
  const desk = await deskOfTest();
  desk.clock.set(moment("2024-01-20T06:00"));
  await desk.hold(facts);
  await desk.watch(PLACE, { digest: "off" });
  return desk;
}

type Desk = Awaited<ReturnType<typeof deskWith>>;

/** What was said of clocks until then: the day, the stage and the kind. */
async function saidUntil(desk: Desk, end: string, everyMinutes = 180) {
  const said = await desk.runUntil(moment(end), everyMinutes);
  return utterances({ said })
    .filter(({ deadline }) => deadline?.clock !== undefined)
    .map(({ today, stage, deadline }) => [today, stage, deadline!.what]);
}

test("a clock is reminded of at the stages of an expiry, each once, and nothing after its day", async () => {
  const desk = await deskWith(orderBeside(EVIDENCE));
  expect(await saidUntil(desk, "2024-03-20T12:00")).toEqual([
    ["2024-02-04", 30, "evidence"],
    ["2024-02-20", 14, "evidence"],
    ["2024-02-27", 7, "evidence"],
    ["2024-03-02", 3, "evidence"],
    ["2024-03-04", 1, "evidence"],
    ["2024-03-05", 0, "evidence"],
  ]);
});

test("the same comes where the desk is looked at only when something falls due", async () => {
  const desk = await deskWith(orderBeside(EVIDENCE));
  await desk.followIndex(moment("2024-03-20T12:00"));
  expect(desk.posts.map(({ at }) => at.slice(0, 10))).toEqual(
    expect.arrayContaining(["2024-02-04", "2024-02-20", "2024-02-27", "2024-03-02", "2024-03-04", "2024-03-05"]),
  );
  expect(desk.posts).toHaveLength(6);
});

test.each([
  ["evidence", { on: "2024-02-25", type: "complied" }],
  ["appeal", { on: "2024-02-25", type: "appealed", suspends: "no" }],
  ["objection", { on: "2024-02-25", type: "appealed", suspends: "no" }],
  ["observations", { on: "2024-02-25", type: "withdrawn" }],
  ["notice", { on: "2024-02-25", type: "closed" }],
])("%s is silent once it is done", async (kind, event) => {
  const desk = await deskWith(orderBeside([clock(kind)]));
  expect(await saidUntil(desk, "2024-02-24T22:00")).toHaveLength(2);
  await desk.record(KEY, event);
  desk.host.memory.hurried = true;
  expect(await saidUntil(desk, "2024-03-20T12:00")).toEqual([]);
});

test("the day on which a fine is due is reminded of until it is paid in full", async () => {
  const fines = [{ id: "fine", amount: "5000", due: "2024-03-05" }];
  const desk = await deskWith({ ...ORDER, items: undefined, fines });
  expect(await saidUntil(desk, "2024-02-21T12:00")).toEqual([
    ["2024-02-04", 30, "payment"],
    ["2024-02-20", 14, "payment"],
  ]);
  await desk.record(KEY, { on: "2024-02-21", type: "paid", amount: "2000", for: "fine" });
  expect(await saidUntil(desk, "2024-02-28T12:00")).toEqual([["2024-02-27", 7, "payment"]]);
  expect(desk.posts.at(-1)!.text).toContain("Fine due Tue 5 Mar 2024, 24:00 Paris: EUR 3,000 not recorded as paid");
  await desk.record(KEY, { on: "2024-02-28", type: "paid", amount: "3000", for: "fine" });
  expect(await saidUntil(desk, "2024-03-20T12:00")).toEqual([]);
});

test("an announced sum starts a clock for observations; the latest stage speaks at once, with the real days left", async () => {
  const desk = await deskWith(orderWith({}, { notified: "2024-01-05" }));
  await desk.runUntil(moment("2024-03-25T06:00"), 720);
  await desk.record(KEY, { on: "2024-03-25", type: "intended", id: "first", from: "2024-03-06", to: "2024-03-20", amount: "1500" });
  const said = await saidUntil(desk, "2024-04-20T12:00", 360);
  expect(said.map(([day, stage]) => [day, stage])).toEqual([
    ["2024-03-25", 30],
    ["2024-03-26", 14],
    ["2024-04-02", 7],
    ["2024-04-06", 3],
    ["2024-04-08", 1],
    ["2024-04-09", 0],
  ]);
  expect(desk.posts.map(({ text }) => text).join("\n")).toContain("15 days left");
});

test("a clock that had ended when the matter was registered is not spoken of", async () => {
  const desk = await deskWith(orderBeside([clock("appeal", { period: "P1W" })]));
  expect(await saidUntil(desk, "2024-02-20T12:00")).toEqual([]);
});

test("after an outage over its day it is said once that it has passed, not as if it were ahead", async () => {
  const desk = await deskWith(orderBeside(EVIDENCE));
  const said = await desk.tickAt(moment("2024-03-07T10:00"));
  expect(utterances(said).map(({ stage }) => stage)).toEqual([0]);
  expect(desk.posts.at(-1)!.text).toContain("it is not recorded as done");
  expect(utterances(await desk.tickAt(moment("2024-03-08T10:00")))).toEqual([]);
});

test.each([
  ["observer", "evidence", "Evidence of compliance is due Tue 5 Mar 2024"],
  ["respondent", "evidence", "Send the evidence of compliance by Tue 5 Mar 2024"],
  ["counsel", "payment", "Pay by Tue 5 Mar 2024"],
  ["authority", "payment", "Payment is due Tue 5 Mar 2024"],
  ["authority", "time-bar", "Collect the sums that have run"],
  ["respondent", "time-bar", "is time-barred after Tue 5 Mar 2024"],
])("to %s a clock for %s reads: %s", async (we, kind, words) => {
  const desk = await deskWith(orderBeside([clock(kind)], { we }));
  await desk.runUntil(moment("2024-02-05T12:00"), 360);
  expect(desk.posts).toHaveLength(1);
  expect(desk.posts[0]!.text).toContain(words);
  expect(desk.posts[0]!.text).not.toContain(`ack ${KEY}`);
});

describe("of sums that are forfeited day by day one a week is reminded of", () => {
  /** EUR 100 a day from Friday 17 January 2025: the first is to be paid by Friday 28 February. */
  const FORFEITED = {
    ...ORDER,
    authority: "AP",
    currency: "EUR",
    decided: "2025-01-02",
    notified: "2025-01-02",
    items: [{ id: "a", cure: { period: "P14D" }, penalty: { rate: "100", per: "day" } }],
  };

  /** What is heard of the second and the third week: when, the day that is spoken of, and how many are left by the words. */
  async function heard(settings: object, per = "day") {
    const desk = await deskOfTest();
    desk.clock.set(moment("2025-02-20T06:00"));
    await desk.hold({ ...FORFEITED, items: [{ ...FORFEITED.items[0]!, penalty: { rate: "100", per } }] });
    await desk.watch(PLACE, { digest: "off", ...settings });
    await desk.followIndex(moment("2025-03-14T12:00"));
    return desk.posts.flatMap(({ at, text }) => {
      const said = /Payment is due(?: by)? \w+ (\d+ \w+).*?(\d+ days? left|ends today)/s.exec(text);
      return said === null || at < "2025-03-01" ? [] : [[at.slice(0, 16), said[1], said[2]]];
    });
  }

  const WEEKS = [
    ["2025-03-04T08:00", "7 Mar", "3 days left"],
    ["2025-03-06T08:00", "7 Mar", "1 day left"],
    ["2025-03-07T08:00", "7 Mar", "ends today"],
    ["2025-03-11T08:00", "14 Mar", "3 days left"],
    ["2025-03-13T08:00", "14 Mar", "1 day left"],
    ["2025-03-14T08:00", "14 Mar", "ends today"],
  ];

  test.each([
    ["usual stages", {}],
    ["stages of its own that lie in weeks of others", { stages: [45, 10] }],
  ])("ahead of its day, at the authority's hour, each stage once: %s", async (_name, settings) => {
    expect(await heard(settings)).toEqual(WEEKS);
  });

  test("each where one is forfeited a week", async () => {
    expect(await heard({}, "week")).toEqual([
      ["2025-03-03T08:00", "6 Mar", "3 days left"],
      ["2025-03-05T08:00", "6 Mar", "1 day left"],
      ["2025-03-06T08:00", "6 Mar", "ends today"],
      ["2025-03-10T08:00", "13 Mar", "3 days left"],
      ["2025-03-12T08:00", "13 Mar", "1 day left"],
      ["2025-03-13T08:00", "13 Mar", "ends today"],
    ]);
  });

  test("a place that is open on few days hears of it then, and no later than at the stage", async () => {
    expect(await heard({ weekdays: [1, 4] })).toEqual([
      ["2025-03-03T08:00", "7 Mar", "4 days left"],
      ["2025-03-06T08:00", "7 Mar", "1 day left"],
      ["2025-03-10T08:00", "14 Mar", "4 days left"],
      ["2025-03-13T08:00", "14 Mar", "1 day left"],
    ]);
  });
});
