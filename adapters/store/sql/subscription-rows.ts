import type { Place } from "../../../src/ports/chat.ts";
import type { PlaceSettings, Settable, Subscription, Watch } from "../../../src/ports/subscriptions.ts";
import type { Instant } from "../../../src/time/instant.ts";
import type { PlaceSettingTable, WatchTable } from "./schema.ts";

type SettingColumns = Omit<PlaceSettingTable, "desk" | "place" | "since">;

/** What can be set anew of a place: all but since when it has been one. */
export function settingColumns(settings: PlaceSettings): SettingColumns;
/** Those of them alone that are named. */
export function settingColumns(settings: PlaceSettings, named: readonly Settable[]): Partial<SettingColumns>;
export function settingColumns(settings: PlaceSettings, named?: readonly Settable[]): Partial<SettingColumns> {
  const all: { readonly [Name in Settable]: Partial<SettingColumns> } = {
    language: { language: settings.language },
    zone: { zone: settings.zone },
    at: { digest_at: settings.at },
    weekdays: { weekdays: JSON.stringify(settings.weekdays) },
    holidays: { holidays: settings.holidays },
    stages: { stages: written(settings.stages) },
    quiet: { quiet: written(settings.quiet) },
    digest: { digest: settings.digest },
    reminders: { reminders: settings.reminders ? 1 : 0 },
    escalation: { escalation: written(settings.escalation) },
    by: { by_person: settings.by },
  };
  const held = named === undefined ? Object.values(all) : named.map((name) => all[name]);
  return Object.assign({}, ...held) as Partial<SettingColumns>;
}

/** The rows of a place as the port has them. */
export function subscription(row: PlaceSettingTable, watches: readonly WatchTable[]): Subscription {
  return {
    place: row.place as Place,
    language: row.language as Subscription["language"],
    zone: row.zone,
    at: row.digest_at,
    weekdays: JSON.parse(row.weekdays) as readonly number[],
    holidays: row.holidays,
    stages: read<Subscription["stages"]>(row.stages),
    quiet: read<Subscription["quiet"]>(row.quiet),
    digest: row.digest as Subscription["digest"],
    reminders: row.reminders === 1,
    escalation: read<Subscription["escalation"]>(row.escalation),
    by: row.by_person,
    since: row.since as Instant,
    watches: watches.map(watch),
  };
}

export function watch(row: WatchTable): Watch {
  return { id: `w${row.number}`, filters: JSON.parse(row.filters) as readonly string[], by: row.by_person, since: row.since as Instant };
}

/** In whatever order they were typed. */
export function sameFilters(one: readonly string[], other: readonly string[]): boolean {
  const [some, others] = [new Set(one), new Set(other)];
  return some.size === others.size && [...some].every((filter) => others.has(filter));
}

function written(value: object | null): string | null {
  return value === null ? null : JSON.stringify(value);
}

function read<Value>(text: string | null): Value | null {
  return text === null ? null : (JSON.parse(text) as Value);
}
