import { CompiledQuery, sql } from "kysely";
import type { MatterIndex } from "../../../src/ports/matter-index.ts";
import type { Clock } from "../../../src/time/clock.ts";
import type { Instant } from "../../../src/time/instant.ts";
import { inChunks } from "./chunks.ts";
import type { Database, Engine } from "./engine.ts";
import { AT_ONCE, derivedColumns, rebuildMatters } from "./matter-rows.ts";

/** One derived row for each matter of one desk. */
export function matterIndexOf(db: Database, engine: Engine, desk: string, clock: Clock): MatterIndex {
  const matters = db.selectFrom("matter").select(["stream", "version", "woken"]).where("desk", "=", desk);
  return {
    async due(now, limit) {
      const woken = await matters
        .where("wake_at", "<=", now)
        .orderBy("wake_at")
        .orderBy("touched_at")
        .orderBy("stream")
        .limit(limit)
        .execute();
      if (woken.length === limit) return woken;
      // Asked apart: with an "or" between them, neither index would be used.
      const setBack = await matters
        .where("touched_at", ">", now)
        .where((of) => of.or([of("wake_at", ">", now), of("wake_at", "is", null)]))
        .orderBy("touched_at")
        .orderBy("stream")
        .limit(limit - woken.length)
        .execute();
      return [...woken, ...setBack];
    },
    async nextWake() {
      const { next } = await db
        .selectFrom("matter")
        .select((of) => of.fn.min("wake_at").as("next"))
        .where("desk", "=", desk)
        .executeTakeFirstOrThrow();
      return next as Instant | null;
    },
    looked: async (looks, at) => {
      // Asked each second, and mostly nothing was due: the register is not locked for that.
      if (looks.length === 0) return;
      await db.transaction().execute(async (tx) => {
        // Appends write these rows under it: two orders of rows would wait for one another.
        await engine.serialise(tx, desk);
        const note = tx
          .updateTable("matter")
          .set({ wake_at: "", touched_at: at, ...derivedColumns({ authority: "", ref: "", kind: "", state: "", nextDay: null }, 0, at) })
          .where("desk", "=", desk)
          .where("stream", "=", "")
          .where("version", "=", 0)
          .where(sql<boolean>`woken = coalesce(${0}, woken)`)
          .compile();
        // Compiled once and bound for each: after an import there are many.
        for (const { stream, version, woken, wakeAt, derived } of looks) {
          const columns = Object.values(derivedColumns(derived, version, at));
          const bound = [wakeAt, at, ...columns, desk, stream.toWellFormed(), version, woken ?? null];
          await tx.executeQuery(CompiledQuery.raw(note.sql, bound));
        }
      });
    },
    wake: (streams) =>
      db.transaction().execute(async (tx) => {
        if (streams === "all") await engine.patient?.(tx);
        await engine.serialise(tx, desk);
        const woken = tx
          .updateTable("matter")
          .set((of) => ({ wake_at: AT_ONCE, touched_at: clock.now(), woken: of("woken", "+", 1) }))
          .where("desk", "=", desk);
        if (streams === "all") {
          await woken.execute();
          return;
        }
        await inChunks(streams, async (some) => [await woken.where("stream", "in", some).executeTakeFirst()]);
      }),
    async states() {
      const rows = await db
        .selectFrom("matter")
        .select(["state", (of) => of.fn.countAll<number>().as("count")])
        .where("desk", "=", desk)
        .groupBy("state")
        .orderBy("state")
        .execute();
      return new Map(rows.map(({ state, count }) => [state, Number(count)]));
    },
    rebuild: () => rebuildMatters(db, engine, desk, clock.now()),
  };
}
