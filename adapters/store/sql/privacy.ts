import { sql } from "kysely";
import type { Erased, Erasure, Hold, Privacy } from "../../../src/ports/privacy.ts";
import type { Instant } from "../../../src/time/instant.ts";
import type { OutsideState } from "../keyv/outside.ts";
import type { Database, Engine, Writing } from "./engine.ts";
import { eraseText, type Found, find } from "./erase.ts";
import { erasePerson } from "./erase-person.ts";
import { mirrored } from "./mirrored.ts";
import { lastNumber } from "./numbered.ts";
import type { AllOwnKeys } from "./own-notes.ts";
import type { ErasureTable, HoldTable } from "./schema-privacy.ts";

/** What can be taken out of one desk's register, and what must not be. */
export function privacyOf(
  db: Database,
  engine: Engine,
  desk: string,
  { outside, ownKeys }: { readonly outside: OutsideState | null; readonly ownKeys: AllOwnKeys } = { outside: null, ownKeys: [] },
): Privacy {
  const versionText = sql`select coalesce(max(number), 0) as version from erasure where desk = ${desk}`.compile(db).sql;

  /** What is found is taken out and noted; the rest is passed over, and what went before goes again if it has come back. */
  async function take(tx: Writing, wanted: readonly Wanted[]): Promise<{ readonly fresh: readonly Erasure[]; readonly went: number }> {
    const known = new Set((await rowsOf(tx, desk)).map((row) => nameOf(erasure(row))));
    let number = await lastNumber(tx, desk, "erasure");
    let went = 0;
    const fresh: Erasure[] = [];
    if (wanted.length > 0) await engine.withdraw?.(tx, desk, wanted[0]!.at);
    for (const { found, by, at, because } of wanted) {
      const gone =
        found.what.kind === "text" ? await eraseText(tx, desk, found, ownKeys) : await erasePerson(tx, desk, found.what.person, ownKeys);
      const noted: Erasure = { what: found.what, row: found.row, by, at, because };
      if (gone) went++;
      if (!gone || known.has(nameOf(noted))) continue;
      number++;
      known.add(nameOf(noted));
      fresh.push(noted);
      await tx
        .insertInto("erasure")
        .values(erasureRow(desk, number, noted))
        .execute();
    }
    return { fresh, went };
  }

  return {
    async erase(what, by, at, because) {
      const done = await db.transaction().execute(async (tx) => {
        await engine.serialise(tx, desk);
        const found = await find(tx, desk, what);
        const held = await heldBy(tx, desk, found);
        if (held.length > 0) return { held };
        const wanted = found.map((one) => ({ found: one, by, at, because }));
        const { fresh } = await mirrored(tx, outside, () => take(tx, wanted));
        // Before it is done: one that is written twice is applied once, and one that is written nowhere would come back with a back-up.
        if (fresh.length > 0) engine.noteErasures(fresh.map((one) => JSON.stringify({ desk, ...one })));
        return { erased: fresh };
      });
      if ("held" in done || done.erased.length === 0) return done;
      const scrubbed = await engine.scrub(db);
      return scrubbed === "gone" ? done : { ...done, lingers: scrubbed };
    },
    erasures: async () => (await rowsOf(db, desk)).map(erasure),
    async apply(erasures) {
      const went = await db.transaction().execute(async (tx) => {
        await engine.serialise(tx, desk);
        const wanted: Wanted[] = [];
        for (const { what, row, by, at, because } of erasures) {
          const [found] = await find(tx, desk, [what]);
          if (found !== undefined && found.row === row) wanted.push({ found, by, at, because });
        }
        return (await mirrored(tx, outside, () => take(tx, wanted))).went;
      });
      if (went > 0) await engine.scrub(db);
      return went;
    },
    hold: ({ stream, held, by, at }) =>
      db.transaction().execute(async (tx) => {
        await engine.serialise(tx, desk);
        const number = (await lastNumber(tx, desk, "hold")) + 1;
        await tx
          .insertInto("hold")
          .values({ desk, number, stream, held: held ? 1 : 0, by_person: by, given_at: at })
          .execute();
      }),
    holds: () => holdsOf(db, desk),
    async version() {
      const [found] = await engine.ask<{ readonly version: number }>(db, versionText, [desk]);
      return Number(found!.version);
    },
  };
}

interface Wanted extends Pick<Erasure, "by" | "at" | "because"> {
  readonly found: Found;
}

function rowsOf(db: Database, desk: string): Promise<readonly ErasureTable[]> {
  return db.selectFrom("erasure").selectAll().where("desk", "=", desk).orderBy("number").execute();
}

async function holdsOf(db: Database, desk: string): Promise<ReadonlyMap<string, Hold>> {
  const rows = await db.selectFrom("hold").selectAll().where("desk", "=", desk).orderBy("number").execute();
  const last = new Map(rows.map((row) => [row.stream, row]));
  return new Map([...last].filter(([, { held }]) => held === 1).map(([stream, row]) => [stream, holdOf(row)]));
}

/** The held matters that stand in the way: those of the texts, and those in which a person had a hand, since who did it is evidence too. */
async function heldBy(tx: Writing, desk: string, found: readonly Found[]): Promise<readonly string[]> {
  const holds = await holdsOf(tx, desk);
  if (holds.size === 0) return [];
  const held = new Set<string>();
  for (const { what } of found) {
    if (what.kind === "text") {
      if (holds.has(what.stream)) held.add(what.stream);
      continue;
    }
    for (const stream of holds.keys()) if (await hadHand(tx, desk, stream, what.person)) held.add(stream);
  }
  return [...held].sort();
}

async function hadHand(tx: Writing, desk: string, stream: string, person: string): Promise<boolean> {
  for (const table of ["ledger", "acknowledgement", "snooze", "trail"] as const) {
    const one = tx.selectFrom(table).select("by_person").where("desk", "=", desk).where("stream", "=", stream);
    if ((await one.where("by_person", "=", person).limit(1).executeTakeFirst()) !== undefined) return true;
  }
  const admitted = tx.selectFrom("admission").select("person").where("desk", "=", desk).where("stream", "=", stream);
  return (await admitted.where("person", "=", person).limit(1).executeTakeFirst()) !== undefined;
}

function nameOf({ what, row }: Pick<Erasure, "what" | "row">): string {
  return JSON.stringify(what.kind === "text" ? [row, what.stream, what.eventId, what.path] : [what.person]);
}

function erasureRow(desk: string, number: number, { what, row, by, at, because }: Erasure): ErasureTable {
  const of =
    what.kind === "text"
      ? { stream: what.stream, event_id: what.eventId, path: what.path, person: null }
      : { stream: null, event_id: null, path: null, person: what.person };
  return { desk, number, kind: what.kind, ...of, row_hash: row, by_person: by, erased_at: at, because };
}

function erasure(row: ErasureTable): Erasure {
  const what: Erased =
    row.kind === "text"
      ? { kind: "text", stream: row.stream!, eventId: row.event_id!, path: row.path! }
      : { kind: "person", person: row.person! };
  return { what, row: row.row_hash, by: row.by_person, at: row.erased_at as Instant, because: row.because };
}

function holdOf(row: HoldTable): Hold {
  return { stream: row.stream, held: row.held === 1, by: row.by_person, at: row.given_at as Instant };
}
