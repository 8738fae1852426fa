import { sql } from "kysely";
import type { DeliveryKey } from "../../../src/ports/chat.ts";
import type { Settled } from "../../../src/ports/delivery-log.ts";
import { prepared } from "./boss.ts";
import { inChunks } from "./chunks.ts";
import { type Outcoming, outcomeOf } from "./delivery-rows.ts";
import type { Database } from "./engine.ts";
import { escaped } from "./escape-postgres.ts";
import type { Pack } from "./fleet-packs.ts";

interface Wait {
  left: number;
  readonly known: Settled[];
  resolve(settled: readonly Settled[]): void;
  reject(error: Error): void;
}

/** What carries a key, and where to. */
export interface Sent extends Pack {
  readonly place: string;
}

/** What to look at: what came of the messages of these jobs, of any that is waited for, or of all, and whether some were forgotten. */
export type Looked = ReadonlySet<string> | "any" | "all";

/** Those of one desk who wait for what comes of messages that they had posted. */
export interface Waits {
  /** As soon as something came of all of them. A key that is forgotten meanwhile, as when its place is erased, is left out. */
  of(keys: readonly DeliveryKey[]): Promise<readonly Settled[]>;
  /** What carries each of the keys that are about to be waited for: not all are looked at when something came of a few. */
  carry(keys: Iterable<readonly [string, Sent]>): void;
  /** The same of keys that are on their way already, and that nobody here waits for. */
  inherit(keys: Iterable<readonly [string, Sent]>): void;
  /** The lane of a place of which something may be open; null where nothing is. */
  laneOf(place: string): string | null;
  look(at: Looked): void;
  /** None of them may wait any longer. */
  end(error: Error): void;
}

export function waitsOf(db: Database, desk: string): Waits {
  /** By the key as the register has it, and so are the others. */
  const waits = new Map<string, { readonly key: DeliveryKey; readonly by: Wait }[]>();
  const sent = new Map<string, Sent>();
  const jobs = new Map<string, string[]>();
  /** Waited for; by which job they are carried is not known here, as where another process has sent them. */
  const strange = new Set<string>();
  /** On their way, and waited for by nobody: looked at for their places' sake. */
  const left = new Set<string>();
  /** The key that was sent last of what is open in a place. */
  const open = new Map<string, string>();
  let isLooking = false;
  let wanted: Looked | null = null;

  function keysOf(at: Looked): readonly string[] {
    if (typeof at === "string") return [...waits.keys(), ...[...left].filter((key) => !waits.has(key))];
    const keys = [...at].flatMap((job) => jobs.get(job) ?? []);
    return [...strange, ...keys].filter((key) => waits.has(key) || left.has(key));
  }

  async function lookOnce(at: Looked): Promise<void> {
    const all = at === "all";
    const keys = keysOf(at);
    const asked = new Map(keys.map((key) => [key, sent.get(key)]));
    const rows = await inChunks(keys, async (some) => {
      const bound = some.map(escaped);
      const looked = sql<
        Outcoming & { readonly key: string }
      >`select key, outcome, posted, trouble, not_before, claimed_at, doubts, superseded
        from delivery where desk = ${desk} and key = any(${bound}::text[])${all ? sql`` : sql` and outcome is not null`}`;
      return prepared(db, looked);
    });
    const there = new Set(rows.map(({ key }) => key));
    // What was sent anew meanwhile is not what was asked for.
    const isSame = (key: string) => sent.get(key) === asked.get(key);
    for (const row of rows) if (row.outcome !== null && isSame(row.key)) came(row.key, row);
    if (all) for (const key of keys) if (!there.has(key) && isSame(key)) came(key, null);
  }

  /** Null where it was forgotten. */
  function came(name: string, row: Outcoming | null): void {
    const some = waits.get(name) ?? [];
    waits.delete(name);
    forget(name);
    const outcome = row === null ? null : outcomeOf(row);
    for (const { key, by } of some) {
      if (outcome !== null) by.known.push({ key, outcome });
      by.left -= 1;
      if (by.left === 0) by.resolve(by.known);
    }
  }

  function forget(name: string): void {
    strange.delete(name);
    left.delete(name);
    const was = sent.get(name);
    if (was === undefined) return;
    sent.delete(name);
    if (open.get(was.place) === name) open.delete(was.place);
    const others = jobs.get(was.job)?.filter((key) => key !== name) ?? [];
    if (others.length === 0) jobs.delete(was.job);
    else jobs.set(was.job, others);
  }

  function look(at: Looked): void {
    if (waits.size === 0 && left.size === 0) return;
    if (isLooking) {
      wanted = wanted === null ? at : both(wanted, at);
      return;
    }
    isLooking = true;
    wanted = null;
    void lookOnce(at)
      // The next beat looks again.
      .catch(() => undefined)
      .finally(() => {
        isLooking = false;
        if (wanted !== null) look(wanted);
      });
  }

  function carry(name: string, by: Sent): void {
    forget(name);
    sent.set(name, by);
    open.set(by.place, name);
    const others = jobs.get(by.job);
    if (others === undefined) jobs.set(by.job, [name]);
    else others.push(name);
  }

  return {
    look,
    carry(keys) {
      for (const [name, by] of keys) carry(name, by);
    },
    inherit(keys) {
      for (const [name, by] of keys) {
        carry(name, by);
        left.add(name);
      }
    },
    laneOf(place) {
      const key = open.get(place);
      return key === undefined ? null : sent.get(key)!.lane;
    },
    of: (keys) =>
      new Promise((resolve, reject) => {
        const named = new Map(keys.map((key) => [key.toWellFormed(), key]));
        const by: Wait = { left: named.size, known: [], resolve, reject };
        if (named.size === 0) resolve([]);
        for (const [name, key] of named) {
          const others = waits.get(name);
          if (others === undefined) waits.set(name, [{ key, by }]);
          else others.push({ key, by });
          if (!sent.has(name)) strange.add(name);
        }
      }),
    end(error) {
      const all = new Set([...waits.values()].flatMap((some) => some.map(({ by }) => by)));
      for (const known of [waits, sent, jobs, strange, left, open]) known.clear();
      for (const { reject } of all) reject(error);
    },
  };
}

function both(one: Looked, other: Looked): Looked {
  if (one === "all" || other === "all") return "all";
  return one === "any" || other === "any" ? "any" : new Set([...one, ...other]);
}
