import type { Json, LedgerRow } from "../../../src/ports/ledger.ts";
import type { Day } from "../../../src/time/day.ts";
import type { Instant } from "../../../src/time/instant.ts";
import { inChunks } from "./chunks.ts";
import type { Database, Engine } from "./engine.ts";
import type { LedgerTable, PrivateTextTable } from "./schema.ts";

/** Positions in one `in` list, and streams in another. */
const POSITIONS = 512;
const STREAMS = 250;

/** Rows after a position, in order, at most `limit`; from the very first when `after` is null, wherever that stands. */
export function rowsAfter(db: Database, desk: string, after: number | null, limit: number): Promise<LedgerTable[]> {
  const all = db.selectFrom("ledger").selectAll().where("desk", "=", desk).orderBy("position").limit(limit);
  return (after === null ? all : all.where("position", ">", after)).execute();
}

/** The same question as it is asked again and again: bound are the desk, the position and the limit. */
export function rowsAfterText(db: Database): string {
  const all = db.selectFrom("ledger").selectAll().where("desk", "=", "").where("position", ">", 0).orderBy("position").limit(1);
  return all.compile().sql;
}

/** The rows of these streams, a few hundred streams a question. */
export function rowsOfEach(db: Database, desk: string, streams: readonly string[]): Promise<readonly LedgerTable[]> {
  const wanted = [...new Set(streams.map((stream) => stream.toWellFormed()))];
  const all = db.selectFrom("ledger").selectAll().where("desk", "=", desk).orderBy("stream").orderBy("version");
  return inChunks(wanted, (some) => all.where("stream", "in", some).execute(), STREAMS);
}

/** The texts of these rows (which stand in order), by position. */
export async function textsOf(
  db: Database,
  desk: string,
  rows: readonly LedgerTable[],
): Promise<ReadonlyMap<number, readonly PrivateTextTable[]>> {
  if (rows.length === 0) return new Map();
  const found = await db
    .selectFrom("private_text")
    .selectAll()
    .where("desk", "=", desk)
    .where("position", ">=", rows[0]!.position)
    .where("position", "<=", rows.at(-1)!.position)
    .orderBy("position")
    .orderBy("path")
    .execute();
  return Map.groupBy(found, (text) => text.position);
}

export type TextsOfEach = (rows: readonly LedgerTable[]) => Promise<ReadonlyMap<number, readonly PrivateTextTable[]>>;

/** The same for rows that do not follow one another, such as a stream's. By their positions: a join on the stream would walk the whole desk. */
export function textsOfEach(db: Database, engine: Engine, desk: string): TextsOfEach {
  // Written once for so many positions, twice as many, and so on: to write it takes longer than to answer it.
  const known = new Map<number, string>();
  const textFor = (size: number) => {
    const text = known.get(size) ?? textsAtText(db, size);
    known.set(size, text);
    return text;
  };
  return async (rows) => {
    const found: PrivateTextTable[] = [];
    for (let start = 0; start < rows.length; start += POSITIONS) {
      const positions = rows.slice(start, start + POSITIONS).map((row) => row.position);
      const size = 2 ** Math.ceil(Math.log2(positions.length));
      const filled = [...positions, ...Array.from({ length: size - positions.length }, () => positions[0]!)];
      found.push(...(await engine.ask<PrivateTextTable>(db, textFor(size), [desk, ...filled])));
    }
    return Map.groupBy(found, (text) => text.position);
  };
}

function textsAtText(db: Database, size: number): string {
  const positions = Array.from({ length: size }, () => 0);
  const some = db.selectFrom("private_text").selectAll().where("desk", "=", "").where("position", "in", positions);
  return some.orderBy("position").orderBy("path").compile().sql;
}

/** The row as the port has it, its texts joined back and the erased ones named. */
export function ledgerRow(row: LedgerTable, found: readonly PrivateTextTable[] = []): LedgerRow {
  const texts = Object.fromEntries(found.map((text) => [text.path, text.text]));
  return {
    position: row.position,
    stream: row.stream,
    version: row.version,
    eventId: row.event_id,
    type: row.type,
    on: row.on_day as Day | null,
    recordedAt: row.recorded_at as Instant,
    by: row.by_person,
    via: row.via as LedgerRow["via"],
    commandId: row.command_id,
    data: JSON.parse(row.data) as { readonly [key: string]: Json },
    texts,
    erased: Object.keys(JSON.parse(row.texts) as Record<string, string>).filter((path) => !Object.hasOwn(texts, path)),
    hash: row.hash,
  };
}
