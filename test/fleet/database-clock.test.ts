import { expect, test } from "vitest";
import { databaseClock } from "../../adapters/store/sql/database-clock.ts";
import { setClock } from "../../src/time/clock.ts";
import { type Instant, instantOf, millisecondsOf } from "../../src/time/instant.ts";

const START = millisecondsOf("2026-11-22T12:00:00.000Z" as Instant);

/** A machine whose clock is behind by that, and an answer that takes so long each way. */
function machine(behind: number) {
  const own = setClock(instantOf(START));
  const clock = databaseClock(own);
  const compare = (there: number, back: number) =>
    clock.compare(async () => {
      own.set(instantOf(millisecondsOf(own.now()) + there));
      const said = millisecondsOf(own.now()) + behind;
      own.set(instantOf(millisecondsOf(own.now()) + back));
      return said;
    });
  return { clock, own, compare, off: () => millisecondsOf(clock.now()) - millisecondsOf(own.now()) };
}

test.each([60_000, -60_000, 3_600_000])("a clock that is behind the database's by %i ms is put right by it", async (behind) => {
  const { compare, off } = machine(behind);
  await compare(2, 4);
  expect(Math.abs(off() - behind)).toBeLessThanOrEqual(3);
});

test("what may be the way of the answer changes nothing, however long it was", async () => {
  const { compare, off } = machine(0);
  for (const [there, back] of [
    [1, 1],
    [5_000, 0],
    [0, 60_000],
  ] as const)
    await compare(there, back);
  expect(off()).toBe(0);
});

test("a correction stays until the clocks differ otherwise: no answer makes the time tremble", async () => {
  const { compare, off } = machine(60_000);
  await compare(10, 10);
  const before = off();
  for (let times = 0; times < 20; times++) await compare(times, 20 - times);
  expect(off()).toBe(before);
});
