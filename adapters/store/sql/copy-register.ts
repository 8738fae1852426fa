import type { Verified } from "../../../src/ports/ledger.ts";
import { COPIED, LEFT, MOVING } from "./copied-tables.ts";
import { type Contents, type CopyHost, CopyRefused, contentsOf, copyTable, countOf } from "./copy-rows.ts";
import type { Database } from "./engine.ts";
import { newer, newestOf, SCHEMA, schemaOf } from "./migrate.ts";
import { type End, inSnapshot } from "./snapshot.ts";
import { verify } from "./verify.ts";

/** What was taken along, desk by desk: the chain that both sides have now. */
export interface Taken {
  readonly desks: readonly { readonly desk: string; readonly events: number; readonly head: string }[];
  /** Of every table, each with the same digest on both sides. */
  readonly rows: number;
}

export interface CopyWork extends Pick<CopyHost, "write"> {
  /** How far it has come, in rows read: each is read four times at the least, twice on each side. */
  progress(done: number, of: number): void;
}

/** Refuses what this program cannot read as a register of its own schema: nothing is migrated where nothing may change. */
export async function mustBeRegister({ db, engine, name }: End): Promise<void> {
  const tables = await engine.tables(db);
  if (tables.includes(MOVING)) throw new CopyRefused("move-source-half", { from: name });
  const schema = await schemaOf(db, engine, name);
  if (schema === null || schema === 0) throw new CopyRefused("move-source-none", { from: name });
  if (schema > SCHEMA) throw new CopyRefused("move-source-newer", { from: name });
  if (schema < SCHEMA) throw new CopyRefused("move-source-older", { from: name });
  const known: readonly string[] = [...COPIED.map(({ name: one }) => one), ...LEFT];
  const strange = tables.find((one) => !known.includes(one));
  if (strange !== undefined) throw new CopyRefused("move-source-strange", { from: name, table: strange });
}

/**
 * Copies every table from one view of the source, and proves the copy: the chain of each desk holds on both sides and ends with one head, and
 * each table has as many rows and the same digest. Throws CopyRefused where any of it is not so.
 */
export function copyRegister(source: End, target: End, work: CopyWork): Promise<Taken> {
  return inSnapshot(source, async (view) => {
    // A process that goes on after a newer program has migrated knows nothing of what that one added.
    const schema = await newestOf(view);
    if (schema !== null && schema > SCHEMA) throw newer(source.name, schema);
    const counts = await Promise.all(COPIED.map((table) => countOf(view, table)));
    const of = counts.reduce((sum, count) => sum + count, 0) * 2 + 2 * counts[0]!;
    let done = 0;
    const passed = (rows: number) => {
      done += rows;
      work.progress(Math.min(done, of - 1), of);
    };
    work.progress(0, of);
    const desks = await chainsOf(view, source, passed);
    const wanted = new Map<string, Contents>();
    for (const table of COPIED) {
      wanted.set(table.name, await copyTable({ source: view, target: target.db, passed, ...work }, table));
    }
    for (const table of COPIED) {
      const { rows, digest } = await contentsOf(target.db, table, passed);
      const { rows: wantedRows, digest: wantedDigest } = wanted.get(table.name)!;
      if (rows !== wantedRows || digest !== wantedDigest)
        throw new CopyRefused("move-differs", { table: table.name, rows, wanted: wantedRows });
    }
    const arrived = await chainsOf(target.db, target, passed);
    if (JSON.stringify(arrived) !== JSON.stringify(desks)) throw new CopyRefused("move-differs", { table: "ledger", rows: 0, wanted: 0 });
    work.progress(of, of);
    return { desks, rows: [...wanted.values()].reduce((sum, { rows }) => sum + rows, 0) };
  });
}

/** Whether the source holds as many rows of everything as were taken: what was written to it meanwhile is not in the copy. */
export async function rowsOf({ db }: End): Promise<number> {
  let rows = 0;
  for (const table of COPIED) rows += await countOf(db, table);
  return rows;
}

/** The chain of each desk, from its first row to its head; one that is broken is not passed on as if it were whole. */
async function chainsOf(db: Database, { engine, name }: End, passed: (rows: number) => void): Promise<Taken["desks"]> {
  const desks: Taken["desks"][number][] = [];
  for (const { id: desk } of await db.selectFrom("desk").select("id").orderBy("id").execute()) {
    let before = 0;
    const verified: Verified = await verify(db, engine, desk, undefined, (done) => {
      passed(done - before);
      before = done;
    });
    if (!verified.ok) throw new CopyRefused("move-broken", { at: name, desk, fault: JSON.stringify(verified.fault) });
    desks.push({ desk, events: verified.events, head: verified.head });
  }
  return desks;
}
