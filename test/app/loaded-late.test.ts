import { expect, test } from "vitest";
import { start } from "../support/child.ts";

/** Large, and needed for what a program that serves may never be asked: each is loaded when it is. */
const LATE = ["yaml", "csv-parse", "ical-generator", "botbuilder", "@microsoft/teams.cards", "pg", "pg-boss", "@keyv/redis"];

/** Tells each package of which a module is loaded, when the program ends. */
const TELLS = `import { registerHooks } from "node:module";
const packages = new Set();
registerHooks({
  load(url, context, next) {
    const name = /\\/node_modules\\/((?:@[^/]+\\/)?[^/]+)\\/(?!.*\\/node_modules\\/)/.exec(url)?.[1];
    if (name !== undefined) packages.add(name);
    return next(url, context);
  },
});
process.on("exit", () => process.stdout.write("loaded " + [...packages].join(" ") + "\\n"));
`;

test("a program that serves loads no large package before it is needed", async () => {
  // All that it imports is there before it finds that it cannot begin.
  const { status, output } = await start(["--import", `data:text/javascript,${encodeURIComponent(TELLS)}`, "src/app/start.js", "main"], {
    CUREWATCH_PORT: "none",
  });
  expect(status).toBe(1);
  const loaded = /^loaded (.*)$/m.exec(output)![1]!.split(" ");
  expect(loaded).toContain("luxon");
  expect(LATE.filter((name) => loaded.includes(name))).toEqual([]);
}, 30_000);
