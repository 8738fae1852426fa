import { readFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { expect, test } from "vitest";
import { EVENT_TYPES, EVENTS } from "../../src/matter/events.ts";
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
  for (const type of EVENT_TYPES) {
    const { shape } = EVENTS[type];
    for (const field of ["because", "note", "text", "source"].filter((name) => name in shape)) {
      const { data, texts } = splitTexts({ type, [field]: "said by somebody" }, type);
      expect([type, JSON.stringify(data).includes("somebody"), Object.keys(texts)]).toEqual([type, false, [field]]);
    }
  }
  expect(splitTexts({ to: "Ana" }, "assigned")).toEqual({ data: {}, texts: { to: "Ana" } });
  expect(splitTexts({ to: "Jean Petit" }, "referred")).toEqual({ data: {}, texts: { to: "Jean Petit" } });
  expect(splitTexts({ to: "5000" }, "reduced")).toEqual({ data: { to: "5000" }, texts: {} });
  const set = { source: "letter of Jean Petit", decided: { source: "https://www.cnil.fr/x" } };
  expect(splitTexts({ set }, "corrected")).toEqual({
    data: { set: { decided: { source: "https://www.cnil.fr/x" } } },
    texts: { "set.source": "letter of Jean Petit" },
  });
});
