import { expect, onTestFinished, test } from "vitest";
import type { MatterEvent } from "../../src/matter/events.ts";
import type { Facts } from "../../src/matter/facts.ts";
import type { Place } from "../../src/ports/chat.ts";
import { day } from "../../src/time/day.ts";
import { momentOf } from "../../src/time/instant.ts";
import { violations } from "./checker.ts";
import { type FaultDesk, faultDesk, minutesAfter } from "./desk.ts";
import type { Random } from "./random.ts";
import type { AnswerKind } from "./scripted-platform.ts";

const START = momentOf("Europe/Paris", day("2024-01-10"), "12:00");
const ONE = "memory:one" as Place;
const OPERATIONS = "memory:operations" as Place;
/** Nothing happens by chance here: a platform that can tell always does. */
const NEVER_BY_CHANCE: Random = { next: () => 0.5, below: () => 0, chance: () => false, one: (of) => of[0]! };

interface Setup {
  readonly pace?: number;
  readonly reads?: boolean;
  readonly random?: Random;
}

/** So many matters with one reminder each that is due, in a place that answers so, and well from then on. */
async function given(matters: number, answers: readonly AnswerKind[], setup: Setup = {}): Promise<FaultDesk> {
  const { pace = 0, reads = false, random = NEVER_BY_CHANCE } = setup;
  const desk = await faultDesk({ random, start: START, pace, operations: OPERATIONS, canTell: () => reads });
  onTestFinished(() => desk.close());
  await desk.watch(ONE, { digest: "off" });
  const left = [...answers];
  desk.platform.befall(ONE, () => left.shift() ?? "ok");
  for (let number = 1; number <= matters; number++) {
    const items = [{ id: "a", cure: { period: "P10D", from: "notified", rule: "cure" } }];
    const facts = {
      ref: `X-${number}`,
      authority: "CNIL",
      respondent: "X",
      kind: "sanction",
      decided: "2024-01-08",
      notified: "2024-01-08",
      items,
    };
    await desk.record(`CNIL:X-${number}`, facts as unknown as Facts);
  }
  return desk;
}

/** Looks each quarter of a minute, for so many minutes, and judges. */
async function lookFor(desk: FaultDesk, minutes: number): Promise<readonly string[]> {
  for (let passed = 0; passed <= minutes; passed += 0.25) await desk.step(minutesAfter(START, passed));
  return violations(await desk.evidence()).map(({ invariant, what }) => `${invariant}: ${what}`);
}

function shownMarks({ platform }: FaultDesk): readonly boolean[] {
  return platform.attempts.filter(({ shown, place }) => shown && place === ONE).map(({ text }) => /may be a repeat/.test(text));
}

test("a doubt outlives a refusal for now: what may have been shown is still marked as a repeat when it is shown later", async () => {
  const desk = await given(1, ["unknown-shown", "later"]);
  expect(await lookFor(desk, 5)).toEqual([]);
  expect(shownMarks(desk)).toEqual([false, true]);
});

test("a doubt outlives a refusal for now: the platform is asked again, and nothing is shown twice where it can tell", async () => {
  const desk = await given(1, ["unknown-not-shown", "later", "unknown-shown"], { reads: true });
  expect(await lookFor(desk, 10)).toEqual([]);
  expect(shownMarks(desk)).toEqual([false]);
});

test("what the platform has said not to be there is no repeat, though it waits for its turn and the platform cannot tell any more", async () => {
  let asked = 0;
  const random = { ...NEVER_BY_CHANCE, chance: () => ++asked > 2 };
  const desk = await given(2, ["unknown-not-shown", "unknown-not-shown"], { pace: 1_000, reads: true, random });
  await desk.step(START);
  await desk.step(minutesAfter(START, 30));
  const { asks } = await desk.evidence();
  expect(asks.map(({ answer }) => answer)).toEqual(["not-shown", "not-shown", "cannot-tell"]);
  expect(violations(await desk.evidence())).toEqual([]);
  expect(shownMarks(desk)).toEqual([false, false]);
});

test.each([false, true])(
  "a burst of which nobody knows the end is repeated whole, nothing of it left out (the platform can tell: %s)",
  async (reads) => {
    const desk = await given(6, ["unknown-not-shown"], { pace: 1_000, reads });
    expect(await lookFor(desk, 5)).toEqual([]);
    expect(shownMarks(desk)).toEqual([!reads]);
  },
);

test("what joins a burst that was shown already is shown too: nobody takes the old message for the new one", async () => {
  const desk = await given(5, ["unknown-shown"], { pace: 1_000, reads: true });
  await desk.step(START);
  const items = [{ id: "a", cure: { period: "P10D", from: "notified", rule: "cure" } }];
  const facts = { ref: "A-1", authority: "CNIL", respondent: "X", kind: "sanction", decided: "2024-01-08", notified: "2024-01-08", items };
  await desk.record("CNIL:A-1", facts as unknown as Facts);
  expect(await lookFor(desk, 5)).toEqual([]);
  const texts = desk.platform.attempts.filter(({ shown, place }) => shown && place === ONE).map(({ text }) => text);
  for (const ref of ["X-1", "X-2", "X-3", "X-4", "X-5", "A-1"])
    expect(
      texts.filter((text) => text.includes(ref)),
      ref,
    ).toHaveLength(1);
});

test("refusals for now, however many, do not count as attempts of which nobody knows the end", async () => {
  const desk = await given(1, ["later", "later", "later", "later", "later", "later", "unknown-not-shown"]);
  expect(await lookFor(desk, 90)).toEqual([]);
  expect(shownMarks(desk)).toEqual([true]);
});

test("what may have been shown is tried once an hour after the sixth time, as long as it is due, and is shown once somebody can tell", async () => {
  const desk = await given(
    1,
    Array.from({ length: 9 }, () => "unknown-not-shown" as const),
  );
  expect(await lookFor(desk, 6 * 60)).toEqual([]);
  expect(shownMarks(desk)).toEqual([true]);
});

test("what was announced as late and is then given up is announced once more", async () => {
  const desk = await given(
    1,
    Array.from({ length: 40 }, () => "later" as const),
  );
  for (let passed = 0; passed <= 90; passed++) await desk.step(minutesAfter(START, passed));
  const letters = () => desk.platform.attempts.filter(({ place }) => place === OPERATIONS).length;
  expect(letters()).toBe(1);
  desk.platform.befall(ONE, () => "never");
  for (let passed = 91; passed <= 240; passed++) await desk.step(minutesAfter(START, passed));
  expect(letters()).toBe(2);
  expect(await desk.store.deliveries.unannounced(START)).toEqual([]);
});

test.each(["later", "unknown-shown"] as const)(
  "what was put off (%s), out of date for a moment and due again is said all the same, marked where it may be a repeat",
  async (answer) => {
    const desk = await given(1, [answer]);
    await desk.step(START);
    const on = day("2024-01-10");
    await desk.record("CNIL:X-1", null, { type: "stayed", on } as MatterEvent);
    await desk.step(minutesAfter(START, 0.25));
    await desk.record("CNIL:X-1", null, { type: "resumed", on } as MatterEvent);
    for (let passed = 0.5; passed <= 10; passed += 0.25) await desk.step(minutesAfter(START, passed));
    expect(violations(await desk.evidence())).toEqual([]);
    const said = desk.platform.attempts.filter(({ once, shown }) => shown && once.includes('"reminder"'));
    expect(said.map(({ text }) => /may be a repeat/.test(text))).toEqual(answer === "later" ? [false] : [false, true]);
  },
);
