/**
 * What keeps the ledger append-only in SQLite, as migration 1 makes it: changed only by a later migration.
 * The insert guard is needed for REPLACE, which deletes the row in its way without asking the delete guard unless the connection has set
 * recursive_triggers; BEFORE triggers run ahead of that deletion. The table has no rowid, so that there is none to replace by.
 */
export const SQLITE_GUARDS: ReadonlyMap<string, string> = new Map([
  [
    "ledger_no_update",
    `CREATE TRIGGER ledger_no_update BEFORE UPDATE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no row is changed'); END`,
  ],
  [
    "ledger_no_delete",
    `CREATE TRIGGER ledger_no_delete BEFORE DELETE ON ledger
BEGIN SELECT RAISE(ABORT, 'the ledger is append-only: no row is deleted'); END`,
  ],
  [
    "ledger_next_only",
    `CREATE TRIGGER ledger_next_only BEFORE INSERT ON ledger
BEGIN
  SELECT RAISE(ABORT, 'the ledger is append-only: not the next position')
   WHERE NEW.position IS NOT (SELECT coalesce(max(position), 0) + 1 FROM ledger WHERE desk = NEW.desk);
  SELECT RAISE(ABORT, 'the ledger is append-only: not the next version of the stream')
   WHERE NEW.version IS NOT (SELECT coalesce(max(version), 0) + 1 FROM ledger WHERE desk = NEW.desk AND stream = NEW.stream);
  SELECT RAISE(ABORT, 'the ledger is append-only: the stream has an event of that id')
   WHERE EXISTS (SELECT 1 FROM ledger WHERE desk = NEW.desk AND stream = NEW.stream AND event_id = NEW.event_id);
END`,
  ],
]);
