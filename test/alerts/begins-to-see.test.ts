import { describe, expect, test } from "vitest";
import { askedAgain, askedNow } from "../../src/alerts/asked.ts";
import { lookAt } from "../../src/alerts/look.ts";
import { heardIn } from "../../src/alerts/seen-since.ts";
import type { Place } from "../../src/ports/chat.ts";
import { moment } from "./desk-of-test.ts";
import { ANA, INSIDE, NO_DIGEST, SHARED, type SightDesk, sightDesk, UNTOLD } from "./sight-desk.ts";

const KEY = "CNIL:SAN-2024-003";
const DAY = "2024-02-27";

/** When the place was told which stage, and how many days were left by it. The end is 5 March; the hour of speaking is 08:00 in UTC. */
function heard({ posts }: SightDesk, place: Place) {
  return posts
    .filter(({ at, to, key }) => at > "2024-02-20" && to === place && key.includes('"reminder"'))
    .map(({ at, key, text }) => [at.slice(0, 16), (JSON.parse(key) as unknown[])[4], /(\d+) days? left/.exec(text)?.[1]]);
}

const AT_ONCE = [[`${DAY}T06:00`, 7, "7"]];
const BEFORE = ["2024-02-20T08:00", 14, "14"];
const AT_ITS_HOUR = [`${DAY}T08:00`, 7, "7"];

/** With the matter, up to the morning of its last week. */
async function deskUntilMorning(visibility: "public" | "desk" | "restricted", begin: (desk: SightDesk) => Promise<unknown>) {
  const desk = await sightDesk();
  await desk.file("SAN-2024-003", visibility);
  await begin(desk);
  await desk.runUntil(moment("2024-01-03T12:00"), 60 * 12);
  desk.clock.set(moment("2024-02-19T12:00"));
  await desk.followIndex(moment(`${DAY}T05:00`));
  desk.clock.set(moment(`${DAY}T06:00`));
  return desk;
}

const opened = (to: "public" | "desk" | "restricted") => ({ on: DAY, type: "visibility", to });

/** Until noon. Answers, of twenty past six, what may be acknowledged in the place and with how many days left that asks again. */
async function untilNoon(desk: SightDesk, place: Place) {
  const now = moment(`${DAY}T06:20`);
  await desk.runUntil(now, 20);
  const matter = (await desk.register.matter(KEY))!;
  const settings = await desk.store.subscriptions.of(place);
  const known = { heard: await heardIn({ ...desk.store, sights: desk.host.sights }, place, settings, lookAt(matter, now)) };
  const asked = askedNow(matter, settings, null, now, known);
  const again = asked.map((stage) => askedAgain(matter, settings, stage, null, now, known).again?.left);
  await desk.runUntil(moment(`${DAY}T12:00`), 20);
  return asked.map(({ stage }, index) => [stage, again[index]]);
}

describe("somebody who is let in between midnight and the hour of a stage", () => {
  test("is told that stage at once, and at the hour nothing anew", async () => {
    const desk = await deskUntilMorning("restricted", async () => undefined);
    await desk.admit(KEY, "ana");
    expect(await untilNoon(desk, ANA)).toEqual([["7", 3]]);
    expect(heard(desk, ANA)).toEqual(AT_ONCE);
  });

  test("and who watches everything since long, too", async () => {
    const desk = await deskUntilMorning("restricted", (its) => its.watch(ANA, NO_DIGEST));
    await desk.admit(KEY, "ana");
    expect(await untilNoon(desk, ANA)).toEqual([["7", 3]]);
    expect(heard(desk, ANA)).toEqual(AT_ONCE);
  });

  test("hears it at its hour where they were let in before", async () => {
    const desk = await deskUntilMorning("restricted", (its) => its.admit(KEY, "ana"));
    await desk.admit(KEY, "ben");
    expect(await untilNoon(desk, ANA)).toEqual([["14", 7]]);
    expect(heard(desk, ANA)).toEqual([BEFORE, AT_ITS_HOUR]);
  });

  test("or where they had heard of it, as it was restricted that morning alone", async () => {
    const desk = await deskUntilMorning("desk", (its) => its.watch(ANA, NO_DIGEST));
    await desk.admit(KEY, "ana");
    await desk.record(KEY, opened("restricted"));
    expect(await untilNoon(desk, ANA)).toEqual([["14", 7]]);
    expect(heard(desk, ANA)).toEqual([BEFORE, AT_ITS_HOUR]);
  });
});

describe("a matter that a place may see only since the morning of a stage", () => {
  test("is told there at once, once, where it was restricted", async () => {
    const desk = await deskUntilMorning("restricted", (its) => its.watch(INSIDE, NO_DIGEST));
    expect(heard(desk, INSIDE)).toEqual([]);
    await desk.record(KEY, opened("desk"));
    expect(await untilNoon(desk, INSIDE)).toEqual([["7", 3]]);
    expect(heard(desk, INSIDE)).toEqual(AT_ONCE);
  });

  test("and where it becomes public, in a place that is shared with others", async () => {
    const desk = await deskUntilMorning("desk", (its) => its.watch(SHARED, NO_DIGEST));
    expect(heard(desk, SHARED)).toEqual([]);
    await desk.record(KEY, opened("public"));
    expect(await untilNoon(desk, SHARED)).toEqual([["7", 3]]);
    expect(heard(desk, SHARED)).toEqual(AT_ONCE);
  });

  test("is told at its hour where it was seen before", async () => {
    const desk = await deskUntilMorning("desk", (its) => its.watch(INSIDE, NO_DIGEST));
    await desk.record(KEY, opened("public"));
    expect(await untilNoon(desk, INSIDE)).toEqual([["14", 7]]);
    expect(heard(desk, INSIDE)).toEqual([BEFORE, AT_ITS_HOUR]);
  });

  test("and to whom was let in before it was opened", async () => {
    const desk = await deskUntilMorning("restricted", async (its) => {
      await its.admit(KEY, "ana");
      await its.watch(ANA, NO_DIGEST);
    });
    await desk.record(KEY, opened("desk"));
    expect(await untilNoon(desk, ANA)).toEqual([["14", 7]]);
    expect(heard(desk, ANA)).toEqual([BEFORE, AT_ITS_HOUR]);
  });

  test("is told at once to whom was let in while everybody saw it, and who watched nothing", async () => {
    const desk = await deskUntilMorning("desk", (its) => its.admit(KEY, "ana"));
    await desk.record(KEY, opened("restricted"));
    expect(await untilNoon(desk, ANA)).toEqual([["7", 3]]);
    expect(heard(desk, ANA)).toEqual(AT_ONCE);
  });

  test("is told at once, once, in a place that is confirmed that morning", async () => {
    const desk = await deskUntilMorning("desk", (its) => its.watch(UNTOLD, NO_DIGEST));
    expect(heard(desk, UNTOLD)).toEqual([]);
    await desk.confirm(UNTOLD);
    expect(await untilNoon(desk, UNTOLD)).toEqual([["7", 3]]);
    expect(heard(desk, UNTOLD)).toEqual(AT_ONCE);
  });
});
