import { spawnSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { expect, test } from "vitest";
import { bareEnvironment, deskIn, folderOfFile, nodeArguments } from "../support/cli.ts";
import { textOf } from "../support/source.ts";

const desk = deskIn(folderOfFile());

/** Calls the command line with its answer going to a device that is always full; what it says on standard error. */
function callFull(...words: readonly string[]): { readonly status: number | null; readonly err: string } {
  const full = openSync("/dev/full", "w");
  try {
    const options = {
      env: bareEnvironment(desk.folder),
      stdio: ["ignore", full, "pipe"] as ("ignore" | "pipe" | number)[],
      encoding: "utf8" as const,
    };
    const { status, stderr } = spawnSync(process.execPath, [...nodeArguments(words)], options);
    return { status, err: stderr };
  } finally {
    closeSync(full);
  }
}

test("a full disk behind an answer is told in one sentence without a stack, and what was recorded stays", async () => {
  desk.write("kourou.yaml", textOf("examples/kourou.yaml"));
  const on = ["--db", `sqlite:${desk.folder}/x.db`];
  const told = { status: 1, err: expect.stringMatching(/^The answer could not be written: no space is left.*\n$/) };
  expect(callFull("import", "kourou.yaml", ...on)).toEqual(told);
  expect(callFull("export", "--format", "json", ...on)).toEqual(told);
  expect(callFull("show", "SAN-2023-018", ...on, "--lang", "fr")).toEqual({
    status: 1,
    err: expect.stringMatching(/^La réponse n’a pas pu être écrite.*\n$/),
  });
  expect(await desk.ask("show", "SAN-2023-018")).toMatchObject({ ref: "SAN-2023-018" });
});
