import type { KyselyPlugin, OperationNode, RawNode } from "kysely";

/**
 * The migrations are written once. What PostgreSQL means otherwise by the same words is written for it here: whole numbers have 64 bits as in SQLite,
 * and texts are ordered by their code points, as SQLite does it, whatever language the database was made for.
 */
export const DDL: KyselyPlugin = {
  transformQuery: ({ node }) => (isRaw(node) ? ({ ...node, sqlFragments: node.sqlFragments.map(typed) } as typeof node) : node),
  transformResult: async ({ result }) => result,
};

function isRaw(node: OperationNode): node is RawNode {
  return node.kind === "RawNode";
}

/** Columns: after an opening bracket, a comma or "add column", a name, and then the type. */
const COLUMN = /((?:[(,]\s*|\badd column )\w+ )(text|integer)\b/g;

export function typed(statement: string): string {
  if (!/^\s*(create|alter) table\b/.test(statement)) return statement;
  return statement.replace(COLUMN, (_, before: string, type: string) => before + (type === "text" ? 'text collate "C"' : "bigint"));
}
