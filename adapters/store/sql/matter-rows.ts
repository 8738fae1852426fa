import { type RawBuilder, sql } from "kysely";
import type { StreamAppend } from "../../../src/ports/ledger.ts";
import type { Derived } from "../../../src/ports/matter-index.ts";
import { type Instant, instantOf } from "../../../src/time/instant.ts";
import { inChunks } from "./chunks.ts";
import type { Database, Writing } from "./engine.ts";
import type { MatterTable } from "./schema.ts";

/** Before every moment, however far the clock is set back: such a matter is due at once. */
export const AT_ONCE: Instant = instantOf(0);

/** Rows in one insert statement. */
const ROWS = 250;

export function derivedColumns(derived: Derived): Pick<MatterTable, "authority" | "ref" | "kind" | "state" | "next_day"> {
  return { authority: derived.authority, ref: derived.ref, kind: derived.kind, state: derived.state, next_day: derived.nextDay };
}

const NOT_LOOKED_AT = derivedColumns({ authority: "", ref: "", kind: "", state: "", nextDay: null });

/** Notes in the append's own transaction that these streams have moved on to their versions: each is due at once. */
export async function noteAppended(
  tx: Writing,
  desk: string,
  streams: readonly StreamAppend[],
  versions: ReadonlyMap<string, number>,
  at: Instant,
): Promise<void> {
  // A stream that is appended to twice has one row, and the last word on it counts.
  const derived = new Map<string, Derived | undefined>();
  for (const one of streams) {
    const stream = one.stream.toWellFormed();
    if (one.entries.length > 0) derived.set(stream, one.derived ?? derived.get(stream));
  }
  const rows = [...derived].map(([stream, told]) => {
    const moved = { desk, stream, version: versions.get(stream)!, woken: 0, wake_at: AT_ONCE, touched_at: at };
    return { told: told !== undefined, row: { ...moved, ...(told === undefined ? NOT_LOOKED_AT : derivedColumns(told)) } };
  });
  await put(
    tx,
    rows.filter(({ told }) => told).map(({ row }) => row),
    ["version", "wake_at", "touched_at", "authority", "ref", "kind", "state", "next_day"],
  );
  await put(
    tx,
    rows.filter(({ told }) => !told).map(({ row }) => row),
    ["version", "wake_at", "touched_at"],
  );
}

async function put(tx: Writing, rows: readonly MatterTable[], columns: readonly (keyof MatterTable)[]): Promise<void> {
  const anew = Object.fromEntries(columns.map((column) => [column, sql`excluded.${sql.ref(column)}`])) as Record<string, RawBuilder<never>>;
  await inChunks(
    rows,
    async (some) => {
      await tx
        .insertInto("matter")
        .values(some)
        .onConflict((on) => on.columns(["desk", "stream"]).doUpdateSet({ ...anew, woken: sql`matter.woken + 1` }))
        .execute();
      return [];
    },
    ROWS,
  );
}

/** Makes every row of the desk anew from the ledger; answers how many. */
export async function rebuildMatters(db: Database, desk: string, at: Instant): Promise<number> {
  return db.transaction().execute(async (tx) => {
    // Above all that anybody was told: what was looked at before it was made anew must not be noted after.
    const { most } = await tx
      .selectFrom("matter")
      .select((of) => of.fn.coalesce(of.fn.max("woken"), sql.lit(0)).as("most"))
      .where("desk", "=", desk)
      .executeTakeFirstOrThrow();
    await tx.deleteFrom("matter").where("desk", "=", desk).execute();
    const made = await sql`insert into matter (desk, stream, version, woken, wake_at, touched_at, authority, ref, kind, state, next_day)
      select desk, stream, max(version), ${sql.lit(most + 1)}, ${sql.lit(AT_ONCE)}, ${sql.lit(at)}, '', '', '', '', null from ledger where desk = ${desk}
      group by desk, stream`.execute(tx);
    return Number(made.numAffectedRows);
  });
}
