import { describe, expect, test } from "vitest";
import type { Place } from "../../src/ports/chat.ts";
import { deskOfTest, moment } from "./desk-of-test.ts";

const KEY = "CNIL:SAN-2024-001";
const PLACE = "memory:one" as Place;
/** A Saturday, and the notification is not known: it asks each Saturday, and its earliest end is on 5 March. */
const REGISTERED = moment("2024-01-20T05:00");

async function draftDesk() {
  const desk = await deskOfTest();
  desk.clock.set(REGISTERED);
  await desk.hold({ decided: "2024-01-05", notified: undefined });
  await desk.watch(PLACE, { digest: "off" });
  return desk;
}

type Desk = Awaited<ReturnType<typeof draftDesk>>;

function stagesOn({ posts }: Desk, day: string): readonly unknown[] {
  return posts.filter(({ at }) => at.startsWith(day)).map(({ key }) => (JSON.parse(key) as unknown[])[4]);
}

describe("a draft that asks for its missing fact", () => {
  test("asks each week, and has its reminders", async () => {
    const desk = await draftDesk();
    await desk.runUntil(moment("2024-02-20T12:00"), 60);
    expect(["2024-01-27", "2024-02-03", "2024-02-04", "2024-02-17", "2024-02-20"].map((day) => stagesOn(desk, day))).toEqual([
      ["missing-fact"],
      ["missing-fact"],
      [30],
      ["missing-fact"],
      [14],
    ]);
  });

  test("asks once where it was put off until the day of a reminder, and again a week later", async () => {
    const desk = await draftDesk();
    await desk.runUntil(moment("2024-02-09T12:00"), 60);
    await desk.snooze(KEY, PLACE, "2024-02-20");
    await desk.runUntil(moment("2024-02-24T12:00"), 60);
    expect(["2024-02-10", "2024-02-17", "2024-02-20", "2024-02-24"].map((day) => stagesOn(desk, day))).toEqual([
      [],
      [],
      [14],
      ["missing-fact"],
    ]);
  });

  test("asks once after an outage", async () => {
    const desk = await draftDesk();
    await desk.runUntil(moment("2024-02-09T12:00"), 60);
    desk.clock.set(moment("2024-02-20T12:00"));
    await desk.runUntil(moment("2024-02-21T12:00"), 60);
    expect([...stagesOn(desk, "2024-02-20"), ...stagesOn(desk, "2024-02-21")]).toEqual([14]);
  });
});
