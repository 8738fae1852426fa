/** What keeps the reviews and the desks' members whole in SQLite, as migration 5 makes it: changed only by a later migration. */
export const SQLITE_LATER_GUARDS: ReadonlyMap<string, string> = new Map(
  (
    [
      ["review", " WHERE desk = NEW.desk"],
      ["desk_member", ""],
    ] as const
  ).flatMap(([table, within]): readonly [string, string][] => [
    [
      `${table}_no_update`,
      `CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is append-only: no row is changed'); END`,
    ],
    [
      `${table}_no_delete`,
      `CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is append-only: no row is deleted'); END`,
    ],
    // Against REPLACE, as for the ledger: see guards-sqlite.ts.
    [
      `${table}_next_only`,
      `CREATE TRIGGER ${table}_next_only BEFORE INSERT ON ${table}
BEGIN
  SELECT RAISE(ABORT, '${table} is append-only: not the next number')
   WHERE NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM ${table}${within});
END`,
    ],
  ]),
);
