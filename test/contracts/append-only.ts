import { expect } from "vitest";
import type { Clause, Closable } from "./clause.ts";

export const ATTEMPTS = ["update", "delete", "replace"] as const;
export type AttemptOnRows = (typeof ATTEMPTS)[number];

export interface AppendOnly<Table extends string> {
  /** Tries it in the database's own language on every row that there is. Throws when the database refuses. */
  attempt(table: Table, what: AttemptOnRows): Promise<void>;
}

export function refusal(table: string, what: AttemptOnRows): string {
  return `${what.toUpperCase()} of ${table} is refused by the database`;
}

/** That no row of these tables can be changed, taken out or replaced; `fill` writes some and answers how they are read. */
export function refusals<Subject extends Closable & AppendOnly<string>>(
  tables: readonly string[],
  fill: (subject: Subject) => Promise<() => Promise<unknown>>,
): readonly Clause<Subject>[] {
  return tables.flatMap((table) =>
    ATTEMPTS.map((what) => ({
      clause: refusal(table, what),
      async run(subject: Subject) {
        const read = await fill(subject);
        const before = await read();
        await expect(subject.attempt(table, what)).rejects.toThrow("append-only");
        expect(await read()).toEqual(before);
      },
    })),
  );
}
