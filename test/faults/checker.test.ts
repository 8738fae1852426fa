import { describe, expect, test } from "vitest";
import { millisecondsOf } from "../../src/time/instant.ts";
import { violations } from "./checker.ts";
import {
  AT,
  attempt,
  BASIS,
  claiming,
  DELIVERED,
  DUE,
  delivery,
  evidence,
  KEY,
  LATER,
  later,
  MINUTE,
  named,
  PLACE,
  SHOWN,
  UNKNOWN,
} from "./doctored.ts";
import type { Evidence } from "./evidence.ts";

const MARKED = "EUR 700 (7 days)\nThis may be a repeat: it could not be told";
const TWICE = { claimings: [claiming(UNKNOWN), claiming(DELIVERED, { after: 2 })] };

describe("the checker", () => {
  test("finds nothing in a record that keeps the promise", () => {
    expect(violations(evidence())).toEqual([]);
    const again = [attempt({ answered: "unknown" }), attempt({ after: 2, text: MARKED })];
    expect(violations(evidence({ attempts: again, ...TWICE }))).toEqual([]);
  });

  test.each<[string, Partial<Evidence>]>([
    ["what was due and never tried", { attempts: [], claimings: [], deliveries: [] }],
    [
      "what was tried once and left",
      {
        attempts: [attempt({ shown: false, answered: "later" })],
        claimings: [claiming(LATER)],
        deliveries: [delivery(LATER, { announcedAt: later(1) })],
      },
    ],
    ["what was settled as delivered and was not shown", { attempts: [attempt({ shown: false, answered: "later" })] }],
  ])("misses, by its name, %s", (_, doctored) => {
    expect(named(doctored)).toContain("at-least-once");
  });

  test.each<[string, Partial<Evidence>]>([
    [
      "a second showing of what was delivered",
      { attempts: [attempt(), attempt({ after: 2 })], claimings: [claiming(DELIVERED), claiming(DELIVERED, { after: 2 })] },
    ],
    [
      "a second showing after an answer that was known and written down as unknown",
      { attempts: [attempt(), attempt({ after: 2, text: MARKED })], ...TWICE },
    ],
    [
      "a second showing where the platform could have been asked",
      { attempts: [attempt({ answered: "unknown" }), attempt({ after: 2, text: MARKED })], ...TWICE, canTell: () => true },
    ],
    ["what is shown without a claim", { attempts: [attempt(), attempt({ after: 5, once: "another" })] }],
  ])("finds, by its name, %s", (_, doctored) => {
    expect(named(doctored)).toContain("at-most-once");
  });

  test("takes a second showing after a death before the answer was written down", () => {
    const attempts = [attempt(), attempt({ after: 2, text: MARKED })];
    const died = millisecondsOf(AT);
    const lost = claiming(UNKNOWN, { settled: { moment: died + MINUTE, at: later(1), outcome: UNKNOWN } });
    const claimings = [lost, claiming(DELIVERED, { after: 2 })];
    expect(violations(evidence({ attempts, claimings, deaths: [died + 1] }))).toEqual([]);
    expect(named({ attempts, claimings, deaths: [died - 1] })).toEqual(["at-most-once"]);
  });

  test.each<[string, Partial<Evidence>]>([
    ["what was tried long after it was due", { attempts: [attempt({ after: 30 })], claimings: [claiming(DELIVERED, { after: 30 })] }],
    [
      "what was said when it was out of date",
      {
        attempts: [attempt({ after: 1 })],
        claimings: [claiming(DELIVERED, { after: 1 })],
        dues: [{ ...DUE, until: millisecondsOf(AT) + 1 }],
      },
    ],
    [
      "what was tried again long after its wait",
      {
        attempts: [attempt({ shown: false, answered: "later" }), attempt({ after: 90 })],
        claimings: [claiming(LATER), claiming(DELIVERED, { after: 90 })],
      },
    ],
  ])("finds as late %s", (_, doctored) => {
    expect(named(doctored)).toContain("in-time");
  });

  test.each<[string, Partial<Evidence>]>([
    [
      "a sum that the register does not give",
      { claimings: [claiming(DELIVERED, { basis: { ...BASIS, shown: { ...SHOWN, theoretical: "701.00" } } })] },
    ],
    [
      "a count that the register does not give",
      { claimings: [claiming(DELIVERED, { basis: { ...BASIS, shown: { ...SHOWN, units: 8 } } })] },
    ],
    ["a head that was never the register's", { claimings: [claiming(DELIVERED, { basis: { ...BASIS, head: "b".repeat(64) } })] }],
    ["a version that the matter never had", { claimings: [claiming(DELIVERED, { basis: { ...BASIS, version: 9 } })] }],
    ["other rules", { claimings: [claiming(DELIVERED, { basis: { ...BASIS, rulebook: "others" } })] }],
    [
      "a message without the sum",
      { attempts: [attempt({ text: "EUR 7" })], subscriptions: [{ place: PLACE, language: "en" } as Evidence["subscriptions"][number]] },
    ],
    ["a chain that does not hold", { chainFault: "row 1" }],
  ])("finds as not recomputable %s", (_, doctored) => {
    expect(named(doctored)).toEqual(["recomputable"]);
  });

  test.each<[string, Partial<Evidence>]>([
    ["a repeat that does not say so", { attempts: [attempt({ answered: "unknown" }), attempt({ after: 2 })], ...TWICE }],
    ["a first showing that says it is a repeat", { attempts: [attempt({ text: MARKED })] }],
    [
      "a repeat of what the platform said was not shown",
      {
        attempts: [attempt({ answered: "unknown", shown: false }), attempt({ after: 2, text: MARKED })],
        ...TWICE,
        asks: [{ moment: millisecondsOf(later(2)), place: PLACE, once: KEY, answer: "not-shown" }],
      },
    ],
  ])("finds as wrongly marked %s", (_, doctored) => {
    expect(named(doctored)).toEqual(["repeat-marked"]);
  });
});
