import { describe, expect, test } from "vitest";
import { lookAt } from "../../src/alerts/look.ts";
import { plan } from "../../src/alerts/plan.ts";
import { ANY_TIME } from "../../src/alerts/timing.ts";
import { given, ORDER, orderWith } from "../support/given.ts";
import { deskOfTest, moment, utterances } from "./desk-of-test.ts";

const PLACE = "memory:one";

describe("a draft asks once where a week and a stage of its earliest end meet", () => {
  /** Decided on Monday 27 May 2024, notified nobody knows when: at the earliest it ends on Monday 10 June. */
  const DRAFT = {
    ...orderWith({ cure: { period: "P14D" } }, { authority: "EC", decided: "2024-05-27" }),
    notified: undefined,
  };

  async function asked(settings: object, end = "2024-06-20T12:00") {
    const desk = await deskOfTest();
    await desk.watch(PLACE, { digest: "off", ...settings });
    desk.clock.set(moment("2024-05-27T08:00"));
    await desk.hold(DRAFT);
    await desk.watch(PLACE, { digest: "off", ...settings });
    const said = await desk.runUntil(moment(end), 180);
    return utterances({ said }).map(({ today, stage }) => [today, stage]);
  }

  test("the reminder says it, and the weeks after go on", async () => {
    expect(await asked({})).toEqual([
      ["2024-05-27", 14],
      ["2024-06-03", 7],
      ["2024-06-07", 3],
      ["2024-06-09", 1],
      ["2024-06-10", 0],
      ["2024-06-17", "missing-fact"],
    ]);
  });

  test("a place without that stage is asked by the week", async () => {
    expect((await asked({ stages: [30] })).slice(0, 3)).toEqual([
      ["2024-05-27", 30],
      ["2024-06-03", "missing-fact"],
      ["2024-06-07", 3],
    ]);
  });
});

describe("what becomes known before the hour of a stage is said once, with the days that are left", () => {
  /** Two weeks from Tuesday 2 January 2024: they end on Tuesday 16 January. */
  const TWO_WEEKS = orderWith({ cure: { period: "P14D" } }, { decided: "2024-01-02", notified: "2024-01-02" });

  async function heard(from: string, end: string, settings: object = {}, ...events: readonly (readonly [string, object])[]) {
    const desk = await deskOfTest();
    desk.clock.set(moment(from));
    await desk.watch(PLACE, { digest: "off", ...settings });
    const key = await desk.hold(TWO_WEEKS);
    const said = [...(await desk.runUntil(moment(events[0]?.[0] ?? end), 60))];
    for (const [at, event] of events) {
      desk.clock.set(moment(at));
      await desk.record(key, event);
      desk.host.memory.hurried = true;
      said.push(...(await desk.runUntil(moment(end), 60)));
    }
    const stages = utterances({ said }).flatMap(({ kind, stage }) => (kind === "reminder" ? [stage] : []));
    const posts = desk.posts
      .filter(({ text }) => / left/.test(text) && !/extended/i.test(text))
      .map(({ at, text }) => [at.slice(0, 13), / (\d+ days?) left/.exec(text)?.[1]]);
    return posts.map(([at, left], index) => [at, stages[index], left]);
  }

  test("registered at 08:00 on the day of a stage: that stage, at once; from the hour on nothing anew", async () => {
    expect(await heard("2024-01-02T07:00", "2024-01-10T12:00")).toEqual([
      ["2024-01-02T07", 14, "14 days"],
      ["2024-01-09T08", 7, "7 days"],
    ]);
  });

  test("a stage of a later day that a place hears on that day, as it is closed on its own", async () => {
    // Thursday 11 January: the stages of Saturday and Monday are said that day, of which the later one speaks.
    expect(await heard("2024-01-11T07:00", "2024-01-12T12:00", { weekdays: [2, 4] })).toEqual([["2024-01-11T07", 1, "5 days"]]);
  });

  test("an end that is moved on the day of a stage", async () => {
    const moved = ["2024-01-15T07:00", { on: "2024-01-15", type: "extended", item: "a", until: "2024-01-22" }] as const;
    expect((await heard("2024-01-08T12:00", "2024-01-16T12:00", {}, moved)).slice(-2)).toEqual([
      ["2024-01-13T08", 3, "3 days"],
      ["2024-01-15T07", 7, "7 days"],
    ]);
  });

  test("what is recorded that day and moves nothing leaves the stage to its hour", async () => {
    const note = ["2024-01-09T07:00", { on: "2024-01-09", type: "note", text: "called" }] as const;
    expect(await heard("2024-01-03T12:00", "2024-01-10T12:00", {}, note)).toEqual([
      ["2024-01-03T12", 14, "13 days"],
      ["2024-01-09T08", 7, "7 days"],
    ]);
  });

  test("an end that is moved, and a note after it, is told as one that is moved", () => {
    const moved = { on: "2024-02-27", type: "extended", item: "a", until: "2024-03-12", recordedAt: "2024-02-27T06:00:00.000Z" };
    const note = { on: "2024-02-27", type: "note", text: "called", recordedAt: "2024-02-27T06:05:00.000Z" };
    for (const events of [[moved], [moved, note]]) {
      const planned = plan(lookAt(given(ORDER, ...events), moment("2024-02-27T06:10")), { ...ANY_TIME, snoozedUntil: null });
      expect(planned.flatMap(({ utterance: { kind, reason } }) => (kind === "reminder" ? [reason] : []))).toEqual(["deadline-moved"]);
    }
  });
});
