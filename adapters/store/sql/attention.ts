import type { Acknowledgement, Attention, Heed, Snooze } from "../../../src/ports/attention.ts";
import type { Place } from "../../../src/ports/chat.ts";
import type { Day } from "../../../src/time/day.ts";
import type { Instant } from "../../../src/time/instant.ts";
import { inChunks } from "./chunks.ts";
import type { Database, Engine } from "./engine.ts";
import type { AcknowledgementTable, SnoozeTable } from "./schema.ts";

/** Who took note of one desk's matters, and who put them off. */
export function attentionOf(db: Database, engine: Engine, desk: string): Attention {
  const oneText = acknowledgedText(db);
  const oneSnoozedText = snoozedText(db);

  /** Of one matter, as a command asks for it. */
  async function ofOne(stream: string): Promise<ReadonlyMap<string, Heed>> {
    const notes = await engine.ask<AcknowledgementTable>(db, oneText, [desk, stream]);
    const snoozes = lastOf(await engine.ask<SnoozeTable>(db, oneSnoozedText, [desk, stream]));
    return new Map(notes.length + snoozes.length === 0 ? [] : [[stream, heed(notes, snoozes)]]);
  }

  return {
    acknowledge: (given) =>
      db.transaction().execute(async (tx) => {
        await engine.serialise(tx, desk);
        const held = Map.groupBy(await acknowledged(tx, desk, streamsOf(given)), ({ stream }) => stream);
        const fresh: Acknowledgement[] = [];
        for (const one of given) {
          const before = held.get(one.stream) ?? [];
          const row = { desk, number: before.length + 1, ...acknowledgementColumns(one) };
          if (before.some((other) => sameStage(other, row))) continue;
          await tx.insertInto("acknowledgement").values(row).execute();
          held.set(one.stream, [...before, row]);
          fresh.push(one);
        }
        return fresh;
      }),
    snooze: ({ stream, place, until, by, at }) =>
      db.transaction().execute(async (tx) => {
        await engine.serialise(tx, desk);
        const { count } = await tx
          .selectFrom("snooze")
          .select((of) => of.fn.countAll<number>().as("count"))
          .where("desk", "=", desk)
          .where("stream", "=", stream)
          .executeTakeFirstOrThrow();
        const row = { desk, stream, number: Number(count) + 1, place, until_day: until, by_person: by, given_at: at };
        await tx.insertInto("snooze").values(row).execute();
      }),
    async of(streams) {
      if (streams.length === 1) return ofOne(streams[0]!);
      const notes = Map.groupBy(await acknowledged(db, desk, streams), ({ stream }) => stream);
      const snoozes = Map.groupBy(await inForce(db, desk, streams), ({ stream }) => stream);
      const heeds = new Map<string, Heed>();
      for (const stream of new Set([...notes.keys(), ...snoozes.keys()])) {
        heeds.set(stream, heed(notes.get(stream) ?? [], snoozes.get(stream) ?? []));
      }
      return heeds;
    },
  };
}

function streamsOf(given: readonly { readonly stream: string }[]): readonly string[] {
  return [...new Set(given.map(({ stream }) => stream))];
}

function acknowledged(db: Database, desk: string, streams: readonly string[]): Promise<readonly AcknowledgementTable[]> {
  return inChunks(streams, (some) =>
    db
      .selectFrom("acknowledgement")
      .selectAll()
      .where("desk", "=", desk)
      .where("stream", "in", some)
      .orderBy("stream")
      .orderBy("number")
      .execute(),
  );
}

function acknowledgedText(db: Database): string {
  const all = db.selectFrom("acknowledgement").selectAll().where("desk", "=", "").where("stream", "=", "");
  return all.orderBy("number").compile().sql;
}

function snoozedText(db: Database): string {
  return db.selectFrom("snooze").selectAll().where("desk", "=", "").where("stream", "=", "").orderBy("number").compile().sql;
}

/** The last snooze of each place and matter, where it was not lifted. */
async function inForce(db: Database, desk: string, streams: readonly string[]): Promise<readonly SnoozeTable[]> {
  const all = await inChunks(streams, (some) =>
    db.selectFrom("snooze").selectAll().where("desk", "=", desk).where("stream", "in", some).orderBy("stream").orderBy("number").execute(),
  );
  return lastOf(all);
}

function lastOf(all: readonly SnoozeTable[]): readonly SnoozeTable[] {
  const last = new Map(all.map((row) => [JSON.stringify([row.stream, row.place]), row]));
  return [...last.values()].filter(({ until_day }) => until_day !== null);
}

function heed(notes: readonly AcknowledgementTable[], snoozes: readonly SnoozeTable[]): Heed {
  return { acknowledgements: notes.map(acknowledgement), snoozes: snoozes.map(snooze) };
}

function sameStage(one: AcknowledgementTable, other: AcknowledgementTable): boolean {
  return one.item === other.item && one.deadline === other.deadline && one.stage === other.stage;
}

function acknowledgementColumns({ stream, item, deadline, stage, place, by, at }: Acknowledgement) {
  return { stream, item, deadline, stage, place, by_person: by, given_at: at };
}

function acknowledgement(row: AcknowledgementTable): Acknowledgement {
  const { stream, item, stage } = row;
  return { stream, item, deadline: row.deadline as Day, stage, place: row.place as Place, by: row.by_person, at: row.given_at as Instant };
}

function snooze(row: SnoozeTable): Snooze {
  const { stream } = row;
  return { stream, place: row.place as Place, until: row.until_day as Day, by: row.by_person, at: row.given_at as Instant };
}
