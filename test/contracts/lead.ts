import { expect } from "vitest";
import type { Store } from "../../src/ports/store.ts";
import { type Clause, type Closable, contract } from "./clause.ts";

type Leading = Pick<Store, "lead" | "close">;

export interface LeadSubject extends Closable {
  readonly store: Leading;
  /** The same register opened once more in this process. */
  another(): Promise<Leading>;
  /** A process of its own that has taken the lead; answers how to end it by force, and that it has ended. */
  leader(): Promise<() => Promise<void>>;
}

/** What every store must do for those that would deliver: see Store.lead. */
export const LEAD_CLAUSES: readonly Clause<LeadSubject>[] = [
  {
    clause: "the first that asks leads, and still does when it asks again",
    async run({ store }) {
      expect([await store.lead(), await store.lead()]).toEqual([true, true]);
    },
  },
  {
    clause: "no other leads while one does",
    async run({ store, another }) {
      const [other, third] = [await another(), await another()];
      expect(await store.lead()).toBe(true);
      for (const one of [other, third, other]) expect(await one.lead()).toBe(false);
    },
  },
  {
    clause: "one that never led gives nothing away when it closes",
    async run({ store, another }) {
      await store.lead();
      const other = await another();
      await other.lead();
      await other.close();
      expect(await (await another()).lead()).toBe(false);
    },
  },
  {
    clause: "the lead is free when its store is closed",
    async run({ store, another }) {
      const other = await another();
      await store.lead();
      await store.close();
      expect(await other.lead()).toBe(true);
    },
  },
  {
    clause: "the lead of a process that is killed is free at once",
    async run({ store, leader }) {
      const kill = await leader();
      expect(await store.lead()).toBe(false);
      await kill();
      expect(await store.lead()).toBe(true);
    },
  },
];

/** Declares one test a clause. */
export function leadContract(name: string, open: () => Promise<LeadSubject>): void {
  contract(`the lead contract: ${name}`, LEAD_CLAUSES, open);
}
