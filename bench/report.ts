/** A row of a table: its first cell is a name, the others are figures. */
export type Row = readonly string[];

/** What a bench found: figures for people, the same for programs, and each promise with whether it was kept. */
export interface Report {
  readonly title: string;
  readonly table: readonly Row[];
  readonly promises: readonly Promised[];
  readonly data: object;
}

export interface Promised {
  /** What was promised, with its bound. */
  readonly promise: string;
  readonly found: string;
  readonly kept: boolean;
}

export function writeReports(reports: readonly Report[]): string {
  return reports.map(written).join("\n");
}

export function jsonOf(reports: readonly Report[], machine: object): string {
  const documents = reports.map(({ title, promises, data }) => ({ title, promises, ...data }));
  return JSON.stringify({ machine, kept: allKept(reports), reports: documents }, null, 2);
}

export function allKept(reports: readonly Report[]): boolean {
  return reports.every(({ promises }) => promises.every(({ kept }) => kept));
}

function written({ title, table, promises }: Report): string {
  const verdicts = promises.map(({ promise, found, kept }) => `${kept ? "kept  " : "BROKEN"}  ${promise}: ${found}`);
  return [title, "", ...aligned(table), "", ...verdicts, ""].join("\n");
}

function aligned(rows: readonly Row[]): readonly string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]!) : cell.padStart(widths[column]!))).join("  "));
}
