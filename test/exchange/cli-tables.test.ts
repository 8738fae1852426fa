import { readdirSync } from "node:fs";
import { expect, test } from "vitest";
import { deskIn, folderOfTest } from "../support/cli.ts";

const TABLE = "Ref,Body,Company\nA-1,CNIL,One\n";
const OPTIONS = ["--map", "Ref=ref", "--map", "Body=authority", "--map", "Company=respondent", "--set", "kind=sanction"];

test("a rehearsal makes no register, and the import after it does", async () => {
  const desk = deskIn(folderOfTest());
  desk.write("t.csv", `\uFEFF${TABLE}`);
  expect(await desk.ask("import", "t.csv", ...OPTIONS, "--dry-run")).toMatchObject({ dryRun: true, registered: ["A-1"] });
  expect(readdirSync(desk.folder)).toEqual(["t.csv"]);
  expect(await desk.ask("import", "t.csv", ...OPTIONS)).toMatchObject({ registered: ["A-1"] });
});

test("a table in UTF-16 is refused in words, and so is one over the limit", async () => {
  const desk = deskIn(folderOfTest());
  desk.write("wide.csv", Buffer.from(`\uFEFF${TABLE}`, "utf16le"));
  desk.write("large.csv", new Uint8Array(20 * 1024 * 1024 + 1).fill(32));
  for (const [file, code, words] of [
    ["wide.csv", "file-utf16", /UTF-16/],
    ["large.csv", "file-too-large", /20,971,520/],
  ] as const) {
    const { status, out, err } = await desk.call("import", file, ...OPTIONS, "--json");
    expect([status, JSON.parse(out).error.code]).toEqual([1, code]);
    expect(err).toMatch(words);
  }
});

test("in a pipe nothing is shown of how far it has come", async () => {
  const desk = deskIn(folderOfTest());
  desk.write("t.csv", `Ref,Body,Company\n${Array.from({ length: 2_000 }, (_, index) => `A-${index},CNIL,One\n`).join("")}`);
  const { status, err } = await desk.call("import", "t.csv", ...OPTIONS);
  expect({ status, err }).toEqual({ status: 0, err: "" });
});

test("a feed needs a register: one that was made in memory alone would answer nobody", async () => {
  const desk = deskIn(folderOfTest());
  expect(await desk.call("feed", "create")).toMatchObject({ status: 1 });
  expect(readdirSync(desk.folder)).toEqual([]);
});
