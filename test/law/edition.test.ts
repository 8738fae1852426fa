import { expect, test } from "vitest";
import { rulebook } from "../../src/alerts/rulebook.ts";
import { EDITION, EDITIONS } from "../../src/law/edition.ts";

test("the law as it stands is the newest edition: a change of a rule, a calendar or an authority adds its name to src/law/edition.ts", () => {
  expect(EDITIONS.at(-1)).toBe(rulebook());
});

test("no edition comes back, so that its number only grows", () => {
  expect(new Set(EDITIONS).size).toBe(EDITIONS.length);
  expect(EDITION).toBe(EDITIONS.length - 1);
  for (const name of EDITIONS) expect(name).toMatch(/^[0-9a-f]{12}$/);
});
