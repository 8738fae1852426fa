import type { Place } from "../../../src/ports/chat.ts";
import type { Subscriptions, Watch } from "../../../src/ports/subscriptions.ts";
import type { Database, Engine } from "./engine.ts";
import type { PlaceSettingTable, WatchTable } from "./schema.ts";
import { sameFilters, settingColumns, subscription, watch } from "./subscription-rows.ts";

/** Who is told what of one desk's matters. */
export function subscriptionsOf(db: Database, engine: Engine, desk: string): Subscriptions {
  const places = db.selectFrom("place_setting").selectAll().where("desk", "=", desk);
  const watches = db.selectFrom("watch").selectAll().where("desk", "=", desk).orderBy("number");
  const placeText = places.where("place", "=", "").compile().sql;
  const watchesText = watches.where("place", "=", "").compile().sql;

  return {
    async all() {
      const rows = await places.orderBy("since").orderBy("place").execute();
      const held = Map.groupBy(await watches.execute(), ({ place }) => place);
      return rows.map((row) => subscription(row, held.get(row.place) ?? []));
    },
    async of(place) {
      const [row] = await engine.ask<PlaceSettingTable>(db, placeText, [desk, place]);
      return row === undefined ? null : subscription(row, await engine.ask<WatchTable>(db, watchesText, [desk, place]));
    },
    settle: (settings, named) =>
      db.transaction().execute(async (tx) => {
        const held = settingColumns(settings);
        const changed = named === undefined ? held : settingColumns(settings, named);
        await tx
          .insertInto("place_setting")
          .values({ desk, place: settings.place, since: settings.since, ...held })
          .onConflict((on) => {
            const known = on.columns(["desk", "place"]);
            return Object.keys(changed).length === 0 ? known.doNothing() : known.doUpdateSet(changed);
          })
          .execute();
      }),
    add: (place, { filters, by, since }) =>
      db.transaction().execute(async (tx): Promise<Watch> => {
        await engine.serialise(tx, desk);
        const settled = await tx.selectFrom("place_setting").select("place").where("desk", "=", desk).where("place", "=", place).execute();
        if (settled.length === 0) throw new Error(`a place without settings watches nothing: ${place}`);
        const held = await tx.selectFrom("watch").selectAll().where("desk", "=", desk).where("place", "=", place).execute();
        const same = held.map(watch).find((one) => sameFilters(one.filters, filters));
        if (same !== undefined) return same;
        const { last_watch } = await tx
          .updateTable("desk")
          .set((of) => ({ last_watch: of("last_watch", "+", 1) }))
          .where("id", "=", desk)
          .returning("last_watch")
          .executeTakeFirstOrThrow();
        const row = { desk, number: last_watch, place, filters: JSON.stringify(filters), by_person: by, since };
        await tx.insertInto("watch").values(row).execute();
        return watch(row);
      }),
    refilter: (place, id, filters, was) =>
      db.transaction().execute(async (tx) => {
        await engine.serialise(tx, desk);
        const number = numberOf(id);
        if (number === null) return null;
        const own = tx.updateTable("watch").where("desk", "=", desk).where("place", "=", place).where("number", "=", number);
        const row = await (was === undefined ? own : own.where("filters", "=", JSON.stringify(was)))
          .set({ filters: JSON.stringify(filters) })
          .returningAll()
          .executeTakeFirst();
        return row === undefined ? null : watch(row);
      }),
    remove: (place, id) =>
      db.transaction().execute(async (tx) => {
        await engine.serialise(tx, desk);
        return removeWatches(tx, desk, place, id);
      }),
    forget: (place) =>
      db.transaction().execute(async (tx) => {
        await engine.serialise(tx, desk);
        await removeWatches(tx, desk, place, null);
        const gone = await tx.deleteFrom("place_setting").where("desk", "=", desk).where("place", "=", place).executeTakeFirst();
        return gone.numDeletedRows > 0n;
      }),
  };
}

async function removeWatches(tx: Database, desk: string, place: Place, id: string | null): Promise<number> {
  const all = tx.deleteFrom("watch").where("desk", "=", desk).where("place", "=", place);
  if (id === null) return Number((await all.executeTakeFirst()).numDeletedRows);
  const number = numberOf(id);
  return number === null ? 0 : Number((await all.where("number", "=", number).executeTakeFirst()).numDeletedRows);
}

function numberOf(id: string): number | null {
  const number = /^w([1-9]\d{0,8})$/.exec(id)?.[1];
  return number === undefined ? null : Number(number);
}
