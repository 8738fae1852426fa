import { expect, onTestFinished, test } from "vitest";
import type { MatterEvent } from "../../src/matter/events.ts";
import type { Facts } from "../../src/matter/facts.ts";
import type { Place } from "../../src/ports/chat.ts";
import { addDays, type Day, day } from "../../src/time/day.ts";
import { momentOf } from "../../src/time/instant.ts";
import { violations } from "./checker.ts";
import { type FaultDesk, faultDesk, STEP } from "./desk.ts";
import { randomOf } from "./random.ts";

const ZONE = "Europe/Paris";
const START = day("2024-01-10");
const ONE = "memory:one" as Place;

async function given(matters: number, notified: Day | null): Promise<FaultDesk> {
  const desk = await faultDesk({ random: randomOf(1), start: momentOf(ZONE, START, "06:00"), pace: 1_000 });
  onTestFinished(() => desk.close());
  await desk.watch(ONE);
  const items = [{ id: "a", cure: { period: "P20D", from: "notified", rule: "cure" } }];
  const known = notified === null ? {} : { notified };
  for (let number = 1; number <= matters; number++) {
    const facts = { ref: `X-${number}`, authority: "CNIL", respondent: "X", kind: "sanction", decided: START, ...known, items };
    await desk.record(`CNIL:X-${number}`, facts as unknown as Facts);
  }
  return desk;
}

function duesOf({ dues }: Awaited<ReturnType<FaultDesk["evidence"]>>, kind: string) {
  return dues.filter(({ key }) => JSON.parse(key)[1] === kind);
}

test("what falls due while a pass of the same step runs is due from the next pass on, not from the next step", async () => {
  const desk = await given(2, START);
  desk.platform.befall(ONE, () => "slow");
  await desk.step(momentOf(ZONE, START, "08:59:50"));
  await desk.step(momentOf(ZONE, START, "11:00"));
  const evidence = await desk.evidence();
  const [digest] = duesOf(evidence, "digest");
  expect(digest!.from).toBeGreaterThan(STEP);
  expect(digest!.from).toBeLessThan(2 * STEP);
  expect(evidence.attempts.find(({ once }) => once === digest!.key)?.moment).toBeLessThan(2 * STEP);
  expect(violations(evidence)).toEqual([]);
});

test("a draft has the reminders of its earliest end and asks each week for what it lacks, and its notification takes nothing back", async () => {
  const desk = await given(1, null);
  for (let ahead = 0; ahead < 12; ahead++) {
    await desk.step(momentOf(ZONE, addDays(START, ahead), "09:00"));
    if (ahead === 9) await desk.record("CNIL:X-1", null, { type: "notified", on: START } as unknown as MatterEvent);
  }
  const evidence = await desk.evidence();
  const reminders = duesOf(evidence, "reminder").map(({ key, until }) => [...JSON.parse(key).slice(4, 6), until === null]);
  expect(reminders).toEqual([
    [30, "2024-01-30", false],
    ["missing-fact", "", false],
    [14, "2024-01-30", true],
  ]);
  expect(violations(evidence)).toEqual([]);
});
