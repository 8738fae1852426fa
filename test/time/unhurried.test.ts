import { expect, test } from "vitest";
import { fittingInPortions, hurried, sortedInPortions, unhurried } from "../../src/time/unhurried.ts";
import { fc } from "../support/seeded.ts";
import { turnsDuring } from "../support/turns.ts";

interface One {
  readonly of: number;
  readonly index: number;
}

function order(one: One, other: One): number {
  return one.of - other.of;
}

test("what is put in order in portions stands as if it had been at once, those that are alike as they stood", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(40), { minLength: 1, maxLength: 30 }), fc.nat(5_000), (drawn, length) => {
      const all = Array.from({ length }, (_, index): One => ({ of: (drawn[index % drawn.length]! * (index + 7)) % 101, index }));
      expect(hurried(sortedInPortions(all, order))).toEqual(all.toSorted(order));
    }),
    { numRuns: 50 },
  );
});

test("others go first while thousands are put in order or looked through, and nobody waits for a few", async () => {
  const all = Array.from({ length: 10_000 }, (_, index): One => ({ of: (index * 7_919) % 10_007, index }));
  expect((await turnsDuring(() => unhurried(sortedInPortions(all, order)))).turns).toBeGreaterThanOrEqual(20);
  expect((await turnsDuring(() => unhurried(fittingInPortions(all, ({ of }) => of > 5)))).turns).toBeGreaterThanOrEqual(90);
  expect((await turnsDuring(() => unhurried(sortedInPortions(all.slice(0, 500), order)))).turns).toBe(0);
});
