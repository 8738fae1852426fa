import type { Json } from "../../../src/ports/ledger.ts";
import type { Trace, Trail, TrailAction } from "../../../src/ports/trail.ts";
import type { Instant } from "../../../src/time/instant.ts";
import type { Database, Engine } from "./engine.ts";
import { lastNumber } from "./numbered.ts";
import type { TrailTable } from "./schema-access.ts";

/** Rows in one insert statement. */
const ROWS = 250;

/** Who looked, and who did what, at one desk. */
export function trailOf(db: Database, engine: Engine, desk: string): Trail {
  return {
    async note(traces) {
      if (traces.length === 0) return;
      await db.transaction().execute(async (tx) => {
        await engine.serialise(tx);
        const last = await lastNumber(tx, desk, "trail");
        const rows = traces.map((trace, index) => traceRow(desk, last + index + 1, trace));
        for (let start = 0; start < rows.length; start += ROWS) {
          await tx
            .insertInto("trail")
            .values(rows.slice(start, start + ROWS))
            .execute();
        }
      });
    },
    async of(stream) {
      const about = db.selectFrom("trail").selectAll().where("desk", "=", desk).where("stream", "=", stream);
      return (await about.orderBy("number").execute()).map(trace);
    },
    async latest(limit, by) {
      const all = db.selectFrom("trail").selectAll().where("desk", "=", desk).orderBy("number", "desc").limit(limit);
      return (await (by === undefined ? all : all.where("by_person", "=", by)).execute()).map(trace);
    },
  };
}

function traceRow(desk: string, number: number, { at, by, from, action, stream, verb, detail }: Trace): TrailTable {
  return { desk, number, noted_at: at, by_person: by, from_place: from, action, stream, verb, detail: JSON.stringify(detail) };
}

function trace(row: TrailTable): Trace {
  return {
    at: row.noted_at as Instant,
    by: row.by_person,
    from: row.from_place,
    action: row.action as TrailAction,
    stream: row.stream,
    verb: row.verb,
    detail: JSON.parse(row.detail) as { readonly [key: string]: Json },
  };
}
