import { type Authority, authorityOf } from "../law/catalogue.ts";
import { isRefusal } from "../law/finding.ts";
import { parseAmount, writeAmount } from "../law/money.ts";
import type { Day } from "../time/day.ts";
import { type ReadAmount, readAmount, readDay, type Wrong } from "./csv-values.ts";
import { legifranceId, readOutcome } from "./outcome.ts";
import type { Preset, TableField } from "./presets.ts";

/** A filled cell, and the column in which it stands. */
export interface Cell {
  readonly column: string;
  readonly text: string;
}

/** The filled cells of one row, by field; and where a fault is told. */
export interface Row {
  readonly preset: Preset;
  cells(field: TableField): readonly Cell[];
  fault(column: string, wrong: Wrong): void;
}

/** What one row says, in the shape of a matter file; what could not be read was told as a fault. */
export type RawFacts = Readonly<Record<string, unknown>>;

export function factsOfRow(row: Row): RawFacts {
  const authority = authorityIn(row);
  const outcomes = row.cells("outcome");
  const outcome = outcomes[0] === undefined ? null : readOutcome(outcomes[0].text);
  const links = [...row.cells("link"), ...row.cells("links").flatMap(words)].map(({ text }) => text);
  const ref = first(row, "ref") ?? outcome?.ref ?? links.map(legifranceId).find((id) => id !== null);
  if (ref === undefined) row.fault("ref", { code: "csv-no-ref", args: { columns: row.preset.columns.ref ?? [] } });
  const fine = fineIn(row, authority);
  const fines = row.cells("fines").flatMap((cell) => finesIn(row, cell));
  const ordered = outcome === null ? row.preset.rows === undefined : outcome.injunction;
  const currency = first(row, "currency") ?? fine?.currency ?? null;
  const said = outcome?.fine == null ? [] : [{ id: "fine", amount: outcome.fine }];
  return given({
    ref,
    authority: authority?.code,
    addressee: first(row, "addressee"),
    respondent: respondentIn(row),
    kind: first(row, "kind"),
    title: first(row, "title"),
    currency: currency === null || currency === authority?.currency ? undefined : currency.toUpperCase(),
    decided: dayIn(row, "decided"),
    published: dayIn(row, "published"),
    links: some([...new Set(links)]),
    tags: some(
      row
        .cells("tags")
        .flatMap(words)
        .map(({ text }) => text),
    ),
    fines: some([...(fine === null ? [] : [{ id: "fine", amount: fine.amount }]), ...said, ...fines]),
    items: some([...row.cells("item").map(({ text }) => ({ id: text })), ...(ordered ? [orderOf(outcomes[0])] : [])]),
  });
}

/** The order that a decision may hold: its clock is for a person to complete. */
function orderOf(outcome: Cell | undefined): object {
  return outcome === undefined ? { id: "order" } : { id: "order", order: outcome.text };
}

function given(facts: RawFacts): RawFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined));
}

function some<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function first(row: Row, field: TableField): string | undefined {
  return row.cells(field)[0]?.text ?? row.preset.fixed[field];
}

function words({ column, text }: Cell): readonly Cell[] {
  return text.split(/\s+/u).map((word) => ({ column, text: word }));
}

/** By the table's own names, then by the catalogue's. A name that several bear is not taken for one of them. */
function authorityIn(row: Row): Authority | null {
  const [cell] = row.cells("authority");
  const { fixed, authorities = {}, several = [] } = row.preset;
  const text = cell?.text ?? fixed.authority;
  if (text === undefined) return null;
  const named = Object.entries(authorities).find(([name]) => name.toLowerCase() === text.toLowerCase());
  const isSeveral = named === undefined && several.some((name) => name.toLowerCase() === text.toLowerCase());
  const found = isSeveral ? null : authorityOf(named?.[1] ?? text);
  if (found === null)
    row.fault(cell?.column ?? "authority", { code: isSeveral ? "csv-authority-several" : "csv-authority", args: { got: text } });
  return found;
}

/** Of several parties nobody but a reader can tell which one the decision is against. */
function respondentIn(row: Row): string | undefined {
  const cells = row.cells("respondent");
  if (cells.length > 1) row.fault(cells[1]!.column, { code: "csv-parties", args: { parties: cells.map(({ text }) => text) } });
  return cells[0]?.text ?? row.preset.fixed.respondent;
}

function dayIn(row: Row, field: "decided" | "published"): Day | undefined {
  const [cell] = row.cells(field);
  const text = cell?.text ?? row.preset.fixed[field];
  if (text === undefined) return undefined;
  const day = readDay(text, row.preset.days ?? null);
  if (typeof day === "string") return day;
  row.fault(cell?.column ?? field, day);
  return undefined;
}

function fineIn(row: Row, authority: Authority | null): ReadAmount | null {
  const [cell] = row.cells("fine");
  if (cell === undefined) return null;
  const { noSum = [], converted, amounts } = row.preset;
  if (noSum.some((words) => saysNoSum(cell.text, words))) return { amount: "unknown", currency: null };
  const read = readAmount(cell.text, amounts ?? null);
  if ("code" in read) {
    row.fault(cell.column, read);
    return null;
  }
  if (converted !== undefined && authority !== null && authority.currency !== converted) return { amount: "unknown", currency: null };
  const [column] = row.cells("currency");
  if (column !== undefined && read.currency !== null && column.text.toUpperCase() !== read.currency) {
    row.fault(cell.column, { code: "csv-currency", args: { got: read.currency, other: column.text } });
    return null;
  }
  return read;
}

function saysNoSum(text: string, said: string): boolean {
  const [cell, words] = [text.toLowerCase(), said.toLowerCase()];
  return words.endsWith("…") ? cell.startsWith(words.slice(0, -1)) : cell === words;
}

/** As `export --format csv` writes them: fine 5000.00; second unknown. */
function finesIn(row: Row, { column, text }: Cell): readonly object[] {
  return text.split(";").flatMap((part) => {
    const found = /^(\S+) (\S+)$/.exec(part.trim());
    if (found !== null) return [{ id: found[1], amount: found[2] }];
    row.fault(column, { code: "csv-fines", args: { got: text } });
    return [];
  });
}

/** Whether two decimals are one sum of the currency. */
export function sameSum(one: string, other: string, currency: string): boolean {
  const [a, b] = [parseAmount(one, currency), parseAmount(other, currency)];
  if (isRefusal(a) || isRefusal(b)) return one === other;
  return writeAmount({ minor: a, currency }) === writeAmount({ minor: b, currency });
}
