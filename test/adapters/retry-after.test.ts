import { describe, expect, test } from "vitest";
import { readHttpDate } from "../../adapters/chat/shared/http-date.ts";
import { waitOf } from "../../adapters/chat/shared/retry-after.ts";
import type { Instant } from "../../src/time/instant.ts";

const NOW = "2026-11-22T08:00:00.000Z" as Instant;

describe("how long a platform asks to wait", () => {
  test.each<[string, string | null, number | undefined]>([
    ["seconds", "30", 30],
    ["one second", "1", 1],
    ["an hour", "3600", 3600],
    ["a day to the second", "86400", 86_400],
    ["a part of a second, which is rounded up", "0.25", 1],
    ["spaces around it", " 7 ", 7],
    ["a date", "Sun, 22 Nov 2026 08:01:30 GMT", 90],
    ["a date in the form of RFC 850", "Sunday, 22-Nov-26 08:01:30 GMT", 90],
    ["a date in the form of asctime", "Sun Nov 22 08:01:30 2026", 90],
    ["no header", null, undefined],
    ["an empty one", "", undefined],
    ["garbage", "soon", undefined],
    ["seconds and garbage", "30s", undefined],
    ["a negative number", "-5", undefined],
    ["no time at all", "0", undefined],
    ["a date that has passed", "Sun, 22 Nov 2026 07:59:00 GMT", undefined],
    ["a day that there is not", "Tue, 31 Feb 2026 08:00:00 GMT", undefined],
    ["not a number", "NaN", undefined],
    ["more digits than a number holds", "9".repeat(400), 3600],
    ["more than a day", "86401", 3600],
    ["a date more than a day ahead", "Mon, 22 Nov 2027 08:00:00 GMT", 3600],
  ])("%s", (_, header, seconds) => {
    const wait = waitOf(header, NOW);
    expect(wait.afterSeconds).toBe(seconds);
    expect("afterSeconds" in wait).toBe(seconds !== undefined);
    expect(wait.asked).toContain("asks to wait");
  });

  test.each([
    ["1", "1 second"],
    ["90", "90 seconds"],
    ["60", "1 minute"],
    ["3600", "1 hour"],
    ["86400", "24 hours"],
  ])("%s seconds are told as people say it", (header, told) => {
    expect(waitOf(header, NOW).asked).toBe(`asks to wait ${told}`);
  });

  test("more than a day is said, and that it is not waited for", () => {
    expect(waitOf("172800", NOW).asked).toBe("asks to wait 48 hours, more than a day; it is tried again in an hour");
  });
});

describe("a date of HTTP", () => {
  test.each<[string, string | null]>([
    ["Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37.000Z"],
    ["Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37.000Z"],
    ["Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37.000Z"],
    ["Friday, 01-Jan-76 00:00:00 GMT", "2076-01-01T00:00:00.000Z"],
    ["Saturday, 01-Jan-77 00:00:00 GMT", "1977-01-01T00:00:00.000Z"],
    ["Sat, 31 Dec 2016 23:59:60 GMT", "2017-01-01T00:00:00.000Z"],
    ["Sun, 06 Nov 1994 08:49:37 CET", null],
    ["Sun, 06 Nov 1994 24:49:37 GMT", null],
    ["Sun, 06 Nov 1994 08:60:37 GMT", null],
    ["Sun, 00 Nov 1994 08:49:37 GMT", null],
    ["Sun, 06 Foo 1994 08:49:37 GMT", null],
    ["2026-11-22T08:00:00Z", null],
    ["1732262400", null],
    ["", null],
  ])("%s", (header, moment) => {
    expect(readHttpDate(header, NOW)).toBe(moment);
  });

  test("that is missing is none", () => {
    expect(readHttpDate(null, NOW)).toBe(null);
  });
});
