import { expect, test } from "vitest";
import { day } from "../../src/time/day.ts";
import { momentOf, writeIn } from "../../src/time/instant.ts";

test.each([
  // Where clocks go back a time of day comes twice: the first of the two is meant.
  ["Asia/Beirut", "2024-10-26", "23:30", "2024-10-26T23:30:00+03:00"],
  ["Africa/Casablanca", "2024-03-10", "02:15", "2024-03-10T02:15:00+01:00"],
  ["Europe/Paris", "2024-10-27", "02:30", "2024-10-27T02:30:00+02:00"],
  ["Australia/Lord_Howe", "2024-04-07", "01:45", "2024-04-07T01:45:00+11:00"],
  // Where they go forward a time of day does not come: as much later as was skipped.
  ["Europe/Paris", "2024-03-31", "02:30", "2024-03-31T03:30:00+02:00"],
  ["America/Santiago", "2024-09-08", "00:00", "2024-09-08T01:00:00-03:00"],
  ["Europe/Paris", "2024-02-18", "09:00", "2024-02-18T09:00:00+01:00"],
])("in %s the clock first shows %s %s at %s", (zone, text, time, moment) => {
  expect(writeIn(zone, momentOf(zone, day(text), time))).toBe(moment);
});
