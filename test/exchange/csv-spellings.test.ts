import { expect, test } from "vitest";
import { sessionOfTest } from "../support/session.ts";

const LINE = 'import t.csv --map Number=ref --map Company=respondent --map "Decided on=decided" --set authority=CNIL --set kind=sanction';

async function bring(rows: readonly string[], header = "Number,Company,Decided on", options = "") {
  const session = await sessionOfTest();
  session.files.set("t.csv", [header, ...rows].join("\n"));
  const { status, json } = await session.type(`${LINE} ${options}`);
  return { status, answer: json as Readonly<Record<string, unknown>> };
}

test("a row that spells the reference of another one differently and says the same is that one again, and the first spelling stands", async () => {
  const { answer } = await bring(["D-1,A,2020-01-02", "d 1,A,2020-01-02", "Ｄ-1,A,2020-01-02"]);
  expect(answer).toMatchObject({
    registered: ["D-1"],
    repeated: [
      { file: "t.csv", line: 3, of: 2, key: "CNIL:D-1" },
      { file: "t.csv", line: 4, of: 2, key: "CNIL:D-1" },
    ],
  });
});

test("so is one that spells its authority differently", async () => {
  const { answer } = await bring(
    ["D-1,A,2020-01-02,CNIL", "D-1,A,2020-01-02,cnil"],
    "Number,Company,Decided on,Body",
    "--map Body=authority",
  );
  expect(answer).toMatchObject({ registered: ["D-1"], repeated: [{ line: 3, of: 2 }] });
});

test("one that says something else is refused in any spelling", async () => {
  const { status, answer } = await bring(["D-1,A,2020-01-02", "d 1,A,2020-01-03"]);
  expect({ status, answer }).toMatchObject({ status: 1, answer: { error: { code: "csv-twice", line: 3 } } });
});

test("rows of several items are those of one matter in any spelling of its reference", async () => {
  const rows = ["D-1,A,2020-01-02,one", "d 1,A,2020-01-02,two"];
  const session = await sessionOfTest();
  session.files.set("t.csv", ["ref,respondent,decided,item,authority,kind", ...rows.map((row) => `${row},CNIL,sanction`)].join("\n"));
  const { json } = await session.type("import t.csv --preset curewatch");
  expect(json).toMatchObject({ registered: ["D-1"] });
  const { matters } = await session.ask<{ matters: readonly { items: readonly object[] }[] }>("export --format json");
  expect(matters[0]!.items).toMatchObject([{ id: "one" }, { id: "two" }]);
});
