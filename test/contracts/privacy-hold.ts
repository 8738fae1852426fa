import { expect } from "vitest";
import type { Clause } from "./clause.ts";
import { minute } from "./delivery-fixtures.ts";
import { fill, stamp } from "./ledger-fixtures.ts";
import type { PrivacySubject } from "./privacy.ts";
import { ADA, erase, left, NAME, person, textOf } from "./privacy-fixtures.ts";

function hold(stream: string, held = true, changes = {}) {
  return { stream, held, by: "p1", at: minute(0), ...changes };
}

/** That what is held stays. */
export const PRIVACY_HOLD_CLAUSES: readonly Clause<PrivacySubject>[] = [
  {
    clause: "the last word on each matter says whether it is held, and by whom and since when",
    async run({ privacy, reopen }) {
      await privacy.hold(hold("alpha"));
      await privacy.hold(hold("beta", true, { at: minute(7) }));
      await privacy.hold(hold("gamma"));
      await privacy.hold(hold("alpha", false, { at: minute(-4) }));
      await privacy.hold(hold("gamma", true, { by: "p3", at: minute(-1) }));
      const holds = new Map([
        ["beta", hold("beta", true, { at: minute(7) })],
        ["gamma", hold("gamma", true, { by: "p3", at: minute(-1) })],
      ]);
      expect(await privacy.holds()).toEqual(holds);
      expect(await (await reopen()).privacy.holds()).toEqual(holds);
    },
  },
  {
    clause: "a text of a held matter is refused, and nothing that was asked for with it is erased",
    async run({ privacy, ledger, people }) {
      await fill(ledger);
      await people.idOf("slack:T1/U9", "who has recorded");
      const ada = await people.idOf(ADA, NAME);
      await privacy.hold(hold("alpha"));
      const before = [await left(ledger), await left(ledger, "beta")];
      const what = [textOf("e1", "respondent", "beta"), person(ada), textOf("e1")];
      expect(await privacy.erase(what, "p9", minute(0), "request")).toEqual({ held: ["alpha"] });
      expect([await left(ledger), await left(ledger, "beta")]).toEqual(before);
      expect([await people.nameOf(ada), await privacy.erasures()]).toEqual([NAME, []]);
    },
  },
  {
    clause: "a matter that was released can be erased from again",
    async run({ privacy, ledger }) {
      await fill(ledger);
      await privacy.hold(hold("alpha"));
      await privacy.hold(hold("alpha", false));
      expect(await erase(privacy, textOf("e1"))).toHaveLength(1);
    },
  },
  {
    clause: "a person who had a hand in a held matter is refused, and others are not",
    async run({ privacy, ledger, people }) {
      const [ada, bob] = [await people.idOf(ADA, NAME), await people.idOf("slack:T1/U8", "Bob")];
      await fill(ledger);
      const entries = [{ eventId: "e1", type: "registered", on: null, data: {}, texts: {} }];
      await ledger.append([{ stream: "held", expectedVersion: 0, entries }], { ...stamp("c9"), by: ada });
      await privacy.hold(hold("held"));
      expect(await privacy.erase([person(bob), person(ada)], "p9", minute(0), "request")).toEqual({ held: ["held"] });
      expect([await people.nameOf(ada), await people.nameOf(bob)]).toEqual([NAME, "Bob"]);
      expect(await erase(privacy, person(bob))).toHaveLength(1);
    },
  },
];
