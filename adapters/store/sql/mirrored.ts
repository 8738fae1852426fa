import { instantOf } from "../../../src/time/instant.ts";
import type { Kept, OutsideState } from "../keyv/outside.ts";
import type { Writing } from "./engine.ts";

/** Rows that are written at once: four columns of each are bound. */
const AT_ONCE = 2_000;

/**
 * What is erased from what adapters keep by key is found by questions to the register's own table. Where they keep it elsewhere, it is brought
 * into that table first, and what the work has changed there is carried out; the table is empty again before the transaction ends. Where
 * carrying it out fails nothing is erased, and it can be tried again.
 */
export async function mirrored<T>(tx: Writing, outside: OutsideState | null, work: () => Promise<T>): Promise<T> {
  if (outside === null) return work();
  const all = await outside.all();
  for (let from = 0; from < all.length; from += AT_ONCE) {
    await tx
      .insertInto("keyv")
      .values(all.slice(from, from + AT_ONCE).map(rowOf))
      .execute();
  }
  const result = await work();
  const left = new Map((await tx.selectFrom("keyv").selectAll().execute()).map((row) => [nameOf(row.desk, row.key), row.value]));
  await tx.deleteFrom("keyv").execute();
  for (const one of all) {
    const value = left.get(nameOf(one.desk, keyOf(one)));
    if (value === undefined) await outside.of(one.desk, one.adapter).delete(one.key);
    else if (value !== one.value)
      await outside.of(one.desk, one.adapter).set(one.key, (JSON.parse(value) as { readonly value: unknown }).value);
  }
  return result;
}

function rowOf(kept: Kept) {
  const { expires } = JSON.parse(kept.value) as { readonly expires?: number | null };
  return { desk: kept.desk, key: keyOf(kept), value: kept.value, expires_at: expires == null ? null : instantOf(expires) };
}

/** As the register's own table has it. */
function keyOf({ adapter, key }: Kept): string {
  return `${adapter}:${key}`;
}

function nameOf(desk: string, key: string): string {
  return `${desk} ${key}`;
}
