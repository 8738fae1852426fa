import { expect } from "vitest";
import type { Clause } from "./clause.ts";
import { minute } from "./delivery-fixtures.ts";
import { entry, fill, stamp, to } from "./ledger-fixtures.ts";
import type { PrivacySubject } from "./privacy.ts";
import { ADA, erase, left, NAME, person, textOf } from "./privacy-fixtures.ts";

const BOTH = ["items.0.order", "respondent"];

/** That what is erased is gone, and stays gone. */
export const PRIVACY_ERASE_CLAUSES: readonly Clause<PrivacySubject>[] = [
  {
    clause: "a text that is erased is gone and named, the others stay, and the chain stands, after a restart too",
    async run({ privacy, ledger, reopen }) {
      await fill(ledger);
      const head = await ledger.head();
      await erase(privacy, textOf("e1"), textOf("e3", "items.0.order"));
      const after = [
        ["e1", ["items.0.order"], ["respondent"]],
        ["e2", BOTH, []],
        ["e3", ["respondent"], ["items.0.order"]],
        ["e4", BOTH, []],
      ];
      expect(await left(ledger)).toEqual(after);
      const again = await reopen();
      expect(await left(again.ledger)).toEqual(after);
      expect(await left(again.ledger, "beta")).toEqual([["e1", BOTH, []]]);
      expect(await again.ledger.verify(head.hash)).toEqual({ ok: true, events: 5, head: head.hash });
    },
  },
  {
    clause: "a person who is erased is known no more, and is met anew under another id",
    async run({ privacy, people }) {
      const [ada, bob] = [await people.idOf(ADA, NAME), await people.idOf("slack:T1/U8", "Bob")];
      await erase(privacy, person(ada));
      expect([await people.known(ADA), await people.nameOf(ada), await people.refOf(ada), await people.named(NAME)]).toEqual([
        null,
        null,
        null,
        [],
      ]);
      expect(await people.nameOf(bob)).toBe("Bob");
      expect([ada, bob]).not.toContain(await people.idOf(ADA, NAME));
    },
  },
  {
    clause: "each erasure is told as it was asked for, with the row in which the text stood, the oldest first",
    async run({ privacy, ledger, people, reopen }) {
      await fill(ledger);
      const ada = await people.idOf(ADA, NAME);
      const rows = await ledger.readAll(0, 10);
      const noted = [
        { what: textOf("e3"), row: rows[3]!.hash, by: "p1", at: minute(0), because: "request" },
        { what: person(ada), row: rows[0]!.hash, by: "p4", at: minute(-3), because: "mistake" },
      ];
      expect(await erase(privacy, textOf("e3"))).toEqual([noted[0]]);
      expect(await privacy.erase([person(ada)], "p4", minute(-3), "mistake")).toEqual({ erased: [noted[1]] });
      expect(await privacy.erasures()).toEqual(noted);
      expect(await (await reopen()).privacy.erasures()).toEqual(noted);
    },
  },
  {
    clause: "what is erased already, named twice or not there is no new erasure",
    async run({ privacy, ledger }) {
      await fill(ledger);
      expect(await erase(privacy, textOf("e1"), textOf("e1"))).toHaveLength(1);
      const nothing = [textOf("e1"), textOf("e9"), textOf("e2", "title"), textOf("e1", "respondent", "gamma"), person("p9")];
      expect(await erase(privacy, ...nothing)).toEqual([]);
      expect(await privacy.erasures()).toHaveLength(1);
    },
  },
  {
    clause: "nothing of what was erased is left in the files, however it came there",
    async run({ privacy, ledger, people, another, holds }) {
      const secret = "Zażółć-the-unheard-of-respondent";
      const entries = Array.from({ length: 60 }, (_, index) => ({
        ...entry(`e${index}`),
        texts: {
          respondent: index === 30 ? secret : `Respondent ${"x".repeat((index * 97) % 2_000)}`,
          note: "y".repeat((index * 61) % 900),
        },
      }));
      await ledger.append([{ stream: "alpha", expectedVersion: 0, entries }], stamp("c1"));
      const ada = await people.idOf(ADA, NAME);
      await people.idOf(ADA, `${NAME} the Second`);
      const other = await another();
      expect([await holds(secret), await holds(NAME), await holds(ADA)]).toEqual([true, true, true]);
      await erase(privacy, textOf("e30"), person(ada));
      expect([await holds(secret), await holds(NAME), await holds(ADA)]).toEqual([false, false, false]);
      expect(await other.ledger.verify()).toMatchObject({ ok: true, events: 60 });
    },
  },
  {
    clause: "what has come back with a copy is erased again, counted and noted once",
    async run({ privacy, ledger, people, copy }) {
      await fill(ledger);
      const ada = await people.idOf(ADA, NAME);
      const restored = await copy();
      const erased = await erase(privacy, textOf("e1"), textOf("e4"), person(ada));
      expect(await restored.privacy.apply(erased)).toBe(3);
      expect(await restored.privacy.apply(erased)).toBe(0);
      expect(await left(restored.ledger)).toEqual(await left(ledger));
      expect(await restored.people.nameOf(ada)).toBeNull();
      expect(await restored.privacy.erasures()).toEqual(erased);
      expect(await restored.ledger.verify()).toMatchObject({ ok: true, events: 5 });
    },
  },
  {
    clause: "what stands elsewhere in another register is left alone there",
    async run({ privacy, ledger, people, stranger }) {
      await fill(ledger);
      const ada = await people.idOf(ADA, NAME);
      const other = await stranger();
      await other.ledger.append([to("alpha", 0, "e1", "e2")], stamp("another beginning"));
      expect(await other.people.idOf("slack:T1/U8", "Bob")).toBe(ada);
      const erased = await erase(privacy, textOf("e1"), textOf("e3"), person(ada));
      expect(await other.privacy.apply(erased)).toBe(0);
      expect(await left(other.ledger)).toEqual([
        ["e1", BOTH, []],
        ["e2", BOTH, []],
      ]);
      expect([await other.people.nameOf(ada), await other.privacy.erasures()]).toEqual(["Bob", []]);
    },
  },
  {
    clause: "the version grows with each erasure, over every connection, and with nothing else",
    async run({ privacy, ledger, another }) {
      const other = await another();
      const before = await privacy.version();
      await fill(ledger);
      await privacy.hold({ stream: "beta", held: true, by: "p1", at: minute(0) });
      expect(await other.privacy.version()).toBe(before);
      await erase(other.privacy, textOf("e1"));
      const after = await privacy.version();
      expect(after).toBeGreaterThan(before);
      await erase(privacy, textOf("e1"));
      expect(await other.privacy.version()).toBe(after);
    },
  },
];
