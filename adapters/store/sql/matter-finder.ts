import { setImmediate as breathe } from "node:timers/promises";
import { type RawBuilder, type SqlBool, sql } from "kysely";
import type { MatterFinder, Mentions, Versioned } from "../../../src/ports/matter-index.ts";
import { inChunks } from "./chunks.ts";
import type { Database, Engine } from "./engine.ts";
import { mayFit } from "./matter-asked.ts";
import { nameIn } from "./matter-rows.ts";

/** SQLite, which counts nothing beforehand, takes every desk for small and would go through all of its rows: kept from the key that begins with it. */
const IN_DESK = sql<string>`desk || ''`;

/** Texts read at once. */
const TEXTS = 5_000;

/** As their indexes have it, or they would not be used. */
const PATHS: Readonly<Record<Mentions, RawBuilder<SqlBool>>> = {
  names: sql<SqlBool>`path in ('respondent', 'title', 'set.respondent', 'set.title')`,
  people: sql<SqlBool>`path in ('to', 'set.to')`,
};

/** Finds the matters of one desk by their derived rows. */
export function matterFinderOf(db: Database, engine: Engine, desk: string): MatterFinder {
  const versioned = db.selectFrom("matter").select(["stream", "version"]).where("desk", "=", desk);
  const streams = db.selectFrom("ledger").select("stream").where("desk", "=", desk).orderBy("position");
  const texts = (mentions: Mentions) =>
    db
      .selectFrom("private_text")
      .select(["position", "text"])
      .where(IN_DESK, "=", desk)
      .where(PATHS[mentions])
      .orderBy("position")
      .limit(TEXTS);
  const textFor = namedText(db);
  return {
    async size(most) {
      const some = db.selectFrom("matter").select("stream").where("desk", "=", desk).limit(most).as("some");
      const { count } = await db
        .selectFrom(some)
        .select((of) => of.fn.countAll<number>().as("count"))
        .executeTakeFirstOrThrow();
      return Number(count);
    },
    async named(refs) {
      const wanted = refs.map((ref) => ref.toWellFormed());
      // A row that an older version wrote has no name: such are few, and looked at by their streams.
      const rows = await engine.ask<Versioned>(db, textFor(wanted.length + 1), [desk, "", ...wanted]);
      return rows.filter(({ stream }) => wanted.includes(nameIn(stream)));
    },
    versions: (streams) =>
      inChunks(
        streams.map((stream) => stream.toWellFormed()),
        (some) => versioned.where("stream", "in", some).execute(),
      ),
    async mentioned(mentions, fits, most) {
      const asked = texts(mentions);
      const positions: number[] = [];
      for (let after = 0; positions.length < most; ) {
        const some = await asked.where("position", ">", after).execute();
        for (const { position, text } of some) if (positions.at(-1) !== position && fits(text)) positions.push(position);
        if (some.length < TEXTS) break;
        // Everybody who opens a home has all of them gone through: others go first.
        await breathe();
        // Once more with the last one, of which there may be another text.
        after = some.at(-1)!.position - 1;
      }
      const rows = await inChunks(positions, (some) => streams.where("position", "in", some).execute());
      return [...new Set(rows.map(({ stream }) => stream))].slice(0, most);
    },
    page(after, limit, asked) {
      const all = after === null ? versioned : versioned.where("stream", ">", after);
      const some = asked === undefined ? all : all.where((of) => mayFit(of, asked));
      return some.orderBy("stream").limit(limit).execute();
    },
  };
}

/** What every command that names a matter asks, written once for each number of names. */
function namedText(db: Database): (names: number) => string {
  const known = new Map<number, string>();
  return (names) => {
    const text = known.get(names) ?? textOf(db, names);
    known.set(names, text);
    return text;
  };
}

function textOf(db: Database, names: number): string {
  const wanted = Array.from({ length: names }, () => "");
  return db.selectFrom("matter").select(["stream", "version"]).where(IN_DESK, "=", "").where("name", "in", wanted).compile().sql;
}
