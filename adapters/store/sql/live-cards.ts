import type { Place, PostRef } from "../../../src/ports/chat.ts";
import type { LiveCards } from "../../../src/ports/matter-index.ts";
import type { Instant } from "../../../src/time/instant.ts";
import { inChunks } from "./chunks.ts";
import type { Database } from "./engine.ts";

/** The cards that are kept up to date on behalf of one desk. */
export function liveCardsOf(db: Database, desk: string): LiveCards {
  return {
    async of(streams) {
      const rows = await inChunks([...new Set(streams)], (some) =>
        db
          .selectFrom("live_card")
          .selectAll()
          .where("desk", "=", desk)
          .where("stream", "in", some)
          .orderBy("stream")
          .orderBy("place")
          .execute(),
      );
      return rows.map((row) => ({
        place: row.place as Place,
        stream: row.stream,
        posted: row.posted as PostRef,
        shows: row.shows,
        updatedAt: row.updated_at as Instant,
      }));
    },
    put: ({ place, stream, posted, shows, updatedAt }) =>
      db.transaction().execute(async (tx) => {
        const held = { posted, shows, updated_at: updatedAt };
        await tx
          .insertInto("live_card")
          .values({ desk, stream, place, ...held })
          .onConflict((on) => on.columns(["desk", "stream", "place"]).doUpdateSet(held))
          .execute();
      }),
    drop: (place, stream) =>
      db.transaction().execute(async (tx) => {
        await tx.deleteFrom("live_card").where("desk", "=", desk).where("stream", "=", stream).where("place", "=", place).execute();
      }),
  };
}
