import { expect, test } from "vitest";
import { dayIn, instantOf } from "../../src/time/instant.ts";

const HOUR = 3_600_000;

// Days on which the clocks are changed: forward, back, at midnight, at a minute past it (back into the day before), and over a whole day.
test.each([
  ["Europe/Paris", "2024-03-31"],
  ["Europe/Paris", "2024-10-27"],
  ["America/Havana", "2024-11-03"],
  ["America/Santiago", "2024-09-08"],
  ["Asia/Beirut", "2024-10-27"],
  ["America/St_Johns", "2010-11-07"],
  ["Pacific/Apia", "2011-12-30"],
  ["Australia/Lord_Howe", "2024-04-07"],
  ["UTC", "2024-06-30"],
])("in %s every moment around %s is of the day that its clocks show, whatever was asked before", (zone, about) => {
  const shown = new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" });
  const middle = Date.parse(`${about}T12:00:00Z`);
  const moments = Array.from({ length: 7 * 96 }, (_, step) => middle + (step * HOUR) / 7 - 48 * HOUR);
  // Forwards, backwards, and far apart in turn.
  const turns = moments.flatMap((moment, index) => [moment, moments.at(-index)!]);
  for (const at of [...moments, ...moments.toReversed(), ...turns]) {
    expect(`${at} ${dayIn(zone, instantOf(at))}`).toBe(`${at} ${shown.format(at)}`);
    expect(dayIn(zone, instantOf(at + 1))).toBe(shown.format(at + 1));
  }
});
