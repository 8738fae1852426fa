import { type Refusal, refuse } from "../law/finding.ts";
import type { MatterEvent } from "../matter/events.ts";
import type { Facts } from "../matter/facts.ts";
import type { Matter } from "../matter/history.ts";
import type { Admission } from "../ports/access.ts";
import type { Head, Ledger, Stamp, StreamAppend } from "../ports/ledger.ts";
import type { Asked, MatterFinder, Mentions } from "../ports/matter-index.ts";
import type { Privacy } from "../ports/privacy.ts";
import type { Instant } from "../time/instant.ts";
import { readMatters } from "./read-matters.ts";
import { derivedWith, entriesOf, withEntries } from "./recording.ts";
import { type WholeRegister, wholeRegister } from "./whole-register.ts";

/** What is to be recorded of one matter. */
export interface Change {
  readonly key: string;
  /** New or filled-in facts; null where they stay. */
  readonly facts: Facts | null;
  readonly events: readonly MatterEvent[];
}

export type Recorded = { readonly head: Head; readonly repeated: boolean };

/** The matters on which something is decided, each asked for by its key: there may be too many to go through. */
export type Matters = Pick<ReadonlyMap<string, Matter>, "get" | "has">;

/** Says what is to be recorded. It may be asked more than once: it does nothing but decide. */
export type Decide = (matters: Matters) => readonly Change[] | Refusal;

/** A matter that a decision changes. */
export interface Made {
  /** Null where it is registered by it. */
  readonly before: Matter | null;
  readonly after: Matter;
}

/** Who is let in by what is decided: written with it, or not at all. It may be asked more than once. */
export type LetIn = (made: readonly Made[]) => Promise<readonly Admission[]>;

/** The question without its rules, which the register knows. */
export interface Sought extends Omit<Asked, "by" | "now"> {
  /** The moment of the question; without it nothing is relied on that a day can change. */
  readonly now?: Instant;
  /** Those alone of whose mentions it holds, or of whose key where names are asked for, and no more than so many; without `most`, all of them. */
  readonly text?: { readonly of: Mentions; fits(text: string): boolean; readonly most?: number };
  /** Looked through once and let go: for it alone no register is taken into memory. In the order of their keys. */
  readonly once?: true;
}

/** The matters of the ledger: of a register that is small, kept in memory and up to date; of a large one, read as they are asked for. */
export interface Register {
  /** All of them at once: for a register that is known to be small. Else `each`. */
  all(): Promise<readonly Matter[]>;
  /**
   * All of them, some at a time: of a small register as they were registered, of a large one in the order of their keys. Where something is sought,
   * others may be left out; those that come must be asked whether they fit.
   */
  each(sought?: Sought): AsyncIterable<readonly Matter[]>;
  /** The key and the version of each, some at a time and in the same order, without reading any. */
  versions(): AsyncIterable<readonly Pick<Matter, "key" | "version">[]>;
  /** How many there are, where that is known without going through them; else null. */
  size(): Promise<number | null>;
  matter(key: string): Promise<Matter | null>;
  /** Those that a name can mean (matchKeys), in the order in which they were registered. */
  named(name: string): Promise<readonly Matter[]>;
  /** Those of the keys that are known, as they are now, without reading the others. */
  some(keys: readonly string[]): Promise<readonly Matter[]>;
  head(): Promise<Head>;
  /**
   * Decides on what the register holds now and records it, all matters or none. When somebody else wrote meanwhile: once more, then refused.
   * `keys` are those that will be asked for, where many are: they are read together.
   */
  record(decide: Decide, stamp: Stamp, keys?: readonly string[], letIn?: LetIn): Promise<Recorded | Refusal>;
}

/** Where a register's matters come from. */
export interface Source extends Pick<Register, "each" | "versions" | "size" | "matter" | "named" | "some"> {
  /** Whether something was recorded by that command. */
  knows(commandId: string): Promise<boolean>;
  /** What is decided, and the matters that it concerns, known or not. */
  decided(decide: Decide, keys: readonly string[]): Promise<{ readonly changes: readonly Change[] | Refusal; readonly matters: Matters }>;
}

/** A register with more matters than these is not held in memory: each takes some ten kilobytes there. */
const MOST = 20_000;

/**
 * `privacy` tells what was erased since it was read: without it, what was read once is kept. Without `finder` all is held in memory, however much
 * there is.
 */
export function openRegister(
  ledger: Ledger,
  privacy?: Pick<Privacy, "version" | "erasures">,
  finder?: MatterFinder,
  most: number = MOST,
): Register {
  /** Null once it is too large to be held: asked once, and then seen while it grows. Matters are never taken away. */
  let whole: WholeRegister | null = wholeRegister(ledger, privacy);
  const read = finder === undefined ? null : readMatters(ledger, finder, privacy);
  let isCounted = false;

  async function source(): Promise<Source> {
    if (whole === null || read === null || finder === undefined) return whole ?? read!;
    const isLarge = whole.held() > most || (!isCounted && (await finder.size(most + 1)) > most);
    isCounted = true;
    if (!isLarge) return whole ?? read;
    whole = null;
    return read;
  }

  async function* each(sought?: Sought): AsyncGenerator<readonly Matter[]> {
    const from = await source();
    const isUnread = from === whole && whole.held() === 0;
    yield* (sought?.once === true && isUnread && read !== null ? read : from).each(sought);
  }

  return {
    async all() {
      const all: Matter[] = [];
      for await (const some of each()) for (const one of some) all.push(one);
      return all;
    },
    each,
    async *versions() {
      yield* (await source()).versions();
    },
    size: async () => (await source()).size(),
    matter: async (key) => (await source()).matter(key),
    named: async (name) => (await source()).named(name),
    some: async (keys) => (await source()).some(keys),
    head: () => ledger.head(),
    async record(decide, stamp, keys = [], letIn) {
      for (let tries = 0; tries < 2; tries++) {
        const from = await source();
        // A retry of what is recorded already is no new decision: it would be refused by its own effect.
        if (await from.knows(stamp.commandId)) return { head: await ledger.head(), repeated: true };
        const { changes, matters } = await from.decided(decide, keys);
        if ("refused" in changes) return changes;
        const streams = changes.map((change) => {
          const matter = matters.get(change.key) ?? null;
          const entries = entriesOf(change, matter);
          return {
            stream: change.key,
            expectedVersion: matter?.version ?? 0,
            entries,
            derived: derivedWith(change.key, matter, entries, stamp),
          };
        });
        const written = streams.filter(({ entries }) => entries.length > 0);
        const made = letIn === undefined ? [] : written.flatMap((one) => madeBy(one, matters, stamp));
        const appended = await ledger.append(written, stamp, await letIn?.(made));
        if (!appended.ok && "erased" in appended) return refuse("erased-since");
        if (appended.ok) return { head: appended.head, repeated: appended.repeated };
      }
      return refuse("conflict");
    },
  };
}

function madeBy({ stream, entries }: Pick<StreamAppend, "stream" | "entries">, matters: Matters, stamp: Stamp): readonly Made[] {
  const before = matters.get(stream) ?? null;
  const after = withEntries(stream, before, entries, stamp);
  return after === null ? [] : [{ before, after }];
}
