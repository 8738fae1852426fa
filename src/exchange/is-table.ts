/** Whether a file is read as a table, by its name. */
export function isTable(file: string): boolean {
  return /\.(csv|tsv)$/i.test(file);
}
