import { expect, test } from "vitest";
import { refusalText } from "../../src/cards/findings.ts";
import { given, refusalOf } from "../support/given.ts";
import { sessionOfTest } from "../support/session.ts";

interface Ended {
  readonly expiry: string;
  readonly time: string;
  readonly steps: readonly { readonly what: string; readonly text?: string }[];
}

const DEADLINE = "deadline --rule cure --authority CNIL";

async function ended(rest: string): Promise<readonly string[]> {
  const session = await sessionOfTest();
  const { expiry, time, steps } = await session.ask<Ended>(`${DEADLINE} ${rest}`);
  return [`${expiry} ${time}`, ...steps.map(({ what }) => what)];
}

test("a time of day over which the clocks are put forward is refused at each door", async () => {
  const session = await sessionOfTest();
  const typed = await session.type(`${DEADLINE} --from 2024-03-31 --at 02:30 --period PT24H`);
  expect(typed).toMatchObject({ status: 1, json: { error: { code: "time-skipped", text: expect.stringContaining("Sun 31 Mar 2024") } } });
  const base = { ref: "M-1", authority: "CNIL", respondent: "Exemple SA", kind: "order", decided: "2024-03-30" };
  const hours = (from: string) => [{ id: "a", cure: { period: "PT24H", from, rule: "cure" } }];
  for (const facts of [{ notified: "2024-03-31T02:30" }, { items: hours("2024-03-31T02:00") }])
    expect((await session.bring({ ...base, ...facts })).codes).toEqual(["time-skipped"]);
  const notified = { on: "2024-03-31", type: "notified", at: "02:59" };
  const refusal = refusalOf(given({ decided: "2024-03-30", notified: undefined }), notified)!;
  expect(refusal).toMatchObject({ refused: "time-skipped", args: { time: "02:59" } });
  for (const language of ["en", "fr"] as const) expect(refusalText(language, refusal)).toMatch(/2\s?(h|:)\s?59/);
  expect(refusalOf(given({ decided: "2024-03-30", notified: undefined }), { ...notified, at: "03:00" })).toBeNull();
});

test("of a time of day that comes twice the steps say which of the two is meant", async () => {
  const [end, start, added] = await ended("--from 2024-10-27 --at 02:30 --period PT1H");
  expect(end).toBe("2024-10-27 02:30");
  expect(start).toContain("first of two");
  expect(added).toContain("second of two");
});

test("hours go on from the second of the two where a period before has ended there", async () => {
  expect(await ended("--from 2024-10-27 --at 02:30 --period PT1H --period PT1H")).toEqual([
    "2024-10-27 03:30",
    expect.stringContaining("first of two"),
    expect.stringContaining("second of two"),
    expect.not.stringContaining("of two"),
  ]);
});

test("of one that comes once nothing is said, on the day of the change and on any other", async () => {
  for (const day of ["2024-10-27", "2024-03-31", "2024-06-01"])
    expect((await ended(`--from ${day} --at 04:30 --period PT1H`)).join()).not.toContain("of two");
});
