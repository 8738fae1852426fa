import { createHash, type Hash } from "node:crypto";
import { sql } from "kysely";
import type { CopiedTable } from "./copied-tables.ts";
import type { Database, Writing } from "./engine.ts";

/** Rows that are read and written at once: 23 columns of each are bound, and SQLite takes 32,766 of them in a statement. */
const PAGE = 1_000;

/** A row as the database answers it, by its columns. */
type Row = Readonly<Record<string, string | number | null>>;

type Key = readonly (string | number)[];

/** What a table holds: how many rows, and a digest over all that stands in them, in their order. Equal in two databases that hold the same. */
export interface Contents {
  readonly rows: number;
  readonly digest: string;
}

export interface CopyHost {
  /** One unchanging view of what is copied. */
  readonly source: Database;
  readonly target: Database;
  /** Writes in one durable transaction, if this copy is still the one that writes there. */
  write(rows: (tx: Writing) => Promise<void>): Promise<void>;
  /** Told of each row that has been passed. */
  passed(rows: number): void;
}

/** What stands in the way of a copy, as a code that its reader puts in words. */
export class CopyRefused extends Error {
  readonly code: string;
  readonly args: Readonly<Record<string, string | number>>;

  constructor(code: string, args: Readonly<Record<string, string | number>>) {
    super(`${code} ${JSON.stringify(args)}`);
    this.code = code;
    this.args = args;
  }
}

/** What fills a database with a whole register: who goes on with it must be the same. */
export type Work = "move" | "restore";

/** A database that was being filled when that broke off: nobody's register until it is gone on with. */
export class UnfinishedCopy extends Error {
  override readonly name = "UnfinishedCopy";
  readonly work: Work;

  constructor(work: Work, name: string) {
    const again = work === "move" ? "Run the same move again" : "Restore the same copy again";
    super(`a ${work} into ${name} was begun and has not ended. ${again}, or empty that database first.`);
    this.work = work;
  }
}

/**
 * Brings the target's table to what the source's holds, page by page, and answers what that is. What stands in the target already, from a copy
 * that was broken off, is compared with the source and stays where it is the same. Where it is not, a loose table is emptied and copied anew, and
 * one that is kept refuses.
 */
export function copyTable(host: CopyHost, table: CopiedTable): Promise<Contents> {
  return table.kept ? copyKept(host, table) : copyLoose(host, table);
}

/** What was added to the source since may stand between rows that are there already: each page is compared with what the target has in its place. */
async function copyKept(host: CopyHost, table: CopiedTable): Promise<Contents> {
  const hash = createHash("sha256");
  const isBegun = (await countOf(host.target, table)) > 0;
  let rows = 0;
  for (let after: Key | null = null; ; ) {
    const page: readonly Row[] = await rowsIn(host.source, table, after, null);
    const isLast = page.length < PAGE;
    const last: Key | null = page.length === 0 ? after : keyOf(table, page.at(-1)!);
    const there = new Map(
      (isBegun ? await rowsIn(host.target, table, after, isLast ? null : last) : []).map((row) => [nameOf(table, row), row]),
    );
    const missing = page.filter((row) => {
      const found = there.get(nameOf(table, row));
      there.delete(nameOf(table, row));
      if (found !== undefined && lineOf(found) !== lineOf(row)) throw new CopyRefused("move-holds-other", { table: table.name });
      return found === undefined;
    });
    if (there.size > 0) throw new CopyRefused("move-holds-other", { table: table.name });
    await insert(host, table, missing);
    digestInto(hash, page);
    rows += page.length;
    host.passed(page.length);
    if (isLast) return { rows, digest: hash.digest("hex") };
    after = last;
  }
}

async function copyLoose(host: CopyHost, table: CopiedTable): Promise<Contents> {
  const begun = (await resumed(host, table)) ?? (await emptied(host, table));
  let { after, rows } = begun;
  for (;;) {
    const page = await rowsIn(host.source, table, after, null);
    await insert(host, table, page);
    digestInto(begun.hash, page);
    rows += page.length;
    host.passed(page.length);
    if (page.length < PAGE) return { rows, digest: begun.hash.digest("hex") };
    after = keyOf(table, page.at(-1)!);
  }
}

