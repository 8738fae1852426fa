import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ROOT } from "../support/child.ts";

const PAGE = readFileSync(join(ROOT, "docs/threat-model.md"), "utf8");
const ROWS = PAGE.split("\n").filter((line) => line.startsWith("| ") && !line.startsWith("| somebody") && !line.startsWith("| -"));

test("beside each threat stands a test that is there, by its name", () => {
  expect(ROWS.length).toBeGreaterThan(25);
  for (const row of ROWS) {
    const named = [...row.matchAll(/`(test\/[^`]+)` "([^"]+)"/g)];
    expect(named.length, row).toBeGreaterThan(0);
    for (const [, file = "", title = ""] of named) {
      expect(existsSync(join(ROOT, file)), file).toBe(true);
      expect(readFileSync(join(ROOT, file), "utf8"), `${file}: ${title}`).toContain(title);
    }
  }
});
