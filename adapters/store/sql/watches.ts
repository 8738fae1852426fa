import type { Place } from "../../../src/ports/chat.ts";
import type { Watch, Watches } from "../../../src/ports/delivery-log.ts";
import type { Instant } from "../../../src/time/instant.ts";
import type { Database } from "./engine.ts";
import type { WatchTable } from "./schema.ts";

/** The places that watch one desk's matters, the oldest first. */
export function watchesOf(db: Database, desk: string): Watches {
  return {
    async all() {
      const rows = await db.selectFrom("watch").selectAll().where("desk", "=", desk).orderBy("since").orderBy("place").execute();
      return rows.map(watch);
    },
    set: (set) =>
      db.transaction().execute(async (tx) => {
        const held = columns(set);
        await tx
          .insertInto("watch")
          .values({ desk, place: set.place, ...held })
          .onConflict((on) => on.columns(["desk", "place"]).doUpdateSet(held))
          .execute();
      }),
    remove: (place) =>
      db.transaction().execute(async (tx) => {
        const gone = await tx.deleteFrom("watch").where("desk", "=", desk).where("place", "=", place).executeTakeFirst();
        return gone.numDeletedRows > 0n;
      }),
  };
}

function columns(set: Watch): Omit<WatchTable, "desk" | "place"> {
  return {
    filters: JSON.stringify(set.filters),
    language: set.language,
    zone: set.zone,
    digest_at: set.at,
    by_person: set.by,
    since: set.since,
  };
}

function watch(row: WatchTable): Watch {
  return {
    place: row.place as Place,
    filters: JSON.parse(row.filters) as readonly string[],
    language: row.language as Watch["language"],
    zone: row.zone,
    at: row.digest_at,
    by: row.by_person,
    since: row.since as Instant,
  };
}
