import { existsSync } from "node:fs";
import { Kysely } from "kysely";
import type { Head } from "../../../src/ports/ledger.ts";
import { headOf } from "./append.ts";
import { openSqlite } from "./dialect-sqlite.ts";
import type { Database, Engine } from "./engine.ts";
import { SCHEMA, schemaOf } from "./migrate.ts";
import type { Tables } from "./schema.ts";

/** Writes a consistent copy while others read and write. Refuses a file that is there. */
export async function backup(db: Database, engine: Engine, file: string): Promise<void> {
  if (existsSync(file)) throw new Error(`${file} exists already, and a backup does not write over a file. Name another.`);
  await engine.copyTo(db, file);
}

/** Copies a register file as SQLite reads it, so that what stands in its write-ahead log comes along. The source is not changed. */
export async function copyRegister(from: string, file: string): Promise<void> {
  const engine = openSqlite(from, { readOnly: true });
  const db = new Kysely<Tables>({ dialect: engine.dialect });
  try {
    await backup(db, engine, file);
  } finally {
    await db.destroy();
  }
}

/** What a file holds, told without changing it. A reason is a code, which its reader puts in words; the detail is what the system said. */
export type Inspected =
  | { readonly ok: true; readonly schema: number; readonly newer: boolean; readonly head: Head }
  | { readonly ok: false; readonly reason: "absent" | "not-a-register" }
  | { readonly ok: false; readonly reason: "unreadable"; readonly detail: string };

/** Looks whether a SQLite file is a register, and how far it goes: what a restore wants to know first. Never throws for what the file is. */
export async function inspect(file: string, desk = "main"): Promise<Inspected> {
  if (!existsSync(file)) return { ok: false, reason: "absent" };
  try {
    const engine = openSqlite(file, { readOnly: true });
    const db = new Kysely<Tables>({ dialect: engine.dialect });
    try {
      const schema = await schemaOf(db, engine);
      if (schema === null || schema === 0) return { ok: false, reason: "not-a-register" };
      return { ok: true, schema, newer: schema > SCHEMA, head: await headOf(db, desk) };
    } finally {
      await db.destroy();
    }
  } catch (error) {
    return { ok: false, reason: "unreadable", detail: (error as Error).message };
  }
}
