import { expect } from "vitest";
import type { Clause } from "./clause.ts";
import type { Attempt, LedgerSubject } from "./ledger.ts";
import { fill, stamp, to } from "./ledger-fixtures.ts";

function refuses(clause: string, what: Attempt): Clause<LedgerSubject> {
  return {
    clause,
    async run({ ledger, hands }) {
      await fill(ledger);
      const before = await ledger.head();
      for (const position of [1, 3, 5]) await expect(hands.attempt(what, position)).rejects.toThrow("append-only");
      expect(await ledger.verify()).toEqual({ ok: true, events: 5, head: before.hash });
    },
  };
}

/** What the database itself promises, whoever writes to it. */
export const guardClauses: readonly Clause<LedgerSubject>[] = [
  refuses("an UPDATE is refused by the database", "update"),
  refuses("a DELETE is refused by the database", "delete"),
  refuses("a REPLACE by version is refused by the database", "replace by version"),
  refuses("a REPLACE by position is refused by the database", "replace by position"),
  refuses("a REPLACE by event id is refused by the database", "replace by event id"),
  {
    clause: "a torn last write leaves whole appends only",
    async run({ ledger, hands }) {
      await fill(ledger);
      const before = await ledger.head();
      const torn = await hands.tear(async () => {
        await ledger.append([to("alpha", 4, "e5", "e6", "e7"), to("gamma", 0, "e1", "e2")], stamp("c1"));
      });
      expect(torn.length).toBeGreaterThan(3);
      for (const { ledger: one } of torn) {
        expect(await one.verify()).toEqual({ ok: true, events: 5, head: before.hash });
        // The command can be given again.
        expect(await one.append([to("alpha", 4, "e5")], stamp("c1"))).toMatchObject({ ok: true, repeated: false });
      }
    },
  },
];
