import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { calendarOf } from "../../src/law/calendar.ts";
import { parsePeriod } from "../../src/law/period.ts";
import { RULES, ruleOf } from "../../src/law/rules/index.ts";
import { lastWorkingDayBefore } from "../../src/law/time-limit.ts";
import { day } from "../../src/time/day.ts";
import type { Zone } from "../../src/time/instant.ts";

interface Case {
  readonly given: {
    readonly rule: string;
    readonly from: string;
    readonly at?: string;
    readonly period: string | readonly string[];
    readonly calendar: string | null;
    readonly zone?: string;
    readonly stickyMonthEnd?: boolean;
    readonly citation?: string;
  };
  readonly expect: object;
}

/** Whole derivations, each read against its rule: every step with its day, its figures and what it cites. */
const FILE = new URL("./derivations.cases.json", import.meta.url);
const CASES = JSON.parse(readFileSync(FILE, "utf8")) as readonly Case[];

describe("a deadline is told with all of its steps, or refused", () => {
  test.each(CASES.map((one) => [`${one.given.from} and ${one.given.period} under ${one.given.rule}`, one] as const))("%s", (_, one) => {
    const { rule, from, at, period, calendar, zone = "Europe/Paris", stickyMonthEnd = false, citation } = one.given;
    const found = ruleOf(rule)!.limit({
      start: { day: day(from), ...(at === undefined ? {} : { time: at }) },
      periods: (typeof period === "string" ? [period] : period).map((text) => parsePeriod(text)!),
      zone: zone as Zone,
      calendar: calendarOf(calendar),
      stickyMonthEnd,
      ...(citation === undefined ? {} : { citation }),
    });
    expect("refused" in found ? found : { ...found, steps: found.steps }).toEqual(one.expect);
  });
});

/** Their last day stands where it falls. */
const STANDING: ReadonlySet<string> = new Set(["cure", "ie-interpretation"]);

describe("what a rule says of itself", () => {
  test.each(RULES.map((rule) => [rule.id, rule] as const))("%s cites its text, and where each of its wordings was read", (id, rule) => {
    expect(rule.citation.length).toBeGreaterThan(3);
    expect(rule.source.length).toBeGreaterThan(3);
    for (const { begins, source } of rule.versions) {
      expect(source.length).toBeGreaterThan(3);
      expect(["force", "shown", "none"]).toContain(begins);
    }
    expect(rule.rolls).toBe(!STANDING.has(id));
    if (rule.place !== undefined) expect(calendarOf(rule.place.calendar)?.id).toBe(rule.place.calendar);
  });

  test("the law of a place is that of its clocks and its holidays", () => {
    const places = Object.fromEntries(RULES.map(({ id, place }) => [id, place === undefined ? null : `${place.calendar} ${place.zone}`]));
    expect(places).toEqual({
      cure: null,
      "eu-1182-71": null,
      "eu-courts": "CJEU Europe/Luxembourg",
      "fr-civil": "FR Europe/Paris",
      "fr-franc": "FR Europe/Paris",
      "fr-franc-overseas": "FR Europe/Paris",
      "fr-franc-abroad": "FR Europe/Paris",
      "nl-atw": "NL Europe/Amsterdam",
      "de-bgb": "DE Europe/Berlin",
      "uk-grc": "GB-ENG Europe/London",
      "uk-cpr": "GB-ENG Europe/London",
      "us-frcp-6a": "US America/New_York",
      "us-frap-26a": "US America/New_York",
      "uk-ut": "GB-ENG Europe/London",
      "ie-interpretation": "IE Europe/Dublin",
      "at-avg": "AT Europe/Vienna",
      "es-lpac": "ES Europe/Madrid",
      "it-cpc": "IT Europe/Rome",
      "lu-basel": "LU Europe/Luxembourg",
      "no-domstolloven": "NO Europe/Oslo",
      "au-aia": "AU Australia/Sydney",
      "br-anpd": "BR America/Sao_Paulo",
    });
  });
});

describe("the last working day before a day", () => {
  test("follows the table where it reaches, and weekends alone where it does not", () => {
    const france = calendarOf("FR");
    expect(lastWorkingDayBefore(day("2024-05-02"), france)).toBe("2024-04-30");
    expect(lastWorkingDayBefore(day("2024-05-02"), null)).toBe("2024-05-01");
    expect(lastWorkingDayBefore(day("2045-05-02"), france)).toBe("2045-05-01");
    expect(lastWorkingDayBefore(day("2024-05-13"), france)).toBe("2024-05-10");
    expect(lastWorkingDayBefore(day("1999-05-03"), france)).toBe("1999-04-30");
  });
});

describe("the days that Austrian procedure names beside its holidays", () => {
  /** Austria's table with other holidays, which says how often they were walked through. */
  function austria(...days: readonly string[]) {
    let walks = 0;
    class Walked extends Set<string> {
      override [Symbol.iterator]() {
        walks++;
        return super[Symbol.iterator]();
      }
    }
    const calendar = { ...calendarOf("AT")!, holidays: new Walked(days) };
    const end = (from: string, period: string) =>
      ruleOf("at-avg")!.limit({ start: { day: day(from) }, periods: [parsePeriod(period)!], zone: "Europe/Vienna", calendar });
    return { end, walks: () => walks };
  }

  test("are put into a table once, not for each deadline", () => {
    const { end, walks } = austria("2024-04-01");
    expect(end("2024-03-15", "P2W")).toMatchObject({ expiry: "2024-04-02" });
    const before = walks();
    expect(before).toBeGreaterThan(0);
    expect(end("2024-03-15", "P2W")).toMatchObject({ expiry: "2024-04-02" });
    expect(end("2024-12-10", "P2W")).toMatchObject({ expiry: "2024-12-25" });
    expect(walks()).toBe(before);
  });

  test("are the Friday before Easter Monday and before no other holiday, and 24 December in the table's last year too", () => {
    const { end } = austria("2024-05-20", "2025-01-06", "2040-12-25", "2040-12-26");
    expect(end("2024-05-03", "P2W")).toMatchObject({ expiry: "2024-05-17" });
    expect(end("2024-12-06", "P4W")).toMatchObject({ expiry: "2025-01-03" });
    expect(end("2040-11-26", "P4W")).toMatchObject({ expiry: "2040-12-27" });
  });

  test("are those of the table that is asked, though another has its name and as many days", () => {
    expect(austria("2024-06-17").end("2024-06-03", "P2W")).toMatchObject({ expiry: "2024-06-18" });
    expect(austria("2024-06-18").end("2024-06-03", "P2W")).toMatchObject({ expiry: "2024-06-17" });
  });
});
