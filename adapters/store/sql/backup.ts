import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from "node:fs";
import { Kysely } from "kysely";
import type { Head } from "../../../src/ports/ledger.ts";
import { noProbe } from "../../../src/ports/probe.ts";
import { systemClock } from "../../../src/time/clock.ts";
import type { Instant } from "../../../src/time/instant.ts";
import { headOf } from "./append.ts";
import { copyRegister } from "./copy-register.ts";
import { openSqlite } from "./dialect-sqlite.ts";
import type { Database, Engine } from "./engine.ts";
import { migrate, SCHEMA, schemaOf } from "./migrate.ts";
import type { Tables } from "./schema.ts";
import { type End, isFile } from "./snapshot.ts";

/** Writes a consistent copy while others read and write: a register file, whatever it is copied from. Refuses a file that is there. */
export async function backup(db: Database, engine: Engine, file: string, progress: Progress = () => undefined): Promise<void> {
  if (existsSync(file)) throw new Error(`${file} exists already, and a backup does not write over a file. Name another.`);
  if (isFile(engine)) await engine.copyTo(db, file);
  else await intoFile({ db, engine, name: "the database" }, file, progress);
}

/** How far it has come. */
export type Progress = (done: number, of: number) => void;

/** Row by row, since no file holds them yet: as one moves a register, and proved in the same way. */
async function intoFile(source: End, file: string, progress: Progress): Promise<void> {
  const part = `${file}.part`;
  if (existsSync(part)) throw new Error(`${part} is in the way: it was left by a backup that did not finish. Remove it first.`);
  const engine = openSqlite(part);
  const db = new Kysely<Tables>({ dialect: engine.dialect });
  try {
    await migrate(db, engine, part, { clock: systemClock, probe: noProbe });
    await copyRegister(source, { db, engine, name: part }, { write: (rows) => db.transaction().execute(rows), progress });
    await engine.checkpoint(db);
  } catch (error) {
    await db.destroy();
    for (const ending of ["", "-wal", "-shm"]) rmSync(`${part}${ending}`, { force: true });
    throw error;
  }
  await db.destroy();
  const written = openSync(part, "r+");
  fsyncSync(written);
  closeSync(written);
  renameSync(part, file);
}

/** Copies a register file as SQLite reads it, so that what stands in its write-ahead log comes along. The source is not changed. */
export async function copyFile(from: string, file: string): Promise<void> {
  const engine = openSqlite(from, { readOnly: true });
  const db = new Kysely<Tables>({ dialect: engine.dialect });
  try {
    await backup(db, engine, file);
  } finally {
    await db.destroy();
  }
}

/** How far the chain of a desk goes. */
export interface DeskHead {
  readonly desk: string;
  readonly events: number;
  readonly head: string;
}

/** What a file holds, told without changing it. A reason is a code, which its reader puts in words; the detail is what the system said. */
export type Inspected =
  | {
      readonly ok: true;
      readonly schema: number;
      readonly newer: boolean;
      readonly head: Head;
      readonly desks: readonly DeskHead[];
      readonly lastAt: Instant | null;
    }
  | { readonly ok: false; readonly reason: "absent" | "not-a-register" }
  | { readonly ok: false; readonly reason: "unreadable"; readonly detail: string };

/** The last moment of which the register knows that something was recorded or said, at any desk; null where nothing ever was. */
export async function lastAtOf(db: Database): Promise<Instant | null> {
  const recorded = db.selectFrom("ledger").select((of) => of.fn.max("recorded_at").as("at"));
  const said = db.selectFrom("delivery").select((of) => [of.fn.max("claimed_at").as("at"), of.fn.max("settled_at").as("settled")]);
  const [one, other] = [await recorded.executeTakeFirstOrThrow(), await said.executeTakeFirstOrThrow()];
  const moments = [one.at, other.at, other.settled].filter((at) => at !== null).sort();
  return (moments.at(-1) as Instant | undefined) ?? null;
}

async function desksOf(db: Database): Promise<readonly DeskHead[]> {
  const desks: DeskHead[] = [];
  for (const { id } of await db.selectFrom("desk").select("id").orderBy("id").execute()) {
    const { events, hash } = await headOf(db, id);
    desks.push({ desk: id, events, head: hash });
  }
  return desks;
}

/** Looks whether a SQLite file is a register, and how far it goes: what a restore wants to know first. Never throws for what the file is. */
export async function inspect(file: string, desk = "main"): Promise<Inspected> {
  if (!existsSync(file)) return { ok: false, reason: "absent" };
  try {
    const engine = openSqlite(file, { readOnly: true });
    const db = new Kysely<Tables>({ dialect: engine.dialect });
    try {
      const schema = await schemaOf(db, engine, file);
      if (schema === null || schema === 0) return { ok: false, reason: "not-a-register" };
      const head = await headOf(db, desk);
      return { ok: true, schema, newer: schema > SCHEMA, head, desks: await desksOf(db), lastAt: await lastAtOf(db) };
    } finally {
      await db.destroy();
    }
  } catch (error) {
    return { ok: false, reason: "unreadable", detail: (error as Error).message };
  }
}
