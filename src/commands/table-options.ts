import type { Delimiter } from "../exchange/csv-table.ts";
import { AMOUNT_FORMS, type AmountForm, DAY_FORMS, type DayForm } from "../exchange/csv-values.ts";
import { PRESETS, type Preset, presetOf, TABLE_FIELDS, type TableField } from "../exchange/presets.ts";
import { authorityOf } from "../law/catalogue.ts";
import { nearest } from "../matter/nearest.ts";
import { type Misunderstanding, misunderstood, type Parameter, type Values } from "./command.ts";

/** How the tables of a call are read. */
export interface TableReading {
  readonly preset: Preset;
  readonly delimiter: Delimiter | null;
}

/** The options of a call that reads tables. */
export const TABLE_OPTIONS: readonly Parameter[] = [
  { name: "preset", kind: "choice", allowed: PRESETS.map(({ id }) => id) },
  { name: "map", kind: "text", many: true },
  { name: "set", kind: "text", many: true },
  { name: "authority", kind: "text", many: true },
  { name: "days", kind: "choice", allowed: DAY_FORMS },
  { name: "amounts", kind: "choice", allowed: AMOUNT_FORMS },
  { name: "delimiter", kind: "choice", allowed: ["comma", "semicolon", "tab"] satisfies readonly Delimiter[] },
];

/** Facts that start or bound a clock or a meter: a person completes them in the draft. */
const OF_THE_CLOCK: ReadonlySet<string> = new Set([
  "notified",
  "cure",
  "period",
  "expiry",
  "until",
  "penalty",
  "rate",
  "per",
  "cap",
  "clocks",
]);

/** What the options of a call say of its tables; null where they say nothing. What --map and --set say goes before the preset. */
export function tableReading(values: Values): TableReading | null | Misunderstanding {
  const preset = values.preset === undefined ? null : presetOf(values.preset as string);
  const [maps, sets, names] = ["map", "set", "authority"].map((option) => listOf(values[option]));
  if (preset === null && maps!.length === 0) return null;
  const columns: Partial<Record<TableField, readonly string[]>> = {};
  for (const text of maps!) {
    const read = pairOf(text, "map", "COLUMN=FIELD");
    if ("misunderstood" in read) return read;
    const field = fieldOf(read.right, "map");
    if (typeof field !== "string") return field;
    columns[field] = [...(columns[field] ?? []), read.left];
  }
  const fixed: Partial<Record<TableField, string>> = {};
  for (const text of sets!) {
    const read = pairOf(text, "set", "FIELD=VALUE");
    if ("misunderstood" in read) return read;
    const field = fieldOf(read.left, "set");
    if (typeof field !== "string") return field;
    fixed[field] = read.right;
  }
  const authorities: Record<string, string> = {};
  for (const text of names!) {
    const read = pairOf(text, "authority", "NAME=CODE");
    if ("misunderstood" in read) return read;
    const found = authorityOf(read.right);
    if (found === null) return misunderstood("value-invalid", { name: "authority", got: `"${read.right}"`, allowed: "NAME=CODE" });
    authorities[read.left] = found.code;
  }
  const base = preset ?? { id: "map", fixed: {}, columns: {}, needed: [] };
  const mapped = Object.keys(columns) as TableField[];
  return {
    delimiter: (values.delimiter ?? null) as Delimiter | null,
    preset: {
      ...base,
      columns: { ...base.columns, ...columns },
      fixed: { ...base.fixed, ...fixed },
      needed: [...new Set([...base.needed, ...mapped])],
      authorities: { ...base.authorities, ...authorities },
      ...(values.days === undefined ? {} : { days: values.days as DayForm }),
      ...(values.amounts === undefined ? {} : { amounts: values.amounts as AmountForm }),
    },
  };
}

function listOf(value: Values[string]): readonly string[] {
  return Array.isArray(value) ? (value as readonly string[]) : [];
}

/** The name of a column, or of an authority, may hold an = itself; a field and a code hold none. */
function pairOf(text: string, name: string, allowed: string): { readonly left: string; readonly right: string } | Misunderstanding {
  const at = name === "set" ? text.indexOf("=") : text.lastIndexOf("=");
  const [left, right] = [text.slice(0, Math.max(at, 0)).trim(), text.slice(at + 1).trim()];
  if (at < 0 || left === "" || right === "") return misunderstood("value-invalid", { name, got: `"${text}"`, allowed });
  return { left, right };
}

function fieldOf(text: string, name: string): TableField | Misunderstanding {
  const field = text.toLowerCase();
  if (OF_THE_CLOCK.has(field)) return misunderstood("csv-field-clock", { field });
  const fields: readonly string[] = TABLE_FIELDS;
  if (fields.includes(field)) return field as TableField;
  const near = nearest(field, fields);
  return misunderstood("value-invalid", { name, got: `"${text}"`, allowed: fields, ...(near === null ? {} : { near }) });
}
