import { randomBytes } from "node:crypto";
import type { Admission } from "../../../src/ports/access.ts";
import type { Appended, Head, LedgerEntry, Stamp, StreamAppend } from "../../../src/ports/ledger.ts";
import { writeAdmissions } from "./access.ts";
import type { Database, Engine, Writing } from "./engine.ts";
import { canonical, digestOf, hashOf, marksOf, NO_HASH } from "./hash.ts";
import { noteAppended } from "./matter-rows.ts";
import { lastNumber } from "./numbered.ts";
import type { Content, LedgerTable, PrivateTextTable } from "./schema.ts";

/** Rows in one insert statement: 16 columns each, and SQLite takes 32,766 parameters. */
const ROWS = 250;
/** Names in one `in` list. */
const NAMES = 1_000;

/** All streams or none, in one durable transaction: see Ledger.append. */
export function append(
  db: Database,
  engine: Engine,
  desk: string,
  streams: readonly StreamAppend[],
  stamp: Stamp,
  admissions: readonly Admission[] = [],
): Promise<Appended> {
  return db.transaction().execute(async (tx): Promise<Appended> => {
    await engine.serialise(tx, desk);
    const head = await headOf(tx, desk);
    if (await isKnown(tx, desk, stamp.commandId)) return { ok: true, head, repeated: true };
    const { erasures } = stamp;
    if (erasures !== undefined && (await lastNumber(tx, desk, "erasure")) > erasures) return { ok: false, erased: true };
    const versions = await versionsOf(tx, desk, streams);
    for (const { stream, expectedVersion, entries } of streams) {
      const actualVersion = versions.get(stream.toWellFormed()) ?? 0;
      if (actualVersion !== expectedVersion) return { ok: false, stream, actualVersion };
      versions.set(stream.toWellFormed(), expectedVersion + entries.length);
    }
    const last = await write(tx, desk, head, streams, stamp);
    await noteAppended(tx, desk, streams, versions, stamp.recordedAt);
    if (admissions.length > 0) await writeAdmissions(tx, desk, admissions);
    return { ok: true, head: last, repeated: false };
  });
}

/** Some rows at a time, so that the database never waits long for the next ones: it ends a transaction that falls silent. */
async function write(tx: Writing, desk: string, head: Head, streams: readonly StreamAppend[], stamp: Stamp): Promise<Head> {
  const rows: LedgerTable[] = [];
  const texts: PrivateTextTable[] = [];
  let last = head;

  async function flush(): Promise<void> {
    if (rows.length > 0) await tx.insertInto("ledger").values(rows.splice(0)).execute();
    for (const some of chunks(texts.splice(0), ROWS)) await tx.insertInto("private_text").values(some).execute();
  }

  for (const { stream, expectedVersion, entries } of streams) {
    for (const [index, entry] of entries.entries()) {
      const at = { desk, position: last.events + 1, stream, version: expectedVersion + index + 1 };
      const hidden = hide(at, entry.texts);
      const row = chained(last.hash, contentOf(at, entry, stamp, hidden));
      rows.push(row);
      texts.push(...hidden);
      last = { events: row.position, hash: row.hash };
      if (rows.length === ROWS) await flush();
    }
  }
  await flush();
  return last;
}

/** How many rows the desk's ledger holds, and the last one's hash. */
export async function headOf(db: Database, desk: string): Promise<Head> {
  const last = await db
    .selectFrom("ledger")
    .select(["position", "hash"])
    .where("desk", "=", desk)
    .orderBy("position", "desc")
    .limit(1)
    .executeTakeFirst();
  return { events: last?.position ?? 0, hash: last?.hash ?? NO_HASH };
}

/** Whether something was recorded by that command. */
export async function isKnown(db: Database, desk: string, commandId: string): Promise<boolean> {
  const one = db
    .selectFrom("ledger")
    .select("position")
    .where("desk", "=", desk)
    .where("command_id", "=", commandId.toWellFormed())
    .limit(1);
  return (await one.executeTakeFirst()) !== undefined;
}

async function versionsOf(tx: Writing, desk: string, streams: readonly StreamAppend[]): Promise<Map<string, number>> {
  const versions = new Map<string, number>();
  for (const some of chunks([...new Set(streams.map((one) => one.stream.toWellFormed()))], NAMES)) {
    const found = await tx
      .selectFrom("ledger")
      .select(["stream", (of) => of.fn.max("version").as("version")])
      .where("desk", "=", desk)
      .where("stream", "in", some)
      .groupBy("stream")
      .execute();
    for (const { stream, version } of found) versions.set(stream, version);
  }
  return versions;
}

type Standing = Pick<Content, "desk" | "position" | "stream" | "version">;

function hide(at: Standing, texts: LedgerEntry["texts"]): readonly PrivateTextTable[] {
  return Object.entries(texts).map(([path, text]) => ({
    desk: at.desk,
    position: at.position,
    path: path.toWellFormed(),
    salt: randomBytes(16).toString("hex"),
    text: text.toWellFormed(),
  }));
}

/** Half a surrogate pair cannot be stored in UTF-8: replaced before the hash is taken, or the row would not fit its hash when read back. */
function contentOf(at: Standing, entry: LedgerEntry, stamp: Stamp, hidden: readonly PrivateTextTable[]): Content {
  return {
    desk: at.desk,
    position: at.position,
    stream: at.stream.toWellFormed(),
    version: at.version,
    event_id: entry.eventId.toWellFormed(),
    type: entry.type.toWellFormed(),
    on_day: entry.on,
    recorded_at: stamp.recordedAt,
    by_person: stamp.by.toWellFormed(),
    via: stamp.via,
    command_id: stamp.commandId.toWellFormed(),
    data: canonical(entry.data),
    texts: canonical(Object.fromEntries(hidden.map(({ path, salt, text }) => [path, digestOf(salt, text)]))),
  };
}

function chained(before: string, content: Content): LedgerTable {
  return { ...content, marks: marksOf(content), prev_hash: before, hash: hashOf(before, content) };
}

function* chunks<Item>(items: readonly Item[], size: number): Generator<readonly Item[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
