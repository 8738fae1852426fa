import { expect } from "vitest";
import type { AdapterState } from "../../src/ports/chat.ts";
import { type Clause, type Closable, contract } from "./clause.ts";

/** What an adapter keeps at a desk. */
type StateOf = (desk: string, adapter: string) => Promise<AdapterState>;

export interface AdapterStateSubject extends Closable {
  readonly of: StateOf;
  /** The same by another process, or over a second connection. */
  another(): Promise<StateOf>;
}

const HOUR = 3_600_000;

/** What every place in which adapters keep things by key must do: see AdapterState of src/ports/chat.ts. */
export const ADAPTER_STATE_CLAUSES: readonly Clause<AdapterStateSubject>[] = [
  {
    clause: "of many who add the same key at once, in two processes, one is the first",
    async run({ of, another }) {
      const both = await Promise.all([of, await another()].map((open) => open("main", "slack")));
      for (const milliseconds of [HOUR, undefined]) {
        const added = await Promise.all(Array.from({ length: 8 }, (_, index) => both[index % 2]!.add(`of ${milliseconds}`, milliseconds)));
        expect(added.filter((isFirst) => isFirst)).toHaveLength(1);
      }
    },
  },
  {
    clause: "what was added is there, and true",
    async run({ of, another }) {
      await (await of("main", "slack")).add("one", HOUR);
      await (await of("main", "slack")).add("for good");
      const there = await (await another())("main", "slack");
      expect([await there.get("one"), await there.get("for good")]).toEqual([true, true]);
    },
  },
  {
    clause: "what was set is not added, and stays as it was",
    async run({ of }) {
      const state = await of("main", "slack");
      for (const key of ["one", "slack:one"]) {
        await state.set(key, { kept: "by hand" });
        expect(await state.add(key, HOUR)).toBe(false);
        expect(await state.get(key)).toEqual({ kept: "by hand" });
      }
    },
  },
  {
    clause: "what was taken away can be added again",
    async run({ of }) {
      const state = await of("main", "slack");
      await state.add("one", HOUR);
      expect(await state.delete("one")).toBe(true);
      expect(await state.get("one")).toBeUndefined();
      expect(await state.add("one", HOUR)).toBe(true);
    },
  },
  {
    clause: "what has expired is gone, and can be added again by one",
    async run({ of, another }) {
      const both = await Promise.all([of, await another()].map((open) => open("main", "slack")));
      await both[0]!.add("added", 20);
      await both[0]!.set("set", 1, 20);
      for (const key of ["added", "set"]) {
        await expect.poll(() => both[1]!.get(key)).toBeUndefined();
        const added = await Promise.all(both.map((state) => state.add(key, HOUR)));
        expect(added.filter((isFirst) => isFirst)).toHaveLength(1);
      }
    },
  },
  {
    clause: "the same key of another desk, and of another adapter, is another one",
    async run({ of }) {
      for (const [desk, adapter] of [
        ["main", "slack"],
        ["main", "teams"],
        ["acme", "slack"],
      ] as const) {
        const state = await of(desk, adapter);
        expect([await state.get("one"), await state.add("one", HOUR)]).toEqual([undefined, true]);
      }
    },
  },
];

/** Declares one test a clause. */
export function adapterStateContract(name: string, open: () => Promise<AdapterStateSubject>): void {
  contract(`the adapter-state contract: ${name}`, ADAPTER_STATE_CLAUSES, open);
}
