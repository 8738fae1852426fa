import type { Head } from "../../../src/ports/ledger.ts";
import type { Database } from "./engine.ts";
import { changedColumns, hashOf, MARKS_OF_SAYING, marksOf } from "./hash.ts";
import type { LedgerTable } from "./schema.ts";
import type { Fault } from "./verify.ts";

/** The next row in order does not stand at the next position. */
export async function faultAtGap(db: Database, last: Head, row: LedgerTable): Promise<Fault> {
  if (changedColumns(row, row.marks).includes("position")) return { kind: "row", position: row.position, column: "position" };
  return (await movedAway(db, row.desk, last)) ?? { kind: "missing-row", position: last.events + 1 };
}

/** The row stands at the next position, but was not written after the row before it. */
export async function faultAtLink(db: Database, last: Head, row: LedgerTable): Promise<Fault> {
  const { position } = row;
  const changed = changedColumns(row, row.marks);
  if (changed.length === 0 && hashOf(last.hash, row) === row.hash) return { kind: "row", position, column: "prev_hash" };
  const successor = (await successorsOf(db, last)).find((one) => one.desk === row.desk);
  if (successor !== undefined) return { kind: "order", position };
  // Renumbered to close the gap that a removed row left.
  if (changed.length === 1 && changed[0] === "position") return { kind: "missing-row", position };
  if (changed.length > 0) return { kind: "row", position, column: changed.join(", ") };
  // It is what it was: then the row before it was written anew, hash and all.
  if (hashOf(row.prev_hash, row) === row.hash && last.events > 0) return { kind: "row", position: last.events, column: "hash" };
  return { kind: "row", position, column: "content" };
}

/** The row stands where it should, and does not say what it said. */
export async function faultInRow(db: Database, row: LedgerTable): Promise<Fault> {
  const { position } = row;
  const changed = changedColumns(row, row.marks);
  const intact = hashOf(row.prev_hash, row) === row.hash;
  if (intact) return { kind: "row", position, column: "marks" };
  // Another row's content, put here with its marks or without them.
  if (changed.length === 1 && changed[0] === "position") return { kind: "order", position };
  if (changed.length > 1 && (await saidElsewhere(db, row))) return { kind: "order", position };
  if (changed.length > 0) return { kind: "row", position, column: changed.join(", ") };
  const next = await db
    .selectFrom("ledger")
    .select("prev_hash")
    .where("desk", "=", row.desk)
    .where("position", "=", position + 1)
    .executeTakeFirst();
  // The next row still holds this row's hash: then the content was altered together with its marks.
  return { kind: "row", position, column: next?.prev_hash === row.hash ? "content" : "hash" };
}

/** After the last row: one that was moved to another desk would otherwise look like a tail that never was. */
export function faultAtEnd(db: Database, desk: string, last: Head): Promise<Fault | null> {
  return movedAway(db, desk, last);
}

/** The row that was written after this one and whose position or desk has been changed since. */
async function movedAway(db: Database, desk: string, last: Head): Promise<Fault | null> {
  for (const row of await successorsOf(db, last)) {
    const changed = changedColumns(row, row.marks);
    if (row.desk !== desk && changed.includes("desk")) return { kind: "row", position: row.position, column: "desk" };
    if (row.desk === desk && changed.includes("position")) return { kind: "row", position: row.position, column: "position" };
  }
  return null;
}

/** Rows written after the one with that hash, wherever they stand now. */
function successorsOf(db: Database, last: Head): Promise<LedgerTable[]> {
  return db.selectFrom("ledger").selectAll().where("prev_hash", "=", last.hash).execute();
}

async function saidElsewhere(db: Database, row: LedgerTable): Promise<boolean> {
  const found = await db
    .selectFrom("ledger")
    .select("position")
    .where("desk", "=", row.desk)
    .where("position", "!=", row.position)
    .where((of) => of(of.fn<string>("substr", ["marks", of.lit(MARKS_OF_SAYING + 1)]), "=", marksOf(row).slice(MARKS_OF_SAYING)))
    .limit(1)
    .executeTakeFirst();
  return found !== undefined;
}
