import { expect, test } from "vitest";
import { problemText } from "../../src/cards/findings.ts";
import { readDrafts } from "../../src/exchange/drafts.ts";
import { PRESETS } from "../../src/exchange/presets.ts";
import { mergeMatter } from "../../src/matter/merge.ts";
import { TODAY } from "../support/given.ts";
import { fc } from "../support/seeded.ts";

const RUNS = 1_000;
/** What a sentence looks like whose arguments were forgotten. */
const UNWORDED = /\{[a-z_]+\}|\bundefined\b|\[object/;

const CELLS = [
  "CNIL",
  "CNIL (France)",
  "French Data Protection Authority (CNIL)",
  "SAN-2022-019",
  "ETid-1",
  "2022-10-17",
  "17.10.2022",
  "03/04/2022",
  "5,000",
  "1.234",
  "unknown",
  "n/a",
  "Amende de 5 000 euros et injonction",
  "sanction",
  "",
  " ",
  '"',
  "a\nb",
  "=1+1",
];
const cell = fc.oneof(fc.constantFrom(...CELLS), fc.string({ maxLength: 12 }));
const delimiter = fc.constantFrom(",", ";", "\t");

function written(text: string): string {
  return /[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

test("whatever stands in a table, each row is taken or refused in words, at a line of the file", () => {
  const table = fc.constantFrom(...PRESETS).chain((preset) => {
    const columns = Object.values(preset.columns).flatMap((names) => names.slice(0, 2));
    return fc.record({
      preset: fc.constant(preset),
      delimiter,
      rows: fc.array(fc.array(cell, { minLength: columns.length - 1, maxLength: columns.length + 1 }), { maxLength: 5 }),
      columns: fc.constant(columns),
    });
  });
  fc.assert(
    fc.property(table, ({ preset, delimiter: mark, rows, columns }) => {
      const text = [columns, ...rows].map((row) => row.map(written).join(mark)).join("\r\n");
      const { drafts, repeated, problems } = readDrafts("a.csv", text, preset, null);
      const lines = text.split(/\r\n|\r|\n/).length;
      for (const { line, problem } of problems) {
        if (line !== null) expect(line).toBeGreaterThan(0);
        expect(line ?? 0).toBeLessThanOrEqual(lines);
        for (const language of ["en", "fr"] as const) {
          const sentence = problemText(language, problem);
          expect(UNWORDED.test(sentence) && !text.includes(UNWORDED.exec(sentence)![0]) ? sentence : null).toBeNull();
        }
      }
      // Nothing disappears: a row is a draft, an item of one, said before, told as wrong, or blank.
      const told = new Set([...drafts, ...repeated, ...problems].map(({ line }) => line));
      expect(told.size).toBeLessThanOrEqual(lines);
      for (const { filed } of drafts) mergeMatter(filed, null, TODAY);
    }),
    { numRuns: RUNS },
  );
});

test("whatever text a file holds, it is a table or refused in words", () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: "binary" }),
        fc.string().map((text) => `ref,authority,respondent,kind\n${text}`),
      ),
      fc.constantFrom(...PRESETS),
      (text, preset) => {
        const { drafts, problems, broken } = readDrafts("a.csv", text, preset, null);
        if (broken) expect([drafts, problems.length]).toEqual([[], 1]);
      },
    ),
    { numRuns: RUNS },
  );
});
