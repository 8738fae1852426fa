import { describe, expect, test } from "vitest";
import { readTable } from "../../src/exchange/csv-table.ts";
import { sessionOfTest } from "../support/session.ts";

function read(text: string, delimiter: Parameters<typeof readTable>[1] = null, wanted: readonly string[] = []) {
  const found = readTable(text, delimiter, (columns) => wanted.every((name) => columns.includes(name)));
  return "fault" in found ? found.fault : found.table;
}

describe("a table", () => {
  test.each([
    ["commas", "a,b\n1,2\n"],
    ["semicolons", "a;b\n1;2\n"],
    ["tabs", "a\tb\r\n1\t2\r\n"],
    ["a byte order mark", "\uFEFFa,b\n1,2"],
    ["blank lines", "\n\na,b\n\n1,2\n\n"],
    ["old line ends", "a,b\r1,2"],
    ["quotes", '"a","b"\n"1","2"'],
  ])("is read with %s", (_name, text) => {
    expect(read(text)).toMatchObject({ columns: ["a", "b"], rows: [{ cells: ["1", "2"] }], uneven: [] });
  });

  test("tells the line on which each row begins, through line breaks in cells and blank lines", () => {
    const table = read('a,b\n1,"x\r\ny\nz"\n\n2,3\n4,5,6\n7\n');
    expect(table).toMatchObject({
      rows: [
        { line: 2, cells: ["1", "x\ny\nz"] },
        { line: 6, cells: ["2", "3"] },
      ],
      uneven: [
        { line: 7, cells: ["4", "5", "6"] },
        { line: 8, cells: ["7"] },
      ],
    });
  });

  test("keeps quotes, delimiters and line breaks that stand in a quoted cell", () => {
    expect(read('a,b\n"say ""no""","1,2"\n')).toMatchObject({ rows: [{ cells: ['say "no"', "1,2"] }] });
  });
});

describe("the delimiter", () => {
  test("is asked for where the header could be split in two ways", () => {
    expect(read("a,b;c\n1,2;3")).toMatchObject({ code: "csv-delimiter", line: 1 });
    expect(read("a,b;c\n1,2;3", "comma")).toMatchObject({ columns: ["a", "b;c"], rows: [{ cells: ["1", "2;3"] }] });
    expect(read("a,b;c\n1,2;3", "semicolon")).toMatchObject({ columns: ["a,b", "c"] });
  });

  test("is asked for where nothing splits the header", () => {
    expect(read("a\n1")).toMatchObject({ code: "csv-delimiter" });
  });

  test("is the one with which the columns that are looked for are there", () => {
    expect(read("a,b;c\n1,2;3", null, ["c"])).toMatchObject({ columns: ["a,b", "c"] });
  });

  test("is not taken from quoted text", () => {
    expect(read('"a;x",b\n1,2')).toMatchObject({ columns: ["a;x", "b"] });
  });
});

describe("what is no table is refused in words", () => {
  test.each([
    ["an empty file", " \n\n", "file-empty", null],
    ["UTF-16 without a mark", "a\0,\0b\0", "file-utf16", null],
    ["a quote that is not closed", 'a,b\n1,"2\n3,4', "csv-quotes", 3],
    ["a quote in the middle of a cell", 'a,b\n1,2"x\n', "csv-quotes", 2],
    ["text behind a closed quote", 'a,b\n1,"2"x\n', "csv-quotes", 2],
    ["a column that stands twice", "a,b,a\n1,2,3", "csv-column-twice", 1],
  ])("%s", (_name, text, code, line) => {
    expect(read(text)).toMatchObject({ code, line });
  });

  test("a table without --preset and --map, and these without a table", async () => {
    const session = await sessionOfTest();
    session.files.set("a.csv", "ref,authority\nA-1,CNIL");
    expect(await session.type("import a.csv")).toMatchObject({
      status: 1,
      json: { error: { code: "file-kind", text: expect.stringContaining("--preset") } },
    });
    expect(await session.type("import a.yaml --preset cnil")).toMatchObject({ status: 2, json: { error: { code: "csv-no-table" } } });
  });
});
