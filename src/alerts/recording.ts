import { nextEventId } from "../matter/decide.ts";
import type { MatterEvent, RecordedEvent } from "../matter/events.ts";
import type { Facts } from "../matter/facts.ts";
import type { Matter } from "../matter/history.ts";
import { joinTexts, splitTexts } from "../matter/texts.ts";
import type { LedgerEntry, LedgerRow, Stamp } from "../ports/ledger.ts";
import type { Derived } from "../ports/matter-index.ts";
import { derivedOf, lookAt, UNTOLD } from "./look.ts";
import type { Change } from "./register.ts";

const REGISTERED = "registered";
const FILLED = "facts-filled";

/** The matters of these rows, those of each stream standing together and in order. */
export function foldedFrom(rows: readonly LedgerRow[]): readonly Matter[] {
  const folded = new Map<string, Matter>();
  for (const row of rows) folded.set(row.stream, withRow(folded.get(row.stream) ?? null, row));
  return [...folded.values()];
}

/** The ids of the events among these rows that one command has recorded. */
export function eventIdsOf(rows: readonly LedgerRow[], commandId: string): readonly string[] {
  return rows.filter((row) => row.commandId === commandId && !isOfFacts(row)).map(({ eventId }) => eventId);
}

/** What a change puts into the ledger. */
export function entriesOf(change: Change, matter: Matter | null): readonly LedgerEntry[] {
  const entries: LedgerEntry[] = [];
  const taken = new Set([
    ...(matter?.events ?? []).map(({ id }) => id),
    ...change.events.flatMap(({ id }) => (id === undefined ? [] : [id])),
  ]);
  if (change.facts !== null) {
    const type = matter === null ? REGISTERED : FILLED;
    entries.push({ eventId: `${type}-${(matter?.version ?? 0) + 1}`, type, on: null, ...splitTexts(change.facts) });
  }
  const count = matter?.events.length ?? 0;
  for (const [index, event] of change.events.entries()) {
    const { id, on, type, ...fields } = event;
    const eventId = id ?? nextEventId(taken, count + index + 1);
    taken.add(eventId);
    entries.push({ eventId, type, on, ...splitTexts(fields, type) });
  }
  return entries;
}

/**
 * What the matter's row says once these entries are recorded: what a look at that moment would say. The look itself still comes, since only it
 * knows what is to be said and when to look again; but nobody who asks meanwhile is told what was.
 */
export function derivedWith(key: string, matter: Matter | null, entries: readonly LedgerEntry[], stamp: Stamp): Derived {
  try {
    const known = withEntries(key, matter, entries, stamp);
    return known === null ? UNTOLD : derivedOf(lookAt(known, stamp.recordedAt));
  } catch {
    // A fault of ours: the look finds it too, and says so in the log.
    return UNTOLD;
  }
}

/** The matter as it is once these entries are recorded. */
export function withEntries(key: string, matter: Matter | null, entries: readonly LedgerEntry[], stamp: Stamp): Matter | null {
  let [version, known] = [matter?.version ?? 0, matter];
  for (const entry of entries) {
    version += 1;
    known = withRow(known, { ...entry, ...stamp, stream: key, version, position: 0, erased: [], hash: "" });
  }
  return known;
}

function isOfFacts({ type }: Pick<LedgerRow, "type">): boolean {
  return type === REGISTERED || type === FILLED;
}

/** The matter with one more row of its stream. */
export function withRow(matter: Matter | null, row: LedgerRow): Matter {
  const whole = joinTexts(row.data, row.texts, row.erased);
  const { recordedAt, version } = row;
  if (isOfFacts(row) || matter === null) {
    const facts = whole as unknown as Facts;
    const filled = [...(matter?.filled ?? []), { recordedAt, facts }];
    if (matter !== null) return { ...matter, facts, filled, version };
    return {
      key: row.stream,
      facts,
      filled,
      events: [],
      version,
      registeredAt: recordedAt,
      registration: row.commandId,
      registeredBy: row.by,
    };
  }
  const event = { ...whole, on: row.on, type: row.type } as unknown as MatterEvent;
  const { eventId: id, by, via } = row;
  const recorded: RecordedEvent = { id, event, order: version, recordedAt, by, via, initial: row.commandId === matter.registration };
  return { ...matter, events: [...matter.events, recorded], version };
}
