import { CompiledQuery, type RawBuilder, sql } from "kysely";
import type { Database } from "./engine.ts";

/** Rows in one statement. A few fixed sizes, so that each statement is written once and stays prepared. */
const SIZES = [16, 8, 4, 2, 1] as const;

/** A statement over some rows; `write` is given as many rows of bound parameters as it is to take. */
export type Shaped<Answer> = (on: Database, rows: readonly Row[], ...first: Row) => Promise<Answered<Answer>>;

export interface Answered<Answer> {
  readonly found: readonly Answer[];
  /** How many rows were inserted or updated. */
  readonly changed: number;
}

type Row = readonly (string | number | null)[];

/**
 * Makes a statement that is compiled at first use and afterwards only bound: building one anew costs more than running it. Its parameters are
 * those in `first` and then the rows', in the order in which they stand in the text.
 */
export function shaped<Answer>(write: (rows: RawBuilder<unknown>) => RawBuilder<unknown>, columns: number): Shaped<Answer> {
  const texts = new Map<number, string>();

  function textOf(on: Database, size: number): string {
    const known = texts.get(size);
    if (known !== undefined) return known;
    const row = columns === 1 ? sql`${null}` : sql`(${sql.join(Array.from({ length: columns }, () => null))})`;
    const made = write(sql.join(Array.from({ length: size }, () => row))).compile(on).sql;
    texts.set(size, made);
    return made;
  }

  return async (on, rows, ...first) => {
    const found: Answer[] = [];
    let changed = 0;
    for (let start = 0; start < rows.length; ) {
      const size = SIZES.find((one) => one <= rows.length - start)!;
      const bound = [...first, ...rows.slice(start, start + size).flat()];
      const answer = await on.executeQuery<Answer>(CompiledQuery.raw(textOf(on, size), bound));
      found.push(...answer.rows);
      changed += Number(answer.numAffectedRows ?? 0n);
      start += size;
    }
    return { found, changed };
  };
}
