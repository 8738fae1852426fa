import { expect } from "vitest";
import type { Clause } from "./clause.ts";
import type { LedgerSubject } from "./ledger.ts";
import { entry, fill, stamp, to } from "./ledger-fixtures.ts";

/** What appending and reading promise. */
export const appendClauses: readonly Clause<LedgerSubject>[] = [
  {
    clause: "what is appended is read back as it went in",
    async run({ ledger }) {
      expect(await ledger.head()).toEqual({ events: 0, hash: "0".repeat(64) });
      const blank = { eventId: "e2", type: "noted", on: null, data: {}, texts: {} };
      await ledger.append([{ stream: "alpha", expectedVersion: 0, entries: [entry("e1"), blank] }], stamp("c1"));
      const { recordedAt, by, via, commandId } = stamp("c1");
      const kept = { stream: "alpha", recordedAt, by, via, commandId, erased: [], hash: expect.stringMatching(/^[0-9a-f]{64}$/) };
      expect(await ledger.read("alpha")).toEqual([
        { ...entry("e1"), ...kept, position: 1, version: 1 },
        { ...blank, ...kept, position: 2, version: 2 },
      ]);
      expect(await ledger.read("nobody")).toEqual([]);
    },
  },
  {
    clause: "positions count over the chain and versions within a stream",
    async run({ ledger }) {
      await fill(ledger);
      const rows = await ledger.readAll(0, 100);
      expect(rows.map((row) => [row.position, row.stream, row.version])).toEqual([
        [1, "alpha", 1],
        [2, "alpha", 2],
        [3, "beta", 1],
        [4, "alpha", 3],
        [5, "alpha", 4],
      ]);
      expect(await ledger.head()).toEqual({ events: 5, hash: rows.at(-1)?.hash });
    },
  },
  {
    clause: "pages follow one another without a gap or a repeat",
    async run({ ledger }) {
      await fill(ledger);
      const pages = [await ledger.readAll(0, 2), await ledger.readAll(2, 2), await ledger.readAll(4, 2), await ledger.readAll(5, 2)];
      expect(pages.map((page) => page.map((row) => row.position))).toEqual([[1, 2], [3, 4], [5], []]);
    },
  },
  {
    clause: "a stream that has moved on refuses, tells its version and writes nothing",
    async run({ ledger }) {
      await fill(ledger);
      const before = await ledger.head();
      expect(await ledger.append([to("alpha", 2, "late")], stamp("c1"))).toEqual({ ok: false, stream: "alpha", actualVersion: 4 });
      expect(await ledger.append([to("gamma", 1, "early")], stamp("c2"))).toEqual({ ok: false, stream: "gamma", actualVersion: 0 });
      expect(await ledger.head()).toEqual(before);
    },
  },
  {
    clause: "who is let in by an append is let in with it: not by one that is refused, or given once more, and not where it is torn",
    async run({ ledger, access, hands }) {
      await fill(ledger);
      const admission = (person: string, id: string) => {
        const { by, recordedAt: at } = stamp(id);
        return { stream: "alpha", person, admitted: true, by, at };
      };
      const admissions = [admission("p7", "c1"), admission("p8", "c1")];
      await ledger.append([to("alpha", 4, "e5")], stamp("c1"), admissions);
      const admitted = async () => (await access.admissions("alpha")).map(({ person }) => person);
      expect(await admitted()).toEqual(["p7", "p8"]);
      await ledger.append([to("alpha", 4, "e5")], stamp("c1"), [admission("p7", "c1")]);
      await ledger.append([to("alpha", 4, "e6")], stamp("c2"), [admission("p9", "c2")]);
      expect(await admitted()).toEqual(["p7", "p8"]);
      const { length } = await ledger.read("alpha");
      const torn = await hands.tear(async () => {
        await ledger.append([to("alpha", length, "e7")], stamp("c3"), [admission("p9", "c3")]);
      });
      for (const copy of torn)
        expect([(await copy.ledger.read("alpha")).length, (await copy.access.admissions("alpha")).length]).toEqual([length, 2]);
    },
  },
  {
    clause: "all streams of an append are written, or none",
    async run({ ledger }) {
      await fill(ledger);
      const before = await ledger.head();
      const refused = await ledger.append([to("gamma", 0, "e1"), to("alpha", 2, "late"), to("delta", 0, "e1")], stamp("c1"));
      expect(refused).toEqual({ ok: false, stream: "alpha", actualVersion: 4 });
      expect(await ledger.head()).toEqual(before);
      const written = await ledger.append([to("gamma", 0, "e1"), to("alpha", 4, "e5"), to("delta", 0, "e1")], stamp("c1"));
      expect(written).toMatchObject({ ok: true, repeated: false, head: { events: 8 } });
    },
  },
  {
    clause: "the same command id twice is one append",
    async run({ ledger }) {
      const first = await ledger.append([to("alpha", 0, "e1", "e2"), to("beta", 0, "e1")], stamp("c1"));
      expect(first).toMatchObject({ ok: true, repeated: false });
      const second = await ledger.append([to("alpha", 0, "e1", "e2"), to("beta", 0, "e1")], stamp("c1"));
      expect(second).toEqual({ ...first, repeated: true });
      expect(await ledger.head()).toMatchObject({ events: 3 });
    },
  },
  {
    clause: "several streams are read together as each alone, and those that are not there are left out",
    async run({ ledger }) {
      await fill(ledger);
      const read = await ledger.readEach(["beta", "nobody", "alpha", "beta"]);
      const ofAlpha = ["e1", "e2", "e3", "e4"].map((eventId, index) => ({ ...entry(eventId), stream: "alpha", version: index + 1 }));
      expect(read.filter(({ stream }) => stream === "alpha")).toMatchObject(ofAlpha);
      expect(read.filter(({ stream }) => stream !== "alpha")).toMatchObject([{ ...entry("e1"), stream: "beta", version: 1, position: 3 }]);
      expect(await ledger.readEach([])).toEqual([]);
    },
  },
  {
    clause: "a command is known once something was recorded by it",
    async run({ ledger }) {
      expect(await ledger.knows("fill 2")).toBe(false);
      await fill(ledger);
      expect([await ledger.knows("fill 2"), await ledger.knows("fill 3")]).toEqual([true, false]);
    },
  },
  {
    clause: "an event id stands once in its stream",
    async run({ ledger }) {
      await fill(ledger);
      const before = await ledger.head();
      await expect(ledger.append([to("gamma", 0, "e1"), to("alpha", 4, "e5", "e2")], stamp("c1"))).rejects.toThrow();
      expect(await ledger.head()).toEqual(before);
    },
  },
  {
    clause: "what was appended is there after a restart",
    async run({ ledger, reopen }) {
      await fill(ledger);
      const head = await ledger.head();
      const again = await reopen();
      expect(await again.head()).toEqual(head);
      expect(await again.append([to("alpha", 0, "e1")], stamp("fill 1"))).toEqual({ ok: true, head, repeated: true });
    },
  },
  {
    clause: "two writers at once make one chain",
    async run({ ledger, another }) {
      const writers = [ledger, await another()];
      const appends = Array.from({ length: 24 }, (_, index) =>
        writers[index % 2]!.append([to(`stream ${index}`, 0, "e1")], stamp(`c${index}`)),
      );
      for (const appended of await Promise.all(appends)) expect(appended).toMatchObject({ ok: true, repeated: false });
      for (const writer of writers) expect(await writer.verify()).toMatchObject({ ok: true, events: 24 });
    },
  },
];
