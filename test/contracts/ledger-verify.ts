import { expect } from "vitest";
import type { Clause } from "./clause.ts";
import type { LedgerSubject } from "./ledger.ts";
import { fill, stamp, to } from "./ledger-fixtures.ts";

/** What verify finds, and what it leaves alone. */
export const verifyClauses: readonly Clause<LedgerSubject>[] = [
  {
    clause: "an erasure leaves verify whole and is named",
    async run({ ledger, hands }) {
      await fill(ledger);
      const { hash } = await ledger.head();
      await hands.erase(2);
      expect(await ledger.verify(hash)).toEqual({ ok: true, events: 5, head: hash });
      const rows = await ledger.readAll(0, 3);
      expect(rows.map((row) => [Object.keys(row.texts).length, row.erased.toSorted()])).toEqual([
        [2, []],
        [0, ["items.0.order", "respondent"]],
        [2, []],
      ]);
    },
  },
  {
    clause: "verify names a changed column",
    async run({ ledger, hands }) {
      await fill(ledger);
      for (const position of [1, 3, 5]) {
        for (const column of hands.columns) {
          const revert = await hands.change(position, column);
          const told = await ledger.verify();
          expect(told, `${column} of ${position}`).toMatchObject({ ok: false, fault: { kind: "row", column } });
          await revert();
        }
      }
      expect(await ledger.verify()).toMatchObject({ ok: true, events: 5 });
    },
  },
  {
    clause: "verify names a changed text",
    async run({ ledger, hands }) {
      await fill(ledger);
      await hands.changeText(3, "respondent");
      expect(await ledger.verify()).toMatchObject({ ok: false, fault: { kind: "row", position: 3, column: "texts.respondent" } });
    },
  },
  {
    clause: "verify finds a swapped pair",
    async run({ ledger, hands }) {
      await fill(ledger);
      for (const [one, other] of [
        [1, 2],
        [2, 4],
        [4, 5],
      ] as const) {
        await hands.swap(one, other);
        expect(await ledger.verify()).toMatchObject({ ok: false, fault: { kind: "order", position: one } });
        await hands.swap(one, other);
      }
      expect(await ledger.verify()).toMatchObject({ ok: true });
    },
  },
  {
    clause: "verify finds a missing row",
    async run({ ledger, hands }) {
      await fill(ledger);
      await hands.remove(4);
      expect(await ledger.verify()).toMatchObject({ ok: false, events: 4, fault: { kind: "missing-row", position: 4 } });
      await hands.remove(1);
      expect(await ledger.verify()).toMatchObject({ ok: false, events: 3, fault: { kind: "missing-row", position: 1 } });
    },
  },
  {
    clause: "verify finds that a posted head is missing, and knows every head that is not",
    async run({ ledger, hands }) {
      const early = await ledger.head();
      await fill(ledger);
      const middle = await ledger.head();
      await ledger.append([to("gamma", 0, "e1")], stamp("c1"));
      const late = await ledger.head();
      for (const { hash } of [early, middle, late]) {
        expect(await ledger.verify(hash)).toMatchObject({ ok: true, events: 6 });
        expect(await ledger.verify(hash.slice(0, 6).toUpperCase())).toMatchObject({ ok: true });
      }
      await hands.remove(6);
      expect(await ledger.verify()).toEqual({ ok: true, events: 5, head: middle.hash });
      expect(await ledger.verify(late.hash)).toEqual({
        ok: false,
        events: 5,
        head: middle.hash,
        fault: { kind: "head-missing", head: late.hash },
      });
    },
  },
  {
    clause: "verify names a guard that is missing or altered",
    async run({ ledger, hands }) {
      await fill(ledger);
      expect(hands.guards.length).toBeGreaterThan(0);
      for (const guard of hands.guards) {
        for (const how of ["gone", "hollow"] as const) {
          const rearm = await hands.disarm(guard, how);
          expect(await ledger.verify(), `${guard} ${how}`).toMatchObject({ ok: false, fault: { kind: "guard-missing", guard } });
          await rearm();
        }
      }
      expect(await ledger.verify()).toMatchObject({ ok: true });
    },
  },
];
