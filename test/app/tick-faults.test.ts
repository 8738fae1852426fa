import { describe, expect, test } from "vitest";
import { tickFaults } from "../../src/app/tick-faults.ts";
import { keptLog } from "./kept-log.ts";

const IN_WORDS = new Error("The database r refuses: permission denied.", { cause: new Error("42501") });

function faultsOfTest() {
  let now = 0;
  const log = keptLog();
  const faults = tickFaults(log, () => now);
  return {
    ...{ log, faults },
    /** A tick fails each second, so many times. */
    fail(times: number, error: Error) {
      for (let n = 0; n < times; n++, now += 1_000) faults.failed(error);
    },
    /** How often it had happened when it was said. */
    said: () => log.lines.map((line) => Number(/"times":(\d+)/.exec(line)?.[1] ?? 1)),
  };
}

describe("why ticks fail", () => {
  test("is said at once, then after a minute, two, four and so on up to an hour, with how often it happened", () => {
    const { fail, said } = faultsOfTest();
    fail(6 * 3_600, IN_WORDS);
    expect(said()).toEqual([1, 61, 181, 421, 901, 1_861, 3_781, 7_381, 10_981, 14_581, 18_181]);
  });

  test("is said at once where it is another reason, and after a tick that ended well", () => {
    const { fail, faults, said } = faultsOfTest();
    fail(2, IN_WORDS);
    fail(2, new Error("another"));
    fail(2, IN_WORDS);
    faults.ended();
    fail(2, IN_WORDS);
    expect(said()).toEqual([1, 1, 1, 1]);
  });

  test("is said as an adapter put it in words, and with its stack where it is a fault of ours", () => {
    const { fail, log } = faultsOfTest();
    fail(1, IN_WORDS);
    fail(1, new TypeError("no such thing"));
    expect(log.lines[0]).toBe('error a tick failed {"error":"The database r refuses: permission denied."}');
    expect(log.lines[1]).toMatch(/TypeError: no such thing\\n {4}at /);
  });
});
