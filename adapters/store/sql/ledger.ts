import type { Ledger } from "../../../src/ports/ledger.ts";
import { append, headOf, isKnown } from "./append.ts";
import type { Database, Engine } from "./engine.ts";
import { ledgerRow, rowsAfterText, rowsOfEach, textsOf, textsOfEach } from "./rows.ts";
import type { LedgerTable } from "./schema.ts";
import { verify } from "./verify.ts";

/** The ledger of one desk. */
export function ledgerOf(db: Database, engine: Engine, desk: string): Ledger {
  const ofStream = db.selectFrom("ledger").selectAll().where("desk", "=", desk).where("stream", "=", "").orderBy("version").compile().sql;
  const after = rowsAfterText(db);
  const textsFor = textsOfEach(db, engine, desk);
  return {
    append: (...appended) => append(db, engine, desk, ...appended),
    async read(stream) {
      const rows = await engine.ask<LedgerTable>(db, ofStream, [desk, stream]);
      const texts = await textsFor(rows);
      return rows.map((row) => ledgerRow(row, texts.get(row.position)));
    },
    async readEach(streams) {
      const rows = await rowsOfEach(db, desk, streams);
      const texts = await textsFor(rows);
      return rows.map((row) => ledgerRow(row, texts.get(row.position)));
    },
    knows: (commandId) => isKnown(db, desk, commandId),
    async readAll(position, limit) {
      const rows = await engine.ask<LedgerTable>(db, after, [desk, position, limit]);
      if (rows.length === 0) return [];
      const texts = await textsOf(db, desk, rows);
      return rows.map((row) => ledgerRow(row, texts.get(row.position)));
    },
    head: () => headOf(db, desk),
    verify: (posted, progress) => verify(db, engine, desk, posted, progress),
  };
}
