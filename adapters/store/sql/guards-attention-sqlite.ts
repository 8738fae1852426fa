/**
 * What keeps acknowledgements and snoozes whole in SQLite, as migration 2 makes it: changed only by a later migration. Who took note, and who
 * put a matter off, is asked for when a deadline was missed.
 */
export const SQLITE_ATTENTION_GUARDS: ReadonlyMap<string, string> = new Map(
  ["acknowledgement", "snooze"].flatMap((table): readonly [string, string][] => [
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
    [`${table}_next_only`, nextOnly(table)],
  ]),
);

/** Against REPLACE, as for the ledger: see guards-sqlite.ts. */
function nextOnly(table: string): string {
  const twice = `
  SELECT RAISE(ABORT, 'acknowledgement is append-only: the stage is acknowledged')
   WHERE EXISTS (SELECT 1 FROM acknowledgement
    WHERE desk = NEW.desk AND stream = NEW.stream AND item = NEW.item AND deadline = NEW.deadline AND stage = NEW.stage);`;
  return `CREATE TRIGGER ${table}_next_only BEFORE INSERT ON ${table}
BEGIN
  SELECT RAISE(ABORT, '${table} is append-only: not the next number of the stream')
   WHERE NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM ${table} WHERE desk = NEW.desk AND stream = NEW.stream);${
     table === "acknowledgement" ? twice : ""
   }
END`;
}
