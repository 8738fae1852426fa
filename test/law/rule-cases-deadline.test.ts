import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/commands/index.ts";
import { parse } from "../../src/commands/parser.ts";
import { tokensOf } from "../../src/commands/tokens.ts";
import { deadline } from "../../src/commands/verbs/deadline.ts";
import { calendarVersions } from "../../src/law/calendar.ts";
import { RULES } from "../../src/law/rules/index.ts";
import { LANGUAGES, type Language } from "../../src/time/wording.ts";
import { caseFiles, casesOf, type RuleCase, ruleAbout } from "./rule-cases.ts";

/** Nobody has entered a review. */
const store = { reviews: { all: async () => [] } };

/** What the command answers to a typed line, without a register. */
async function answered(line: string, language: Language = "en") {
  const tokens = tokensOf(line);
  const parsed = "misunderstood" in tokens ? tokens : parse(tokens, COMMANDS);
  if ("misunderstood" in parsed) throw new Error(`${line}: ${parsed.misunderstood}`);
  return deadline.run(parsed.values, { language, store } as unknown as Parameters<typeof deadline.run>[1]);
}

function lineOf(about: string, { given }: RuleCase): string {
  const periods = [given.period].flat().map((period) => `--period ${period}`);
  const rest = [
    ...(given.at === undefined ? [] : [`--at ${given.at}`]),
    ...(typeof given.calendar === "string" ? [`--calendar ${given.calendar}`] : []),
    ...(given.stickyMonthEnd ? ["--sticky-month-end"] : []),
  ];
  return ["deadline", `--from ${given.from}`, ...periods, `--rule ${ruleAbout(about)!.id}`, ...rest].join(" ");
}

/** A zone is not typed, nor is a table's absence; and a rule of one place is not asked for with another's holidays. */
function canBeTyped(about: string, { given }: RuleCase): boolean {
  const place = ruleAbout(about)!.place?.calendar;
  const elsewhere = place !== undefined && typeof given.calendar === "string" && !given.calendar.startsWith(place);
  return given.zone === undefined && given.calendar !== null && !elsewhere;
}

const TYPED = caseFiles().flatMap((about) =>
  casesOf(about)
    .filter((one) => canBeTyped(about, one))
    .map((one) => [lineOf(about, one), one.expect] as const),
);

describe("the command deadline reaches every rule, and answers as its cases say", () => {
  test("there is a line for each of them", () => {
    for (const { id } of RULES) expect(TYPED.filter(([line]) => line.includes(`--rule ${id}`)).length, id).toBeGreaterThanOrEqual(5);
  });

  test.each(TYPED)("%s", async (line, expected) => {
    const answer = await answered(line);
    if (typeof expected === "object" && "refused" in expected) return expect(answer).toMatchObject(expected);
    const [expiry, time] = typeof expected === "string" ? [expected] : [expected.day, expected.time];
    const { steps, ...rest } = (answer as { json: { steps: { day: string; source: string }[] } }).json;
    expect(rest).toEqual({ expiry, ...(time === undefined ? {} : { time }) });
    expect(steps.at(-1)).toMatchObject({ day: expiry, source: expect.stringMatching(/./) });
  });
});

describe("the holidays of a place can be named", () => {
  test("each table by its id", async () => {
    for (const [id] of calendarVersions()) {
      const answer = await answered(`deadline --from 2023-10-16 --period P1W --rule eu-1182-71 --calendar ${id}`);
      expect(answer, id).toMatchObject({ json: { expiry: "2023-10-23" } });
    }
  });

  test.each(LANGUAGES)("but not those of another country than the rule's (%s)", async (language) => {
    expect(await answered("deadline --from 2024-04-01 --period P1M --rule fr-civil --calendar GB-ENG", language)).toEqual({
      refused: "calendar-elsewhere",
      args: { rule: "fr-civil", calendar: "France (metropolitan)" },
    });
  });

  test("an authority without a table leaves a rule those of its own place", async () => {
    const line = "deadline --from 2024-04-01 --period P1M --rule fr-civil --authority CJEU";
    expect(await answered(line)).toMatchObject({ json: { expiry: "2024-05-02" } });
  });
});