/** What a table holds now. */
export async function contentsOf(db: Database, table: CopiedTable, passed: (rows: number) => void): Promise<Contents> {
  const hash = createHash("sha256");
  let rows = 0;
  for (let after: Key | null = null; ; ) {
    const page: readonly Row[] = await rowsIn(db, table, after, null);
    digestInto(hash, page);
    rows += page.length;
    passed(page.length);
    if (page.length < PAGE) return { rows, digest: hash.digest("hex") };
    after = keyOf(table, page.at(-1)!);
  }
}

export async function countOf(db: Database, { name }: Pick<CopiedTable, "name">): Promise<number> {
  const counted = await sql<{ readonly rows: number | string }>`select count(*) as rows from ${sql.table(name)}`.execute(db);
  return Number(counted.rows[0]!.rows);
}

interface Begun {
  /** The key of the last row that stands in the target; null for none. */
  readonly after: Key | null;
  readonly rows: number;
  /** Over the rows that stand there. */
  readonly hash: Hash;
}

/** How far an earlier copy came; null where what it left is not how the source begins. */
async function resumed({ source, target, passed }: CopyHost, table: CopiedTable): Promise<Begun | null> {
  const hash = createHash("sha256");
  let after: Key | null = null;
  for (let rows = 0; ; ) {
    const there: readonly Row[] = await rowsIn(target, table, after, null);
    if (there.length === 0) return { after, rows, hash };
    const wanted: readonly Row[] = (await rowsIn(source, table, after, null)).slice(0, there.length);
    if (there.map(lineOf).join("\n") !== wanted.map(lineOf).join("\n")) {
      passed(-rows);
      return null;
    }
    digestInto(hash, wanted);
    rows += there.length;
    passed(there.length);
    after = keyOf(table, there.at(-1)!);
  }
}

async function emptied({ write }: CopyHost, table: CopiedTable): Promise<Begun> {
  await write(async (tx) => {
    await sql`delete from ${sql.table(table.name)}`.execute(tx);
  });
  return { after: null, rows: 0, hash: createHash("sha256") };
}

/** A page of rows after a key, up to another one where one is given. */
async function rowsIn(db: Database, { name, key }: CopiedTable, after: Key | null, last: Key | null): Promise<readonly Row[]> {
  const columns = sql.join(key.map((one) => sql.ref(one)));
  const from = after === null ? sql`true` : sql`(${columns}) > (${sql.join(after)})`;
  const until = last === null ? sql`true` : sql`(${columns}) <= (${sql.join(last)})`;
  const page = sql<Row>`select * from ${sql.table(name)} where ${from} and ${until} order by ${columns} limit ${sql.lit(PAGE)}`;
  return (await page.execute(db)).rows;
}

function keyOf({ key }: CopiedTable, row: Row): Key {
  return key.map((one) => row[one]!);
}

function nameOf(table: CopiedTable, row: Row): string {
  return JSON.stringify(keyOf(table, row));
}

async function insert(host: CopyHost, table: CopiedTable, page: readonly Row[]): Promise<void> {
  if (page.length === 0) return;
  const columns = Object.keys(page[0]!);
  const rows = page.map((row) => sql`(${sql.join(columns.map((column) => row[column]))})`);
  const into = sql`insert into ${sql.table(table.name)} (${sql.join(columns.map((column) => sql.ref(column)))}) values ${sql.join(rows)}`;
  await host.write(async (tx) => {
    await into.execute(tx);
  });
}

/** The columns by their names, since two databases may not have them in one order. */
function lineOf(row: Row): string {
  return JSON.stringify(Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1)));
}

function digestInto(hash: Hash, page: readonly Row[]): void {
  for (const row of page) hash.update(`${lineOf(row)}\n`);
}
