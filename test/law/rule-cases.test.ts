import { describe, expect, test } from "vitest";
import { parsePeriod } from "../../src/law/period.ts";
import { answerTo, caseFiles, casesOf, lacking, type RuleCase, slipsOf } from "./rule-cases.ts";

function named({ given, expect: expected, kind }: RuleCase): string {
  const where = given.calendar === undefined ? "" : given.calendar === null ? ", no calendar" : `, ${given.calendar}`;
  const answer = typeof expected === "string" ? expected : Object.values(expected).join(" ");
  return `${kind}: ${given.from}${given.at === undefined ? "" : ` ${given.at}`} + ${[given.period].flat().join(", ")}${where} = ${answer}`;
}

describe.each(caseFiles())("%s", (about) => {
  test.each(casesOf(about).map((one) => [named(one), one] as const))("%s", (_name, one) => {
    expect(slipsOf(one)).toEqual([]);
    expect([one.given.period].flat().filter((period) => parsePeriod(period) === null)).toEqual([]);
    expect(answerTo(about, one), one.because).toEqual(one.expect);
  });

  test("no case stands there twice", () => {
    const asked = casesOf(about).map(({ given }) => JSON.stringify(given));
    expect(asked.filter((one, index) => asked.indexOf(one) !== index)).toEqual([]);
  });
});

test("a slip of the pen in a case is found", () => {
  const [sound] = casesOf("cure") as [RuleCase];
  expect(slipsOf(sound)).toEqual([]);
  expect(slipsOf({ ...sound, kind: "weekened" })).toEqual(["weekened"]);
  expect(slipsOf({ ...sound, because: "see above" })).toEqual(["because"]);
  expect(slipsOf({ ...sound, given: { ...sound.given, calendar: "FR-XX" } })).toEqual(["FR-XX"]);
  expect(slipsOf({ ...sound, given: { ...sound.given, form: "2024-01-01" } } as RuleCase)).toEqual(["form"]);
});

test("a table without one of the demanded kinds is found", () => {
  expect(lacking([{ kind: "plain" }, { kind: "weekend" }, { kind: "leap-day" }])).toEqual(["holiday", "month-end"]);
});
