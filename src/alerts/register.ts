import type { Refusal } from "../law/finding.ts";
import { refuse } from "../law/finding.ts";
import { nextEventId } from "../matter/decide.ts";
import type { MatterEvent, RecordedEvent } from "../matter/events.ts";
import type { Facts } from "../matter/facts.ts";
import type { Matter } from "../matter/history.ts";
import { matchKeys, refInKey, refsIn } from "../matter/key.ts";
import { joinTexts, splitTexts } from "../matter/texts.ts";
import type { Head, Ledger, LedgerEntry, LedgerRow, Stamp } from "../ports/ledger.ts";
import type { Derived } from "../ports/matter-index.ts";
import type { Privacy } from "../ports/privacy.ts";
import { derivedOf, lookAt, UNTOLD } from "./look.ts";

/** What is to be recorded of one matter. */
export interface Change {
  readonly key: string;
  /** New or filled-in facts; null where they stay. */
  readonly facts: Facts | null;
  readonly events: readonly MatterEvent[];
}

export type Recorded = { readonly head: Head; readonly repeated: boolean };

/** The matters of the ledger, read once and then kept up to date. */
export interface Register {
  all(): Promise<readonly Matter[]>;
  matter(key: string): Promise<Matter | null>;
  /** Those that a name can mean (matchKeys), in the order in which they were registered. */
  named(name: string): Promise<readonly Matter[]>;
  /** Those of the keys that are known, as they are now, without reading the others. */
  some(keys: readonly string[]): Promise<readonly Matter[]>;
  head(): Promise<Head>;
  /** Decides on what the register holds now and records it, all matters or none. When somebody else wrote meanwhile: once more, then refused. */
  record(decide: (matters: ReadonlyMap<string, Matter>) => readonly Change[] | Refusal, stamp: Stamp): Promise<Recorded | Refusal>;
}

const REGISTERED = "registered";
const FILLED = "facts-filled";
const PAGE = 5000;

/** `privacy` tells what was erased since it was read: without it, what was read once is kept. */
export function openRegister(ledger: Ledger, privacy?: Pick<Privacy, "version" | "erasures">): Register {
  const matters = new Map<string, Matter>();
  // By reference: a name is asked for by every command, and the register may hold many thousands.
  const keysByRef = new Map<string, string[]>();
  const commands = new Set<string>();
  let position = 0;
  let erased: number | null = null;
  let reading: Promise<ReadonlyMap<string, Matter>> = Promise.resolve(matters);

  function keep(key: string, matter: Matter): void {
    if (!matters.has(key)) {
      const ref = refInKey(key);
      const same = keysByRef.get(ref);
      if (same === undefined) keysByRef.set(ref, [key]);
      else same.push(key);
    }
    matters.set(key, matter);
  }

  /** One after the other: of many who ask at once after a start, one reads the whole register, and not each of them. */
  function refresh(): Promise<ReadonlyMap<string, Matter>> {
    reading = reading.then(news, news);
    return reading;
  }

  /** A matter of which something was erased is read anew, so that nothing of it stays in memory: by whichever process it was erased. */
  async function forget(): Promise<void> {
    const now = (await privacy?.version()) ?? 0;
    // The first reading has what stands now.
    if (erased !== null && now > erased) {
      const since = (await privacy!.erasures()).slice(erased);
      for (const stream of new Set(since.flatMap(({ what }) => (what.kind === "text" ? [what.stream] : [])))) {
        if (!matters.has(stream)) continue;
        // What was recorded since the last look comes with the others.
        const rows = (await ledger.read(stream)).filter((row) => row.position <= position);
        keep(stream, rows.reduce<Matter | null>(withRow, null)!);
      }
    }
    erased = now;
  }

  async function news(): Promise<ReadonlyMap<string, Matter>> {
    await forget();
    for (;;) {
      const rows = await ledger.readAll(position, PAGE);
      for (const row of rows) {
        if (row.position <= position) continue;
        keep(row.stream, withRow(matters.get(row.stream) ?? null, row));
        commands.add(row.commandId);
        position = row.position;
      }
      if (rows.length < PAGE) return matters;
    }
  }

  return {
    all: async () => [...(await refresh()).values()],
    matter: async (key) => (await refresh()).get(key) ?? null,
    async named(name) {
      const known = await refresh();
      const keys = refsIn(name).flatMap((ref) => keysByRef.get(ref) ?? []);
      return matchKeys(name, keys).map((key) => known.get(key)!);
    },
    async some(keys) {
      // What is in memory is only brought up to date; a process that was never asked for all of them need not hold them.
      if (position > 0) {
        const known = await refresh();
        return keys.flatMap((key) => known.get(key) ?? []);
      }
      const read = [];
      for (const key of keys) read.push((await ledger.read(key)).reduce<Matter | null>(withRow, null));
      return read.filter((matter) => matter !== null);
    },
    head: () => ledger.head(),
    async record(decide, stamp) {
      for (let tries = 0; tries < 2; tries++) {
        const known = await refresh();
        // A retry of what is recorded already is no new decision: it would be refused by its own effect.
        if (commands.has(stamp.commandId)) return { head: await ledger.head(), repeated: true };
        const changes = decide(known);
        if ("refused" in changes) return changes;
        const streams = changes.map((change) => {
          const matter = known.get(change.key) ?? null;
          const entries = entriesOf(change, matter);
          return {
            stream: change.key,
            expectedVersion: matter?.version ?? 0,
            entries,
            derived: derivedWith(change.key, matter, entries, stamp),
          };
        });
        const appended = await ledger.append(
          streams.filter(({ entries }) => entries.length > 0),
          stamp,
        );
        if (!appended.ok && "erased" in appended) return refuse("erased-since");
        if (appended.ok) return { head: appended.head, repeated: appended.repeated };
      }
      return refuse("conflict");
    },
  };
}

function entriesOf(change: Change, matter: Matter | null): readonly LedgerEntry[] {
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
function derivedWith(key: string, matter: Matter | null, entries: readonly LedgerEntry[], stamp: Stamp): Derived {
  try {
    let [version, known] = [matter?.version ?? 0, matter];
    for (const entry of entries) {
      version += 1;
      known = withRow(known, { ...entry, ...stamp, stream: key, version, position: 0, erased: [], hash: "" });
    }
    return known === null ? UNTOLD : derivedOf(lookAt(known, stamp.recordedAt));
  } catch {
    // A fault of ours: the look finds it too, and says so in the log.
    return UNTOLD;
  }
}

function withRow(matter: Matter | null, row: LedgerRow): Matter {
  const whole = joinTexts(row.data, row.texts, row.erased);
  const { recordedAt, version } = row;
  if (row.type === REGISTERED || row.type === FILLED || matter === null) {
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
