/** The tables of migration 4 in which every row follows the one before it, with all their columns but the place: nothing is taken out of them. */
const NUMBERED: Readonly<Record<string, readonly string[]>> = {
  role_grant: [],
  admission: [],
  place_confirmation: ["desk", "number", "internal", "by_person", "given_at"],
  desk_policy: [],
  trail: [],
  proposal: ["desk", "number", "stream", "version", "event", "by_person", "proposed_at", "expires_at"],
  erasure: [],
  hold: [],
};

/** Older ones, whose guard against changes is made anew. */
const OLDER: Readonly<Record<string, readonly string[]>> = {
  acknowledgement: ["desk", "stream", "number", "item", "deadline", "stage", "by_person", "given_at"],
  snooze: ["desk", "stream", "number", "until_day", "by_person", "given_at"],
};

/**
 * What keeps who may, who did and what was erased whole in SQLite, as migration 4 makes it: changed only by a later migration. Whoever lets
 * themselves in, or looks, cannot take that back. The one thing that may change is a place that names a person who was erased.
 */
export const SQLITE_ACCESS_GUARDS: ReadonlyMap<string, string> = new Map([
  ...Object.entries({ ...OLDER, ...NUMBERED, proposal_outcome: [] }).map(
    ([table, others]) => [`${table}_no_update`, noUpdate(table, others)] as const,
  ),
  ...[...Object.keys(NUMBERED), "proposal_outcome"].map((table) => [`${table}_no_delete`, noDelete(table)] as const),
  // Against REPLACE, as for the ledger: see guards-sqlite.ts.
  ...Object.keys(NUMBERED).map((table) => [`${table}_next_only`, nextOnly(table)] as const),
  [
    "proposal_outcome_once",
    `CREATE TRIGGER proposal_outcome_once BEFORE INSERT ON proposal_outcome
BEGIN
  SELECT RAISE(ABORT, 'proposal_outcome is append-only: the proposal is settled')
   WHERE EXISTS (SELECT 1 FROM proposal_outcome WHERE desk = NEW.desk AND number = NEW.number);
END`,
  ],
]);

/** The guards of migration 2 that migration 4 makes anew. */
export const REMADE = Object.keys(OLDER).map((table) => `${table}_no_update`);

function noUpdate(table: string, others: readonly string[]): string {
  const same = others.map((column) => `NEW.${column} IS OLD.${column}`).join(" AND ");
  const but = others.length === 0 ? "" : `\nWHEN NOT (NEW.place LIKE '%:erased/%' AND ${same})`;
  return `CREATE TRIGGER ${table}_no_update BEFORE UPDATE ON ${table}${but}
BEGIN SELECT RAISE(ABORT, '${table} is append-only: no row is changed'); END`;
}

function noDelete(table: string): string {
  return `CREATE TRIGGER ${table}_no_delete BEFORE DELETE ON ${table}
BEGIN SELECT RAISE(ABORT, '${table} is append-only: no row is deleted'); END`;
}

function nextOnly(table: string): string {
  return `CREATE TRIGGER ${table}_next_only BEFORE INSERT ON ${table}
BEGIN
  SELECT RAISE(ABORT, '${table} is append-only: not the next number')
   WHERE NEW.number IS NOT (SELECT coalesce(max(number), 0) + 1 FROM ${table} WHERE desk = NEW.desk);
END`;
}
