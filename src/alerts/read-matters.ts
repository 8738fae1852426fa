import type { Matter } from "../matter/history.ts";
import { matchKeys, refsIn } from "../matter/key.ts";
import type { Ledger, LedgerRow } from "../ports/ledger.ts";
import type { MatterFinder, Versioned } from "../ports/matter-index.ts";
import type { Privacy } from "../ports/privacy.ts";
import { breathe } from "../time/clock.ts";
import { instantOf } from "../time/instant.ts";
import { foldedFrom } from "./recording.ts";
import type { Matters, Sought, Source } from "./register.ts";
import { rulebook } from "./rulebook.ts";
import { inOrderOf } from "./whole-register.ts";

/** Events of the matters that are kept: some fifty megabytes. */
const KEPT_EVENTS = 50_000;
const EARLIEST = instantOf(0);
/** Matters in one portion: what is under way for all is as much as that. */
const PORTION = 500;

/** The matters of a large register: read when they are asked for, and those asked for last kept as long as nothing is recorded or erased of them. */
export function readMatters(ledger: Ledger, finder: MatterFinder, privacy?: Pick<Privacy, "version" | "erasures">): Source {
  // The longest unasked first.
  const kept = new Map<string, Matter>();
  let events = 0;
  let erased: number | null = null;

  function drop(key: string): void {
    events -= kept.get(key)?.version ?? 0;
    kept.delete(key);
  }

  function keep(matter: Matter): void {
    drop(matter.key);
    kept.set(matter.key, matter);
    events += matter.version;
    for (const key of kept.keys()) {
      if (events <= KEPT_EVENTS) return;
      drop(key);
    }
  }

  /** What was erased by whichever process stays in no memory. */
  async function forget(): Promise<number> {
    const now = (await privacy?.version()) ?? 0;
    if (erased !== null && now > erased) {
      for (const { what } of (await privacy!.erasures()).slice(erased)) if (what.kind === "text") drop(what.stream);
    }
    erased = Math.max(erased ?? 0, now);
    return erased;
  }

  /** Those matters as they are at these versions or later. */
  async function upToDate(versions: readonly Versioned[]): Promise<readonly Matter[]> {
    const before = await forget();
    const found: Matter[] = [];
    const unread: string[] = [];
    for (const { stream, version } of versions) {
      const matter = kept.get(stream);
      if (matter === undefined || matter.version < version) unread.push(stream);
      else found.push(matter);
    }
    for (let start = 0; start < unread.length; start += PORTION) {
      if (start > 0) await breathe();
      found.push(...foldedFrom(await rowsOf(unread.slice(start, start + PORTION))));
    }
    // What was read while something was erased may hold it still: it is not kept.
    if (erased === before) for (const matter of found) keep(matter);
    return found;
  }

  /** One alone is what most commands ask for. */
  function rowsOf(streams: readonly string[]): Promise<readonly LedgerRow[]> {
    return streams.length === 1 ? ledger.read(streams[0]!) : ledger.readEach(streams);
  }

  async function some(keys: readonly string[]): Promise<readonly Matter[]> {
    if (keys.length === 0) return [];
    return inOrderOf(keys, await upToDate(await finder.versions([...new Set(keys)])));
  }

  /** What is mentioned, and the keys, are gone through, and none of the matters but those that fit. */
  async function* mentioned({ of, fits, most = Number.MAX_SAFE_INTEGER }: NonNullable<Sought["text"]>): AsyncGenerator<readonly string[]> {
    const found: string[] = [];
    for await (const page of of === "names" ? pages() : []) {
      for (const { stream } of page) if (found.length < most && fits(stream)) found.push(stream);
      if (found.length >= most) break;
    }
    const all = [...new Set([...found, ...(await finder.mentioned(of, fits, most))])].sort();
    for (let start = 0; start < all.length; start += PORTION) yield all.slice(start, start + PORTION);
  }

  async function* pages(sought?: Omit<Sought, "text">): AsyncGenerator<readonly Versioned[]> {
    const asked = sought === undefined ? undefined : { now: EARLIEST, ...sought, by: rulebook() };
    for (let after: string | null = null; ; ) {
      const page: readonly Versioned[] = await finder.page(after, PORTION, asked);
      if (page.length > 0) yield page;
      if (page.length < PORTION) return;
      after = page.at(-1)!.stream;
      await breathe();
    }
  }

  return {
    async *each(sought) {
      if (sought?.text === undefined)
        for await (const page of pages(sought)) yield foldedFrom(await ledger.readEach(page.map(({ stream }) => stream)));
      else for await (const some of mentioned(sought.text)) yield foldedFrom(await ledger.readEach(some));
    },
    async *versions() {
      for await (const page of pages()) yield page.map(({ stream: key, version }) => ({ key, version }));
    },
    matter: async (key) => (await some([key]))[0] ?? null,
    async named(name) {
      const found = await finder.named(refsIn(name));
      const meant = new Set(
        matchKeys(
          name,
          found.map(({ stream }) => stream),
        ),
      );
      const matters = await upToDate(found.filter(({ stream }) => meant.has(stream)));
      return matters.toSorted((one, other) => order(one.registeredAt, other.registeredAt) || order(one.key, other.key));
    },
    size: () => finder.size(Number.MAX_SAFE_INTEGER),
    some,
    knows: (commandId) => ledger.knows(commandId),
    async decided(decide, keys) {
      const read = new Map<string, Matter | null>();
      const lacking = new Set(keys);
      const get = (key: string) => {
        const matter = read.get(key);
        if (matter === undefined) lacking.add(key);
        return matter ?? undefined;
      };
      const matters: Matters = { get, has: (key) => get(key) !== undefined };
      for (;;) {
        for (const key of lacking) read.set(key, null);
        for (const matter of await some([...lacking])) read.set(matter.key, matter);
        lacking.clear();
        const changes = orLacking(() => decide(matters), lacking);
        // Decided without what it was not known to need: once more, with that.
        if (changes === null || lacking.size > 0) continue;
        if (!("refused" in changes)) for (const { key } of changes) get(key);
        if (lacking.size === 0) return { changes, matters };
      }
    },
  };
}

/** Null where it threw for want of what lacks. */
function orLacking<Result>(decide: () => Result, lacking: ReadonlySet<string>): Result | null {
  try {
    return decide();
  } catch (error) {
    if (lacking.size === 0) throw error;
    return null;
  }
}

function order(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}
