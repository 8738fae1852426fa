import { randomUUID } from "node:crypto";
import { sql } from "kysely";
import { noProbe } from "../../../src/ports/probe.ts";
import { type Clock, systemClock } from "../../../src/time/clock.ts";
import { COPIED, MOVING } from "./copied-tables.ts";
import { openSource, openTarget } from "./copy-ends.ts";
import { copyRegister, mustBeRegister, rowsOf, type Taken } from "./copy-register.ts";
import { CopyRefused, countOf, type Work } from "./copy-rows.ts";
import type { Database, Writing } from "./engine.ts";
import { migrate, newestOf, SCHEMA, unfinishedWork } from "./migrate.ts";
import { privacyOf } from "./privacy.ts";
import { type End, isFile, isServed, unhurried } from "./snapshot.ts";

export interface MoveOptions {
  /** sqlite:PATH or postgres://…, both. */
  readonly from: string;
  readonly to: string;
  readonly clock?: Clock;
  /** Whether something may be reading and writing there: a copy of a file that nobody else knows of is not. */
  readonly unserved?: true;
  /** What a copy that breaks off is said to be, and gone on with as; a move where it is not said. */
  readonly work?: Work;
  /** Told when the target is marked: what breaks off from now on has to be gone on with. */
  begun?(): void;
  progress?(done: number, of: number): void;
}

/**
 * Brings a whole register, all its desks, into a database that is empty, or into which the same move was begun before and broke off: then it goes
 * on where that one stopped. The source is only read. Throws CopyRefused where something stands in the way; what has arrived stays, and is
 * nobody's register until the move is done.
 */
export async function moveRegister({ from, to, clock = systemClock, progress = () => undefined, ...options }: MoveOptions): Promise<Taken> {
  if (from === to) throw new CopyRefused("move-same", {});
  const source = await openSource(from);
  try {
    await mustBeRegister(source);
    if (options.unserved !== true && (await isServed(source))) throw new CopyRefused("move-source-served", { from: source.name });
    const target = await openTarget(to);
    try {
      const token = await begin(target, clock, options.work ?? "move");
      options.begun?.();
      const write = (rows: (tx: Writing) => Promise<void>) =>
        target.db.transaction().execute(async (tx) => {
          if (!isFile(target.engine)) await unhurried(tx);
          await mustHold(tx, token);
          await rows(tx);
        });
      const taken = await copyRegister(source, target, { write, progress });
      const now = await rowsOf(source);
      if (now !== taken.rows) throw new CopyRefused("move-source-changed", { from: source.name });
      await noteErasures(target, taken);
      await write(async (tx) => {
        await sql`drop table ${sql.table(MOVING)}`.execute(tx);
      });
      await target.engine.checkpoint(target.db).catch(() => undefined);
      return taken;
    } finally {
      await target.db.destroy();
      target.engine.yieldLead();
    }
  } finally {
    await source.db.destroy();
    source.engine.yieldLead();
  }
}

/** Makes the target's tables, or finds those that a move before has made, and marks the database as one that nothing else may use. */
async function begin(target: End, clock: Clock, work: Work): Promise<string> {
  const { db, engine, name } = target;
  const isBegun = (await engine.tables(db)).includes(MOVING);
  if (!isBegun) await migrate(db, engine, name, { clock, probe: noProbe });
  else if ((await unfinishedWork(db)) !== work) throw new CopyRefused(`move-begun-as-${await unfinishedWork(db)}`, { to: name });
  else if ((await newestOf(db)) !== SCHEMA) throw new CopyRefused("move-other-version", { to: name });
  // With the tables, so that the grants can be given as soon as the move is done: the program's own role could not make them.
  if (!isFile(engine)) await (await import("./boss.ts")).installJobs(db, engine);
  if (await isServed(target)) throw new CopyRefused("move-target-served", { to: name });
  const token = randomUUID();
  await db.transaction().execute(async (tx) => {
    if ((await engine.tables(tx)).includes(MOVING)) {
      await sql`update ${sql.table(MOVING)} set token = ${token}`.execute(tx);
      return;
    }
    await mustBeEmpty(tx, name);
    await sql`create table ${sql.table(MOVING)} (token text not null, began_at text not null, work text not null)`.execute(tx);
    await sql`insert into ${sql.table(MOVING)} (token, began_at, work) values (${token}, ${clock.now()}, ${work})`.execute(tx);
  });
  return token;
}

/** The house's own desk is made wherever a register is opened, and says nothing yet. */
async function mustBeEmpty(db: Database, name: string): Promise<void> {
  for (const table of COPIED) {
    if (table.name === "schema_version") continue;
    const rows = table.name === "desk" ? await usedDesks(db) : await countOf(db, table);
    if (rows > 0) throw new CopyRefused("move-not-empty", { to: name, table: table.name, rows });
  }
}

async function usedDesks(db: Database): Promise<number> {
  const desks = await db.selectFrom("desk").selectAll().execute();
  return desks.filter(({ id, last_person, last_watch }) => id !== "main" || last_person !== 0 || last_watch !== 0).length;
}

/** A move that was begun later has taken over, as after a pause in which this one was given up for lost. */
async function mustHold(tx: Writing, token: string): Promise<void> {
  const found = await sql<{ readonly token: string }>`select token from ${sql.table(MOVING)}`.execute(tx);
  if (found.rows[0]?.token !== token) throw new CopyRefused("move-overtaken", {});
}

/** A file has its list of erasures beside it, where a back-up does not reach. */
async function noteErasures({ db, engine }: End, { desks }: Taken): Promise<void> {
  for (const { desk } of desks) {
    const erased = await privacyOf(db, engine, desk).erasures();
    if (erased.length > 0) engine.noteErasures(erased.map((one) => JSON.stringify({ desk, ...one })));
  }
}
