import { sql } from "kysely";
import type { Database } from "./engine.ts";
import type { Tables } from "./schema.ts";

/** The append-only tables whose rows are numbered within a desk. */
export type Numbered = {
  readonly [Name in keyof Tables]: Tables[Name] extends { readonly desk: string; readonly number: number } ? Name : never;
}[keyof Tables];

/** The number of the last row; 0 where there is none. */
export async function lastNumber(db: Database, desk: string, table: Numbered): Promise<number> {
  const found = await sql<{ last: number | null }>`select max(number) as last from ${sql.table(table)} where desk = ${desk}`.execute(db);
  return Number(found.rows[0]?.last ?? 0);
}
