import { type RawBuilder, sql } from "kysely";
import type { DeliveryKey } from "../../../src/ports/chat.ts";
import type { Delivery, DeliveryLog } from "../../../src/ports/delivery-log.ts";
import type { Instant } from "../../../src/time/instant.ts";
import { inChunks } from "./chunks.ts";
import { delivery, talliedOf } from "./delivery-rows.ts";
import type { Database, Engine } from "./engine.ts";
import { turnOf } from "./turn.ts";

/** As the index on open deliveries says it: said otherwise, SQLite would not see that it may use it. */
const OPEN = sql<boolean>`(outcome is null or outcome <> 'delivered')`;

/** What was said on behalf of one desk; `shared` is how several processes do what only one of them may. */
export function deliveriesOf(
  db: Database,
  engine: Engine,
  desk: string,
  shared: Pick<DeliveryLog, "turn" | "abandon"> | null = null,
): DeliveryLog {
  const all = db.selectFrom("delivery").selectAll().where("desk", "=", desk);

  async function open(condition: RawBuilder<boolean>): Promise<readonly Delivery[]> {
    return (await all.where(OPEN).where(condition).orderBy("claimed_at").orderBy("key").execute()).map(delivery);
  }

  const alone: Pick<DeliveryLog, "turn" | "abandon"> = {
    turn: turnOf(db, engine, desk),
    abandon: (at, adapter) =>
      db.transaction().execute(async (tx) => {
        const lost = await tx
          .updateTable("delivery")
          .set((of) => ({
            outcome: "unknown",
            trouble: "The program ended while it was being posted.",
            not_before: at,
            settled_at: at,
            doubts: of("doubts", "+", 1),
          }))
          .where("desk", "=", desk)
          .where(OPEN)
          .where("outcome", "is", null)
          .where("place", "like", adapter === undefined ? "%" : `${adapter}:%`)
          .executeTakeFirst();
        return Number(lost.numUpdatedRows);
      }),
  };
  const { turn, abandon } = shared ?? alone;

  return {
    turn,
    abandon,
    async known(keys) {
      const found = await inChunks(keys, (some) => all.where("key", "in", some).execute());
      return new Map(found.map((row) => [row.key as DeliveryKey, delivery(row)]));
    },
    async about(stream, place) {
      const every = all.where("stream", "=", stream).orderBy("first_at").orderBy("key");
      return (await (place === undefined ? every : every.where("place", "=", place)).execute()).map(delivery);
    },
    async last(place, kind) {
      const said = all.where("kind", "=", kind).where(sql<boolean>`outcome = 'delivered'`).limit(1);
      const here = said.where("place", "=", place).orderBy("settled_at", "desc").orderBy("key", "desc");
      const row = await here.where("stream", "is", null).executeTakeFirst();
      if (row !== undefined) return delivery(row);
      // What is said of matters is never asked for, and would be looked for row by row. No kind is said of matters and of none.
      if ((await said.where("stream", "is", null).executeTakeFirst()) !== undefined) return null;
      const ofMatter = await here.where("stream", "is not", null).executeTakeFirst();
      return ofMatter === undefined ? null : delivery(ofMatter);
    },
    waiting: () => open(sql<boolean>`superseded = 0 and outcome in ('later', 'unknown')`),
    undelivered: (before) => open(sql<boolean>`superseded = 0 and (outcome is not null or claimed_at < ${before})`),
    unannounced: (lateBefore) =>
      open(sql<boolean>`announced_at is null and (superseded = 2 or (superseded = 0 and (outcome = 'never' or first_at < ${lateBefore})))`),
    announced: (keys, at) =>
      db.transaction().execute(async (tx) => {
        await inChunks(keys, async (some) => {
          await tx.updateTable("delivery").set({ announced_at: at }).where("desk", "=", desk).where("key", "in", some).execute();
          return [];
        });
      }),
    revive: (place, at) =>
      db.transaction().execute(async (tx) => {
        const revived = await tx
          .updateTable("delivery")
          .set({
            outcome: sql<string>`case when doubts > 0 then 'unknown' else 'later' end`,
            // It may have been shown as before, and is tried as often as anew.
            doubts: sql<number>`case when doubts > 1 then 1 else doubts end`,
            ...{ not_before: at, settled_at: at },
          })
          .where("desk", "=", desk)
          .where(OPEN)
          .where("outcome", "=", "never")
          .where("place", "=", place)
          .executeTakeFirst();
        return Number(revived.numUpdatedRows);
      }),
    async restsOnOther(rulebook) {
      const other = db.selectFrom("delivery").select("key").where("desk", "=", desk).where("stream", "is not", null);
      const found = other.where("rulebook", "<>", rulebook).where("outcome", "=", "delivered").limit(1);
      return (await found.executeTakeFirst()) !== undefined;
    },
    async tally() {
      // Two questions, each of which an index answers by itself: most rows are delivered, and none of them has to be read.
      const counted = db.selectFrom("delivery").where("desk", "=", desk);
      const { delivered } = await db
        .selectNoFrom(() =>
          sql<number>`(${counted.select((of) => of.fn.countAll().as("count"))}) - (${counted.where(OPEN).select((of) => of.fn.countAll().as("count"))})`.as(
            "delivered",
          ),
        )
        .executeTakeFirstOrThrow();
      const rows = await db
        .selectFrom("delivery")
        .select(["outcome", (of) => of.fn.countAll<number>().as("count"), (of) => of.fn.min("first_at").as("oldest")])
        .where("desk", "=", desk)
        .where(OPEN)
        .where("superseded", "=", 0)
        .groupBy("outcome")
        .execute();
      return talliedOf(
        Number(delivered),
        rows.map(({ outcome, count, oldest }) => ({ outcome, count: Number(count), oldest: oldest as Instant })),
      );
    },
  };
}
