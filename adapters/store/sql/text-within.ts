import { type RawBuilder, sql } from "kysely";

/** Whether a column holds the text, letter by letter. SQLite's instr and PostgreSQL's strpos are no words that both know; both know replace. */
export function holds(column: RawBuilder<string>, text: string): RawBuilder<boolean> {
  return sql<boolean>`replace(${column}, ${text}, '') <> ${column}`;
}

/** Whether it begins with it. Not by LIKE, in which % and _ stand for others. */
export function begins(column: RawBuilder<string>, text: string): RawBuilder<boolean> {
  return sql<boolean>`substr(${column}, 1, length(${text})) = ${text}`;
}
