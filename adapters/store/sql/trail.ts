import { sql } from "kysely";
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
        await engine.serialise(tx, desk);
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
    async latest(limit, { by, about, actions, ofNone } = {}) {
      let asked = db.selectFrom("trail").selectAll().where("desk", "=", desk).orderBy("number", "desc").limit(limit);
      if (by !== undefined) asked = asked.where("by_person", "=", by);
      if (about !== undefined) asked = asked.where(engine.member("detail", "person"), "=", about);
      if (actions !== undefined) asked = asked.where("action", "in", actions);
      if (ofNone === true) asked = asked.where("stream", "is", null);
      return (await asked.execute()).map(trace);
    },
    async refusals(limit, by) {
      const day = sql<string>`substr(noted_at, 1, 10)`;
      const grouped = db
        .selectFrom("trail")
        .select(({ fn }) => [
          "by_person",
          "verb",
          fn.countAll<number>().as("times"),
          fn.max("noted_at").as("at"),
          fn.min("from_place").as("first_place"),
          fn.max("from_place").as("last_place"),
        ])
        .where("desk", "=", desk)
        .where("action", "=", "refused")
        .groupBy(["by_person", "verb", day])
        .orderBy(({ fn }) => fn.max("number"), "desc")
        .limit(limit);
      const rows = await (by === undefined ? grouped : grouped.where("by_person", "=", by)).execute();
      return rows.map((row) => ({
        at: row.at as Instant,
        by: row.by_person,
        from: row.first_place === row.last_place ? row.first_place : null,
        verb: row.verb,
        times: Number(row.times),
      }));
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
