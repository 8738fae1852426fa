import type { Ledger } from "../../../src/ports/ledger.ts";
import { append, headOf } from "./append.ts";
import type { Database, Engine } from "./engine.ts";
import { ledgerRow, rowsAfter, textsOf, textsOfEach } from "./rows.ts";
import { verify } from "./verify.ts";

/** The ledger of one desk. */
export function ledgerOf(db: Database, engine: Engine, desk: string): Ledger {
  return {
    append: (streams, stamp) => append(db, engine, desk, streams, stamp),
    async read(stream) {
      const rows = await db
        .selectFrom("ledger")
        .selectAll()
        .where("desk", "=", desk)
        .where("stream", "=", stream)
        .orderBy("version")
        .execute();
      const texts = await textsOfEach(db, desk, rows);
      return rows.map((row) => ledgerRow(row, texts.get(row.position)));
    },
    async readAll(after, limit) {
      const rows = await rowsAfter(db, desk, after, limit);
      const texts = await textsOf(db, desk, rows);
      return rows.map((row) => ledgerRow(row, texts.get(row.position)));
    },
    head: () => headOf(db, desk),
    verify: (posted, progress) => verify(db, engine, desk, posted, progress),
  };
}
