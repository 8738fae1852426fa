import type { DueMatter, MatterIndex } from "../ports/matter-index.ts";
import type { Instant } from "../time/instant.ts";
import type { Register } from "./register.ts";

/**
 * When to look at each matter, for a process that delivers to its own terminal alone: another one may deliver to other places at the same time,
 * and what one has looked at the other has not. Kept in memory, so that everything is looked at after a start.
 */
export function privateIndex(register: Register): MatterIndex {
  const rows = new Map<
    string,
    { readonly version: number; readonly wakeAt: Instant | null; readonly at: Instant; readonly state: string }
  >();
  const next = () => [...rows.values()].flatMap(({ wakeAt }) => wakeAt ?? []).sort()[0] ?? null;
  const woken = new Map<string, number>();
  let wokenAll = 0;
  const wokenOf = (stream: string) => wokenAll + (woken.get(stream) ?? 0);
  const versions = new Map<string, number>();
  let head: string | null = null;

  /** Asked each second: gone through anew only where something was recorded. */
  async function follow(): Promise<void> {
    const { hash } = await register.head();
    if (hash === head) return;
    for await (const some of register.versions()) for (const { key, version } of some) versions.set(key, version);
    head = hash;
  }

  return {
    async due(now, limit) {
      await follow();
      const due: DueMatter[] = [];
      for (const [stream, version] of versions) {
        const row = rows.get(stream);
        if (row !== undefined && row.version >= version && row.at <= now && (row.wakeAt === null || row.wakeAt > now)) continue;
        if (due.push({ stream, version, woken: wokenOf(stream) }) >= limit) break;
      }
      return due;
    },
    nextWake: async () => next(),
    async looked(looks, at) {
      for (const { stream, version, woken: told, wakeAt, derived } of looks) {
        if (told === undefined || told === wokenOf(stream)) rows.set(stream, { version, wakeAt, at, state: derived.state });
      }
    },
    async wake(streams) {
      if (streams === "all") {
        rows.clear();
        wokenAll++;
        return;
      }
      for (const stream of streams) {
        rows.delete(stream);
        woken.set(stream, (woken.get(stream) ?? 0) + 1);
      }
    },
    async states() {
      const counts = new Map<string, number>();
      for (const { state } of rows.values()) counts.set(state, (counts.get(state) ?? 0) + 1);
      return counts;
    },
    async rebuild() {
      const { size } = rows;
      rows.clear();
      return size;
    },
  };
}
