import { DatabaseSync } from "node:sqlite";
import { COPIED, type CopiedTable } from "../../adapters/store/sql/copied-tables.ts";
import { openStore } from "../../adapters/store/sql/open.ts";
import { stamp } from "../contracts/ledger-fixtures.ts";

const DESKS = ["main", "slack-t1"];

/** A register file in which every column of every table says something, at two desks, and whose chains hold. */
export async function fillFile(file: string, rows: number): Promise<void> {
  const house = await openStore({ url: `sqlite:${file}` });
  for (const name of DESKS) {
    const { ledger } = await house.desk(name);
    for (let from = 0; from < rows; from += 500) {
      const appends = Array.from({ length: Math.min(500, rows - from) }, (_, index) => ({
        stream: `CNIL:${from + index}`,
        expectedVersion: 0,
        entries: [
          { eventId: "e1", type: "registered", on: null, data: { n: index }, texts: { respondent: `Société ${index} 🏛 "'\\` } },
          { eventId: "e2", type: "note", on: null, data: {}, texts: {} },
        ],
      }));
      await ledger.append(appends, stamp(`${name} ${from}`));
    }
  }
  await house.close();
  const raw = new DatabaseSync(file);
  raw.exec("BEGIN");
  for (const table of COPIED) if (!WRITTEN.has(table.name)) fillTable(raw, table, rows);
  raw.exec("COMMIT");
  raw.close();
}

/** By the ledger and the migrations; the desks' own counters are set below. */
const WRITTEN: ReadonlySet<string> = new Set(["ledger", "private_text", "schema_version", "desk"]);

function fillTable(raw: DatabaseSync, { name, key }: CopiedTable, rows: number): void {
  raw.exec("UPDATE desk SET last_person = 7, last_watch = 9");
  const columns = raw.prepare(`SELECT name, type, "notnull" AS needed FROM pragma_table_info(?)`).all(name) as unknown as Column[];
  const names = columns.map((column) => column.name);
  const insert = raw.prepare(`INSERT INTO ${name} (${names.join(", ")}) VALUES (${names.map(() => "?").join(", ")})
    ON CONFLICT (${key.join(", ")}) DO NOTHING`);
  for (const desk of key[0] === "desk" ? DESKS : ["main"]) {
    for (let row = 1; row <= rows; row++) insert.run(...columns.map((column) => filling(name, column, key, desk, row)));
  }
}

interface Column {
  readonly name: string;
  readonly type: string;
  readonly needed: number;
}

function filling(table: string, column: Column, key: readonly string[], desk: string, row: number): string | number | null {
  if (column.name === "desk" && key[0] === "desk") return desk;
  // Numbered within the stream: each stream has one.
  if (column.name === "number" && key.includes("stream")) return 1;
  if (column.type.toLowerCase() === "integer") return row;
  if (!key.includes(column.name) && column.needed === 0 && row % 3 === 0) return null;
  return `${table} ${column.name} é🏛'"\\\n ${row}`;
}

/** All that stands in a register file, table by table. */
export function contentsOfFile(file: string): Readonly<Record<string, readonly unknown[]>> {
  const raw = new DatabaseSync(file, { readOnly: true });
  try {
    return Object.fromEntries(
      COPIED.map(({ name, key }) => [
        name,
        raw
          .prepare(`SELECT * FROM ${name} ORDER BY ${key.join(", ")}`)
          .all()
          .map((row) => ({ ...row })),
      ]),
    );
  } finally {
    raw.close();
  }
}
