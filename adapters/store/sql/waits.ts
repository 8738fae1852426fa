import type { DeliveryKey } from "../../../src/ports/chat.ts";
import type { Settled } from "../../../src/ports/delivery-log.ts";
import { inChunks } from "./chunks.ts";
import { delivery } from "./delivery-rows.ts";
import type { Database } from "./engine.ts";

interface Wait {
  /** By the key as the register has it. */
  readonly left: Map<string, DeliveryKey>;
  readonly known: Settled[];
  resolve(settled: readonly Settled[]): void;
  reject(error: Error): void;
}

/** What to look at: what came of the messages of these jobs, of any that is waited for, or of all, and whether some were forgotten. */
export type Looked = ReadonlySet<string> | "any" | "all";

/** Those of one desk who wait for what comes of messages that they had posted. */
export interface Waits {
  /** As soon as something came of all of them. A key that is forgotten meanwhile, as when its place is erased, is left out. */
  of(keys: readonly DeliveryKey[]): Promise<readonly Settled[]>;
  /** The job that carries each of the keys that are about to be waited for: not all are looked at when something came of a few. */
  carry(keys: Iterable<readonly [DeliveryKey, string]>): void;
  look(at: Looked): void;
  /** None of them may wait any longer. */
  end(error: Error): void;
}

export function waitsOf(db: Database, desk: string): Waits {
  const waits = new Set<Wait>();
  /** By the key as the register has it. */
  const jobs = new Map<string, string>();
  let isLooking = false;
  let wanted: Looked | null = null;

  /** What is waited for of that; by which job something is carried that another process had sent is not known here. */
  function keysOf(at: Looked): readonly string[] {
    const keys = [...new Set([...waits].flatMap(({ left }) => [...left.keys()]))];
    if (typeof at === "string") return keys;
    return keys.filter((key) => {
      const job = jobs.get(key);
      return job === undefined || at.has(job);
    });
  }

  async function lookOnce(at: Looked): Promise<void> {
    const all = at === "all";
    const keys = keysOf(at);
    const of = db.selectFrom("delivery").selectAll().where("desk", "=", desk);
    const asked = all ? of : of.where("outcome", "is not", null);
    const rows = await inChunks(keys, (some) => asked.where("key", "in", some).execute());
    const settled = new Map(rows.filter(({ outcome }) => outcome !== null).map((row) => [row.key, delivery(row).outcome!]));
    const there = new Set(rows.map(({ key }) => key));
    const forgotten = new Set(all ? keys.filter((key) => !there.has(key)) : []);
    for (const wait of waits) {
      for (const [name, key] of wait.left) {
        const outcome = settled.get(name);
        if (outcome !== undefined) wait.known.push({ key, outcome });
        if (outcome === undefined && !forgotten.has(name)) continue;
        wait.left.delete(name);
        jobs.delete(name);
      }
      if (wait.left.size > 0) continue;
      waits.delete(wait);
      wait.resolve(wait.known);
    }
  }

  function look(at: Looked): void {
    if (waits.size === 0) return;
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

  return {
    look,
    carry(keys) {
      for (const [key, job] of keys) jobs.set(key.toWellFormed(), job);
    },
    of: (keys) =>
      new Promise((resolve, reject) => {
        waits.add({ left: new Map(keys.map((key) => [key.toWellFormed(), key])), known: [], resolve, reject });
      }),
    end(error) {
      for (const { reject } of waits) reject(error);
      waits.clear();
      jobs.clear();
    },
  };
}

function both(one: Looked, other: Looked): Looked {
  if (one === "all" || other === "all") return "all";
  return one === "any" || other === "any" ? "any" : new Set([...one, ...other]);
}
