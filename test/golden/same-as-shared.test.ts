import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";

/** The copies here always run. Where the folder that they were copied from lies beside the project, they must be equal to it. */
const HERE = new URL("./", import.meta.url);
const SHARED = new URL("../../../shared/golden/", import.meta.url);

for (const name of ["accruals.json", "deadlines.json"]) {
  test(`${name} equals the file that it was copied from`, (context) => {
    const original = new URL(name, SHARED);
    context.skip(!existsSync(original), `../shared/golden/${name} is absent: the copy in test/golden is not compared`);
    expect(readFileSync(new URL(name, HERE), "utf8")).toBe(readFileSync(original, "utf8"));
  });
}
