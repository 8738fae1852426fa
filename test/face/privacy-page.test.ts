import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { EVENTS } from "../../src/matter/events.ts";
import { splitTexts } from "../../src/matter/texts.ts";
import { subjectOfTest } from "../adapters/sql-subject.ts";
import { ROOT } from "../support/source.ts";

const PAGE = readFileSync(join(ROOT, "docs/privacy.md"), "utf8");

test("docs/privacy.md names every table of a register once, and none that is not there", async () => {
  const { file } = await subjectOfTest();
  const raw = new DatabaseSync(file, { readOnly: true });
  const tables = raw.prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
  raw.close();
  const named = [...PAGE.matchAll(/^\| `([a-z_]+)` /gm)].map(([, name]) => name);
  expect(named.toSorted()).toEqual(tables.map(({ name }) => String(name)).toSorted());
});

test("every free text of an event lies in the table that can be erased", () => {
  for (const [type, { shape }] of Object.entries(EVENTS)) {
    for (const field of ["because", "note", "text"].filter((name) => name in shape)) {
      const { data, texts } = splitTexts({ type, [field]: "said by somebody" }, type === "assigned");
      expect([type, JSON.stringify(data).includes("somebody"), Object.keys(texts)]).toEqual([type, false, [field]]);
    }
  }
  expect(splitTexts({ to: "Ana" }, true)).toEqual({ data: {}, texts: { to: "Ana" } });
});
