import { expect, test } from "vitest";
import { askedAgain } from "../../src/alerts/asked.ts";
import { usualSettings } from "../../src/alerts/subscription.ts";
import type { Place } from "../../src/ports/chat.ts";
import type { PlaceSettings } from "../../src/ports/subscriptions.ts";
import type { Day } from "../../src/time/day.ts";
import { given, ORDER } from "../support/given.ts";
import { moment } from "./desk-of-test.ts";

const USUAL = usualSettings("memory:one" as Place, "en", "Europe/Paris", "p1", moment("2024-01-01T00:00"));

/** When the deadline of Tuesday 5 March 2024 asks again after that moment, in a place that has put its matter off until that day. */
function again(at: string, until: string | null, facts: object = {}, settings: Partial<PlaceSettings> = {}) {
  const stage = { item: "a", deadline: "2024-03-05" as Day, stage: "3" };
  return askedAgain(given(facts), { ...USUAL, ...settings }, stage, until as Day | null, moment(at)).again;
}

test("a stage that was put off until after a later one asks no more: the one after it does", () => {
  // Seven days before is put off until two days before, and three days before was said meanwhile.
  expect(again("2024-03-02T12:00", null)).toEqual({ day: "2024-03-04", left: 1 });
  expect(again("2024-03-02T12:00", "2024-03-03")).toEqual({ day: "2024-03-04", left: 1 });
});

test("a stage that was put off and is not out of date asks when that is over", () => {
  expect(again("2024-02-28T12:00", "2024-03-01")).toEqual({ day: "2024-03-01", left: 4 });
});

test("what a penalty asks again is its next total, also where a total and the last reminders were put off", () => {
  expect(again("2024-03-08T12:00", "2024-03-10")).toEqual({ day: "2024-03-12", left: -7 });
  expect(again("2024-03-13T12:00", "2024-03-15")).toEqual({ day: "2024-03-15", left: -10 });
});

test("a calendar year's cap that is said in the year after is among them", () => {
  const facts = { items: [{ ...ORDER.items[0], penalty: { rate: "100", per: "day", cap: { perYear: "30100" } } }] };
  expect(again("2025-01-01T05:00", null, facts)?.day).toBe("2025-01-01");
  expect(again("2025-01-01T12:00", null, facts)?.day).toBe("2025-01-07");
});
