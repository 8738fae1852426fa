import { type Insertable, type RawBuilder, sql } from "kysely";
import type { StreamAppend } from "../../../src/ports/ledger.ts";
import type { Derived } from "../../../src/ports/matter-index.ts";
import { type Instant, instantOf } from "../../../src/time/instant.ts";
import { inChunks } from "./chunks.ts";
import type { Database, Engine, Writing } from "./engine.ts";
import type { MatterTable } from "./schema.ts";

/** Before every moment, however far the clock is set back: such a matter is due at once. */
export const AT_ONCE: Instant = instantOf(0);

/** Rows in one insert statement. */
const ROWS = 250;

const DERIVED = ["authority", "ref", "kind", "state", "next_day", "told_version", "told_at", "told_by", "states", "visibility"] as const;

type Row = Insertable<MatterTable>;

/** What a look at that moment, or an append, tells of a matter. */
export function derivedColumns({ authority, ref, kind, state, nextDay, told }: Derived, version: number, at: string) {
  return {
    ...{ authority, ref, kind, state, next_day: nextDay },
    told_version: told === undefined ? 0 : version,
    told_at: told === undefined ? null : at,
    told_by: told?.by ?? "",
    states: told === undefined ? "" : ` ${told.states.join(" ")} `,
    visibility: told?.visibility ?? "",
  } satisfies Partial<Row>;
}

const NOT_LOOKED_AT = derivedColumns({ authority: "", ref: "", kind: "", state: "", nextDay: null }, 0, "");

/** What stands in a stream between the first colon and the slash behind it. */
export function nameIn(stream: string): string {
  return stream.slice(stream.indexOf(":") + 1).split("/", 1)[0]!;
}

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
    const moved = { desk, stream, version: versions.get(stream)!, woken: 0, wake_at: AT_ONCE, touched_at: at, name: nameIn(stream) };
    return {
      told: told !== undefined,
      row: { ...moved, ...(told === undefined ? NOT_LOOKED_AT : derivedColumns(told, versions.get(stream)!, at)) },
    };
  });
  await put(
    tx,
    rows.filter(({ told }) => told).map(({ row }) => row),
    ["version", "wake_at", "touched_at", "name", ...DERIVED],
  );
  await put(
    tx,
    rows.filter(({ told }) => !told).map(({ row }) => row),
    ["version", "wake_at", "touched_at", "name"],
  );
}

async function put(tx: Writing, rows: readonly Row[], columns: readonly (keyof MatterTable)[]): Promise<void> {
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
export async function rebuildMatters(db: Database, engine: Engine, desk: string, at: Instant): Promise<number> {
  return db.transaction().execute(async (tx) => {
    await engine.patient?.(tx);
    await engine.serialise(tx, desk);
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
    await nameRows(tx, desk);
    return Number(made.numAffectedRows);
  });
}

async function nameRows(tx: Writing, desk: string): Promise<void> {
  const rows = await tx.selectFrom("matter").select("stream").where("desk", "=", desk).where("name", "=", "").execute();
  await inChunks(
    rows,
    async (some) => {
      const named = some.map(({ stream }) => sql`(${stream}, ${nameIn(stream)})`);
      await sql`update matter set name = named.column2 from (values ${sql.join(named)}) as named
        where matter.desk = ${desk} and matter.stream = named.column1`.execute(tx);
      return [];
    },
    ROWS,
  );
}
