import { expect, test } from "vitest";
import { start } from "../support/child.ts";

test("npm run local-slack without the program that it drives says what is missing, and ends with 1", async () => {
  const { status, errors, output } = await start(["scripts/local-slack.ts"], {});
  expect(status).toBe(1);
  expect(errors).toContain("npm pack local-slack-linux-x64@0.1.8");
  expect(output).toBe("");
});

test("what is named and is not there is missing too", async () => {
  const { status, errors } = await start(["scripts/local-slack.ts", "--binary", "/nowhere/local-slack"], {});
  expect(status).toBe(1);
  expect(errors).toContain("local-slack 0.1.8 is needed");
});
