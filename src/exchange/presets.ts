import type { AmountForm, DayForm } from "./csv-values.ts";
import cnil from "./presets/cnil.json" with { type: "json" };
import curewatch from "./presets/curewatch.json" with { type: "json" };
import enforcementTracker from "./presets/enforcement-tracker.json" with { type: "json" };
import gdprhub from "./presets/gdprhub.json" with { type: "json" };

/**
 * What a column of a table can be. `outcome` is what was decided in French words; `fines`, `links`, `tags` and `item` are as this program writes
 * them. No field of a clock is among them: no public table has them, and a person completes a draft.
 */
export const TABLE_FIELDS = [
  "ref",
  "authority",
  "addressee",
  "respondent",
  "kind",
  "title",
  "decided",
  "published",
  "fine",
  "currency",
  "link",
  "outcome",
  "fines",
  "links",
  "tags",
  "item",
] as const;
export type TableField = (typeof TABLE_FIELDS)[number];

/** How a table is read: data, a small file each in presets, with its source; or what the options of a call say. */
export interface Preset {
  readonly id: string;
  /** What holds for every row whose column says nothing else. */
  readonly fixed: Readonly<Partial<Record<TableField, string>>>;
  /** Left out where the table does not keep to one form: then only what can mean one thing is read. */
  readonly days?: DayForm;
  readonly amounts?: AmountForm;
  /** The columns of a field. Its value is the first that is filled; of `respondent` one alone may be, of `link` all count. */
  readonly columns: Readonly<Partial<Record<TableField, readonly string[]>>>;
  /** Without a column for each of them it is another table. */
  readonly needed: readonly TableField[];
  /** Cells that say nothing. */
  readonly nothing?: readonly string[];
  /** The currency to which the table converts every fine: of a fine that was set in another, the sum is not known. */
  readonly converted?: string;
  /** Cells that say that there is a fine whose sum is not known; what ends in … may go on. */
  readonly noSum?: readonly string[];
  /** Names that several authorities bear, which the catalogue gives to one. */
  readonly several?: readonly string[];
  /** The table's names of authorities, by their codes. */
  readonly authorities?: Readonly<Record<string, string>>;
  /** Fields that are good enough for a new draft and say nothing against what the register holds. */
  readonly loose?: readonly TableField[];
  /** Several rows may be of one matter, an item each. */
  readonly rows?: "item";
  /** Cells that a spreadsheet would run begin with an apostrophe. */
  readonly guarded?: boolean;
}

/** What stands beside the rules of a table, for people who check them. */
export interface PresetFile extends Preset {
  readonly title: string;
  readonly sources: readonly string[];
  /** What was read of the table, and where not in the table itself. */
  readonly read: string;
  readonly unverified?: string;
}

export const PRESETS = [cnil, gdprhub, enforcementTracker, curewatch] as readonly object[] as readonly PresetFile[];

export function presetOf(id: string): Preset | null {
  return PRESETS.find((preset) => preset.id === id) ?? null;
}
