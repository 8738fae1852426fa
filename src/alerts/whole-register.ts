import type { Matter } from "../matter/history.ts";
import { matchKeys, refInKey, refsIn } from "../matter/key.ts";
import type { Ledger } from "../ports/ledger.ts";
import type { Privacy } from "../ports/privacy.ts";
import { breathe } from "../time/clock.ts";
import { foldedFrom, withRow } from "./recording.ts";
import type { Source } from "./register.ts";

/** A register that is read once and then kept up to date in memory. */
export interface WholeRegister extends Source {
  /** How many matters it holds at the moment. */
  held(): number;
}

const PAGE = 5000;
/** Matters in one portion: some tens of milliseconds, whatever is asked of them. */
const PORTION = 500;

export function wholeRegister(ledger: Ledger, privacy?: Pick<Privacy, "version" | "erasures">): WholeRegister {
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
        keep(stream, foldedFrom(rows)[0]!);
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
      await breathe();
    }
  }

  /** As they were when they were asked for, whatever is recorded between two portions. */
  async function* all(): AsyncGenerator<readonly Matter[]> {
    const held = [...(await refresh()).values()];
    if (held.length === 0) yield [];
    for (let start = 0; start < held.length; start += PORTION) {
      if (start > 0) await breathe();
      yield held.slice(start, start + PORTION);
    }
  }

  return {
    held: () => matters.size,
    size: async () => (await refresh()).size,
    each: all,
    versions: all,
    matter: async (key) => (await refresh()).get(key) ?? null,
    async named(name) {
      const known = await refresh();
      const keys = refsIn(name).flatMap((ref) => keysByRef.get(ref) ?? []);
      return matchKeys(name, keys).map((key) => known.get(key)!);
    },
    async some(keys) {
      // What is in memory is only brought up to date; a process that was never asked for all of them need not hold them.
      if (position === 0) return inOrderOf(keys, foldedFrom(await ledger.readEach(keys)));
      const known = await refresh();
      return keys.flatMap((key) => known.get(key) ?? []);
    },
    async knows(commandId) {
      await refresh();
      return commands.has(commandId);
    },
    async decided(decide) {
      const known = await refresh();
      return { changes: decide(known), matters: known };
    },
  };
}

/** Each as often as its key is named. */
export function inOrderOf(keys: readonly string[], matters: readonly Matter[]): readonly Matter[] {
  const found = new Map(matters.map((matter) => [matter.key, matter]));
  return keys.flatMap((key) => found.get(key) ?? []);
}
