import { expect, test } from "vitest";
import { exportCsv } from "../../src/exchange/csv.ts";
import { given, ORDER, on } from "../support/given.ts";

/** The first row of the file; a text with a control character is no input, so it is put where it would stand. */
function rowOf(respondent: string): string {
  const standing = on(given(ORDER), "2024-05-01");
  const csv = exportCsv([{ ...standing, facts: { ...standing.facts, respondent } }]);
  return csv.slice(csv.indexOf("\r\n") + 2);
}

test.each([
  ["=1+1", "'=1+1"],
  ["+33 1", "'+33 1"],
  ["-2", "'-2"],
  ["@SUM(A1)", "'@SUM(A1)"],
  ["\tx", "'\tx"],
  ["\r=1", `"'\r=1"`],
  ['=HYPERLINK("https://example.org","x")', `"'=HYPERLINK(""https://example.org"",""x"")"`],
  ["Plain SA", "Plain SA"],
  ["A=B", "A=B"],
])("a cell that a spreadsheet would run is neutralised: %j is %j", (text, cell) => {
  // Authority, reference, no addressee, respondent, state.
  expect(rowOf(text)).toContain(`CNIL,SAN-2024-001,,${cell},accruing,`);
});
