import { describe, expect, test } from "vitest";
import { LostConnection } from "../../adapters/store/sql/errors-postgres.ts";
import { firstWrong, workerFaults } from "../../adapters/store/sql/worker-faults.ts";
import { InDoubt } from "../../src/ports/in-doubt.ts";
import { keptLog } from "../app/kept-log.ts";

const REFUSED = new Error("The database r refuses: no.", { cause: new Error("22023") });
const [TAKING, SETTLING] = [{ isTaking: true }, { isTaking: false }];

function faultsOfTest() {
  let now = 0;
  const log = keptLog();
  const faults = workerFaults(
    () => log,
    () => now,
  );
  return {
    ...{ log, faults },
    /** Each half second, so many times. */
    fail(times: number, error: Error) {
      for (let n = 0; n < times; n++, now += 500) faults.failed(TAKING, error);
    },
  };
}

describe("why a process can take no messages", () => {
  test("is logged at once, then after a minute, two, four and so on, with how often it happened", () => {
    const { fail, log } = faultsOfTest();
    fail(7 * 120 + 1, REFUSED);
    expect(log.lines.map((line) => Number(/"times":(\d+)/.exec(line)?.[1] ?? 1))).toEqual([1, 121, 361, 841]);
  });

  test.each([
    ["a connection that was lost", new LostConnection("gone")],
    ["one that was lost as it was recorded", new InDoubt("gone")],
    ["one that answers no more", new Error("not in time", { cause: new Error("Query read timeout") })],
  ])("is not logged where it is %s, and counted all the same", (_what, error) => {
    const { fail, log, faults } = faultsOfTest();
    fail(130, error);
    expect(log.lines).toEqual([]);
    expect(faults.stuck()).toEqual({ seconds: 65, reason: error.message });
  });

  test("is over when messages could be taken, and not when something was settled alone", () => {
    const { fail, faults } = faultsOfTest();
    fail(4, REFUSED);
    faults.ended(SETTLING);
    expect(faults.stuck()?.seconds).toBe(2);
    faults.ended(TAKING);
    expect(faults.stuck()).toBe(null);
    faults.failed(SETTLING, REFUSED);
    faults.ended(SETTLING);
    expect(faults.stuck()).toBe(null);
  });

  test("is what failed first, and not what the transaction says of the rest", () => {
    const aborted = new Error("refuses: aborted", { cause: Object.assign(new Error("aborted"), { code: "25P02" }) });
    const [first, second] = [aborted, REFUSED].map((reason) => ({ status: "rejected", reason }) as const);
    expect(firstWrong([first!, second!])?.reason).toBe(REFUSED);
    expect(firstWrong([first!, { status: "fulfilled", value: 1 }])?.reason).toBe(aborted);
    expect(firstWrong([{ status: "fulfilled", value: 1 }])).toBe(null);
  });
});
