import { expect } from "vitest";
import type { Ledger } from "../../src/ports/ledger.ts";
import type { Derived, Look, MatterIndex } from "../../src/ports/matter-index.ts";
import { day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { type Clause, type Closable, contract } from "./clause.ts";
import { minute } from "./delivery-fixtures.ts";
import { fill, stamp, to } from "./ledger-fixtures.ts";

export interface MatterIndexSubject extends Closable {
  readonly index: MatterIndex;
  readonly ledger: Ledger;
  /** Closes both and opens them again. */
  reopen(): Promise<{ readonly index: MatterIndex; readonly ledger: Ledger }>;
}

const DERIVED: Derived = { authority: "CNIL", ref: "SAN-2023-018", kind: "order", state: "accruing", nextDay: day("2024-02-18") };

function look(stream: string, version: number, wakeAt: Instant | null, state = "accruing"): Look {
  return { stream, version, wakeAt, derived: { ...DERIVED, state } };
}

async function due(index: MatterIndex, at: number, limit = 100): Promise<readonly string[]> {
  return (await index.due(minute(at), limit)).map(({ stream }) => stream);
}

/** Two matters, alpha with 4 events and beta with 1, looked at in minute 0. */
async function settled(ledger: Ledger, index: MatterIndex, alpha: Instant | null, beta: Instant | null): Promise<void> {
  await fill(ledger);
  await index.looked([look("alpha", 4, alpha), look("beta", 1, beta, "open")], minute(0));
}

/** What every index of matters must do: see src/ports/matter-index.ts. */
export const MATTER_INDEX_CLAUSES: readonly Clause<MatterIndexSubject>[] = [
  {
    clause: "a matter is due from the moment on at which it is written",
    async run({ index, ledger }) {
      expect(await index.due(minute(0), 10)).toEqual([]);
      await fill(ledger);
      const told = await index.due(minute(-600_000), 10);
      expect(told.toSorted((one, other) => (one.stream < other.stream ? -1 : 1))).toMatchObject([
        { stream: "alpha", version: 4 },
        { stream: "beta", version: 1 },
      ]);
    },
  },
  {
    clause: "an append that is refused leaves the index alone",
    async run({ index, ledger }) {
      await settled(ledger, index, null, null);
      expect(await ledger.append([to("beta", 1, "e2"), to("alpha", 1, "late")], stamp("c1"))).toMatchObject({ ok: false });
      await expect(ledger.append([to("beta", 1, "e2", "e1")], stamp("c2"))).rejects.toThrow();
      expect(await due(index, 5)).toEqual([]);
    },
  },
  {
    clause: "a matter that was looked at sleeps until its moment",
    async run({ index, ledger }) {
      await settled(ledger, index, minute(10), minute(20));
      expect([await due(index, 9.99), await due(index, 10), await due(index, 20)]).toEqual([[], ["alpha"], ["alpha", "beta"]]);
    },
  },
  {
    clause: "the longest waiting come first, at most as many as are asked for",
    async run({ index, ledger }) {
      await settled(ledger, index, minute(20), minute(10));
      expect([await due(index, 30), await due(index, 30, 1)]).toEqual([["beta", "alpha"], ["beta"]]);
    },
  },
  {
    clause: "a new event wakes the matter that it is about",
    async run({ index, ledger }) {
      await settled(ledger, index, null, null);
      await ledger.append([to("beta", 1, "e2")], stamp("c1"));
      expect(await index.due(minute(1), 10)).toMatchObject([{ stream: "beta", version: 2 }]);
    },
  },
  {
    clause: "a look at what has moved on since changes nothing",
    async run({ index, ledger }) {
      await settled(ledger, index, null, null);
      await ledger.append([to("beta", 1, "e2")], stamp("c1"));
      await index.looked([look("beta", 1, null, "closed")], minute(1));
      expect(await due(index, 2)).toEqual(["beta"]);
      expect([...(await index.states())].toSorted()).toEqual([
        ["accruing", 1],
        ["open", 1],
      ]);
    },
  },
  {
    clause: "a clock that was set back puts no matter to sleep",
    async run({ index, ledger }) {
      await fill(ledger);
      await index.looked([look("alpha", 4, minute(200)), look("beta", 1, null)], minute(100));
      expect((await due(index, 40)).toSorted()).toEqual(["alpha", "beta"]);
      expect(await due(index, 40, 1)).toHaveLength(1);
      expect(await due(index, 100)).toEqual([]);
    },
  },
  {
    clause: "the next moment is the earliest of all, long past where something is due at once, and none where all sleep for good",
    async run({ index, ledger }) {
      expect(await index.nextWake()).toBeNull();
      await settled(ledger, index, minute(10), minute(20));
      expect(await index.nextWake()).toBe(minute(10));
      await index.looked([look("alpha", 4, null)], minute(1));
      expect(await index.nextWake()).toBe(minute(20));
      await index.looked([look("beta", 1, null)], minute(1));
      expect(await index.nextWake()).toBeNull();
      await ledger.append([to("beta", 1, "e2")], stamp("c1"));
      expect((await index.nextWake())! < minute(-600_000)).toBe(true);
    },
  },
  {
    clause: "those that are woken are due at once, and no others",
    async run({ index, ledger }) {
      await settled(ledger, index, null, minute(20));
      await index.wake([]);
      await index.wake(["alpha", "nobody"]);
      expect(await due(index, 5)).toEqual(["alpha"]);
    },
  },
  {
    clause: "what was woken while it was looked at is due still",
    async run({ index, ledger }) {
      await settled(ledger, index, minute(1), minute(1));
      const rows = await index.due(minute(3), 10);
      await index.wake(["alpha"]);
      const looks = rows.map(({ stream, version, woken }) => ({ ...look(stream, version, null), woken }));
      await index.looked(looks, minute(3));
      expect(await due(index, 4)).toContain("alpha");
    },
  },
  {
    clause: "all are due at once when all are woken",
    async run({ index, ledger }) {
      await settled(ledger, index, null, minute(20));
      await index.wake("all");
      expect((await due(index, 5)).toSorted()).toEqual(["alpha", "beta"]);
    },
  },
  {
    clause: "the states are counted by the last look, or by what an append told",
    async run({ index, ledger }) {
      await settled(ledger, index, null, null);
      const told = { ...to("gamma", 0, "e1"), derived: { ...DERIVED, state: "open" } };
      await ledger.append([told, to("delta", 0, "e1"), to("alpha", 4, "e5")], stamp("c1"));
      expect(await index.states()).toEqual(
        new Map([
          ["", 1],
          ["accruing", 1],
          ["open", 2],
        ]),
      );
      await ledger.append([{ ...to("alpha", 5, "e6"), derived: { ...DERIVED, state: "closed" } }], stamp("c2"));
      expect((await index.states()).get("closed")).toBe(1);
    },
  },
  {
    clause: "one stream twice in an append is one matter, at its last version",
    async run({ index, ledger }) {
      await ledger.append([{ ...to("alpha", 0, "e1"), derived: DERIVED }, to("alpha", 1, "e2")], stamp("c1"));
      expect(await index.due(minute(0), 10)).toMatchObject([{ stream: "alpha", version: 2 }]);
      expect(await index.states()).toEqual(new Map([["accruing", 1]]));
    },
  },
  {
    clause: "rebuilt from the ledger, every matter is there once and due at once",
    async run({ index, ledger }) {
      await settled(ledger, index, null, null);
      expect(await index.rebuild()).toBe(2);
      expect((await index.due(minute(5), 10)).map(({ version }) => version).toSorted()).toEqual([1, 4]);
      await index.looked([look("alpha", 4, null), look("beta", 1, null)], minute(0));
      expect(await index.states()).toEqual(new Map([["accruing", 2]]));
    },
  },
  {
    clause: "what was looked at is remembered after a restart",
    async run({ index, ledger, reopen }) {
      await settled(ledger, index, minute(10), null);
      const next = await reopen();
      expect([await due(next.index, 1), await next.index.nextWake()]).toEqual([[], minute(10)]);
    },
  },
];

/** Declares one test a clause. */
export function matterIndexContract(name: string, open: () => Promise<MatterIndexSubject>): void {
  contract(`the matter-index contract: ${name}`, MATTER_INDEX_CLAUSES, open);
}
