import { setImmediate as breathe } from "node:timers/promises";
import type { Head, Verified } from "../../../src/ports/ledger.ts";
import { headOf } from "./append.ts";
import { faultAtEnd, faultAtGap, faultAtLink, faultInRow } from "./diagnose.ts";
import type { Database, Engine } from "./engine.ts";
import { digestOf, hashOf, marksOf, NO_HASH } from "./hash.ts";
import { rowsAfter, textsOf } from "./rows.ts";
import type { LedgerTable, PrivateTextTable } from "./schema.ts";

export type Fault = Extract<Verified, { ok: false }>["fault"];

const PAGE = 2_000;

/**
 * Walks the whole chain and answers the first fault. A fault in the chain goes before a posted head that is not in it, and that before a
 * missing guard: the graver one is told.
 */
export async function verify(
  db: Database,
  engine: Engine,
  desk: string,
  posted?: string,
  progress?: (done: number, of: number) => void,
): Promise<Verified> {
  const wanted = posted?.trim().toLowerCase();
  if (wanted !== undefined && !/^[0-9a-f]{6,64}$/.test(wanted)) {
    throw new RangeError(`not a head: ${posted}. A head is 64 hex digits; its first 6 will do.`);
  }
  const walked = await walk(db, desk, wanted, progress);
  const fault = walked.fault ?? (walked.met ? null : { kind: "head-missing" as const, head: wanted! }) ?? (await faultInGuards(db, engine));
  if (fault === null) return { ok: true, events: walked.last.events, head: walked.last.hash };
  const head = await headOf(db, desk);
  const count = db
    .selectFrom("ledger")
    .select((of) => of.fn.countAll<number>().as("rows"))
    .where("desk", "=", desk);
  return { ok: false, events: (await count.executeTakeFirstOrThrow()).rows, head: head.hash, fault };
}

interface Walked {
  readonly fault: Fault | null;
  readonly last: Head;
  /** Whether the posted head was met, or none was posted. */
  readonly met: boolean;
}

async function walk(
  db: Database,
  desk: string,
  wanted: string | undefined,
  progress: ((done: number, of: number) => void) | undefined,
): Promise<Walked> {
  const total = (await headOf(db, desk)).events;
  const versions = new Map<string, number>();
  const erased = await erasedTexts(db, desk);
  let last: Head = { events: 0, hash: NO_HASH };
  let met = wanted === undefined || NO_HASH.startsWith(wanted);
  for (let after: number | null = null; ; ) {
    const rows: readonly LedgerTable[] = await rowsAfter(db, desk, after, PAGE);
    const texts = await textsOf(db, desk, rows);
    for (const row of rows) {
      const fault =
        (await faultInChain(db, last, row)) ??
        faultInVersion(versions.get(row.stream) ?? 0, row) ??
        faultInTexts(row, texts.get(row.position) ?? [], erased);
      if (fault !== null) return { fault, last, met };
      versions.set(row.stream, row.version);
      last = { events: row.position, hash: row.hash };
      met ||= row.hash.startsWith(wanted!);
    }
    progress?.(last.events, Math.max(total, last.events));
    if (rows.length < PAGE) return { fault: await faultAtEnd(db, desk, last), last, met };
    after = last.events;
    // The program answers others in between: a long register takes seconds.
    await breathe();
  }
}

async function faultInChain(db: Database, last: Head, row: LedgerTable): Promise<Fault | null> {
  if (row.position !== last.events + 1) return faultAtGap(db, last, row);
  if (row.prev_hash !== last.hash) return faultAtLink(db, last, row);
  if (row.marks !== marksOf(row) || row.hash !== hashOf(row.prev_hash, row)) return faultInRow(db, row);
  return null;
}

/** Only a writer that knows the chain and went round the guards can leave this one. */
function faultInVersion(before: number, row: LedgerTable): Fault | null {
  return row.version === before + 1 ? null : { kind: "order", position: row.position };
}

/** An erased text is no fault; one that is not what was recorded is, and so is one that is gone though nobody has erased it. */
function faultInTexts(row: LedgerTable, texts: readonly PrivateTextTable[], erased: ReadonlySet<string>): Fault | null {
  if (row.texts === "{}" && texts.length === 0) return null;
  const digests = JSON.parse(row.texts) as Readonly<Record<string, string>>;
  const wrong = texts.find(({ path, salt, text }) => digests[path] !== digestOf(salt, text))?.path;
  const found = new Set(texts.map(({ path }) => path));
  const path = wrong ?? Object.keys(digests).find((one) => !found.has(one) && !erased.has(nameOfText(row.hash, one)));
  return path === undefined ? null : { kind: "row", position: row.position, column: `texts.${path}` };
}

function nameOfText(row: string, path: string): string {
  return `${row} ${path}`;
}

/** The texts that were erased, each by the hash of its row and its path. */
async function erasedTexts(db: Database, desk: string): Promise<ReadonlySet<string>> {
  const rows = await db.selectFrom("erasure").select(["row_hash", "path"]).where("desk", "=", desk).where("kind", "=", "text").execute();
  return new Set(rows.map(({ row_hash, path }) => nameOfText(row_hash!, path!)));
}

async function faultInGuards(db: Database, engine: Engine): Promise<Fault | null> {
  const present = await engine.guardsPresent(db);
  for (const [guard, made] of new Map([...engine.guards, ...engine.attentionGuards, ...engine.accessGuards, ...engine.laterGuards])) {
    if (present.get(guard) !== made) return { kind: "guard-missing", guard };
  }
  return null;
}
