import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { FEATURES, type Mark, PARITY_BEGIN, PARITY_END, parityTable } from "../../scripts/parity.ts";
import { filesUnder, ROOT, textOf } from "../support/source.ts";

const CLAUSES = filesUnder("test/contracts").map(textOf).join("\n");
const MARKS = FEATURES.flatMap(({ what, console, slack, teams }) =>
  Object.entries({ console, slack, teams }).map(([platform, mark]) => [`${what}, ${platform}`, mark] as const),
);

/** Why the test behind a mark is not there; null where it is. */
function missing(mark: Mark): string | null {
  if ("none" in mark) return mark.none.length > 8 ? null : "no reason";
  if (!existsSync(join(ROOT, mark.file))) return `${mark.file} is not there`;
  const text = textOf(mark.file);
  const isQuoted = (where: string) => [`"${mark.name}"`, `\`${mark.name}\``].some((quoted) => where.includes(quoted));
  if (!/[cC]hatAdapterContract\(/.test(text)) return isQuoted(text) ? null : `${mark.file} has no test "${mark.name}"`;
  // A suite that runs the contract names those clauses that it does not keep.
  const exempt = text.includes(`"${mark.name}":`);
  return (isQuoted(CLAUSES) && !exempt) || isQuoted(text.replace(`"${mark.name}":`, ""))
    ? null
    : `${mark.file} does not keep "${mark.name}"`;
}

describe("the README's table of platforms", () => {
  test.each(MARKS)("%s: the test behind the mark is there, or the reason for none", (_what, mark) => {
    expect(missing(mark)).toBeNull();
  });

  test("is what the list makes of it now (npm run readme writes it)", () => {
    const readme = textOf("README.md");
    const shown = readme.slice(readme.indexOf(PARITY_BEGIN) + PARITY_BEGIN.length, readme.indexOf(PARITY_END)).trim();
    expect(shown).toBe(parityTable(FEATURES));
  });

  test("finds what is not there", () => {
    expect(missing({ file: "test/adapters/teams-execute.test.ts", name: "does what nobody tested" })).toContain("has no test");
    expect(missing({ file: "test/adapters/nowhere.test.ts", name: "x" })).toContain("is not there");
    expect(missing({ file: "test/adapters/teams.test.ts", name: "a card that was not shown is not found" })).toContain("does not keep");
    expect(missing({ file: "test/adapters/teams.test.ts", name: "a clause of nothing" })).toContain("does not keep");
    expect(missing({ none: "" })).toBe("no reason");
  });
});
