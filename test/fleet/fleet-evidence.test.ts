import { expect, test } from "vitest";
import { millisecondsOf } from "../../src/time/instant.ts";
import { AT, attempt, claiming, DELIVERED, evidence, later, MATTER, MINUTE, named, UNKNOWN } from "../faults/doctored.ts";
import { faultsOf } from "./fleet-evidence.ts";
import type { Typed } from "./load.ts";
import { recoveryFrom, slowest } from "./recovery.ts";

const NOW = millisecondsOf(AT);

function typed(answers: readonly string[], over: Partial<Typed> = {}): Typed {
  return { key: MATTER.key, amount: 101, at: NOW, acknowledged: true, isTaken: true, isLate: false, answers: () => answers, ...over };
}

/** The same record, in whose register the sum was recorded so often. */
function recorded(times: number) {
  const event = { type: "invoiced", on: "2024-03-01", amount: "101", for: "a" };
  const events = Array.from({ length: times }, (_, index) => ({
    id: `e${index}`,
    event,
    order: 2,
    recordedAt: later(700),
    initial: false,
  }));
  return evidence({ matters: [{ ...MATTER, events: [...MATTER.events, ...(events as unknown as typeof MATTER.events)] }] });
}

test.each([
  ["recorded twice", 2, ["Recorded"], "recorded 2 times"],
  ["told as recorded, and not there", 0, ["Recorded"], "no word of it"],
  ["told as recorded in spite of a fault, and not there", 0, ["Not done: what you asked was recorded"], "no word of it"],
  ["told as not done, and there", 1, ["Not done"], "and it is recorded"],
  ["answered twice", 1, ["Recorded", "Recorded"], "answered 2 times"],
  ["never answered", 1, [], "never answered"],
] as const)("a command that is %s is found", (_, times, answers, fault) => {
  expect(faultsOf(recorded(times), [typed(answers)]).join()).toContain(fault);
});

test("a command that was recorded and said to be is no fault, nor is one that a lost process had in hand", () => {
  expect(faultsOf(recorded(1), [typed(["Recorded"])])).toEqual([]);
  expect(faultsOf({ ...recorded(0), troubles: [{ from: NOW + 14_000, to: NOW + 15_000 }] }, [typed([])])).toEqual([]);
  expect(faultsOf({ ...recorded(0), troubles: [{ from: NOW + 16_000, to: NOW + 17_000 }] }, [typed([])])).toHaveLength(1);
});

test("a second message is excused only by a trouble in which its outcome may have been lost", () => {
  const twice = {
    attempts: [attempt(), attempt({ after: 2, text: "EUR 700 (7 days) may be a repeat" })],
    claimings: [
      claiming(UNKNOWN, { settled: { moment: NOW + MINUTE, at: later(1), outcome: UNKNOWN } }),
      claiming(DELIVERED, { after: 2 }),
    ],
  };
  expect(named({ ...twice, troubles: [{ from: NOW - 5_000, to: NOW + 1_000 }] })).not.toContain("at-most-once");
  expect(named({ ...twice, troubles: [{ from: NOW - 5_000, to: NOW - 1 }] })).toContain("at-most-once");
  expect(named({ ...twice, troubles: [{ from: NOW - 5_000, to: NOW + 1_000 }], canTell: () => true })).toContain("at-most-once");
});

test("recovery is counted to the last claim that was open at the loss, and to the first post that was claimed after it", () => {
  const open = claiming(UNKNOWN, { settled: { moment: NOW + 4_000, at: AT, outcome: UNKNOWN } });
  const anew = claiming(DELIVERED, { moment: NOW + 4_200, settled: { moment: NOW + 4_400, at: AT, outcome: DELIVERED } });
  const attempts = [attempt({ moment: NOW + 100 }), attempt({ moment: NOW + 4_300 })];
  const loss = { what: "lost", at: NOW + 50 };
  const recovery = recoveryFrom(loss, evidence({ claimings: [open, anew], attempts }));
  expect(recovery).toEqual({ ...loss, picked: 3_950, posted: 4_250 });
  expect(recoveryFrom(loss, evidence({ claimings: [{ ...open, settled: null }], attempts: [] }))).toMatchObject({
    picked: Number.POSITIVE_INFINITY,
    posted: null,
  });
  expect(slowest([recovery, { ...loss, picked: null, posted: 10 }])).toEqual({ picked: 3_950, posted: 4_250 });
});
