import { expect } from "vitest";
import type { Trace, Trail } from "../../src/ports/trail.ts";
import { type AppendOnly, refusals } from "./append-only.ts";
import { type Clause, type Closable, contract } from "./clause.ts";
import { minute } from "./delivery-fixtures.ts";

export interface TrailSubject extends Closable, AppendOnly<"traces"> {
  readonly trail: Trail;
  /** Closes it and opens it again. */
  reopen(): Promise<Trail>;
  /** The same over a second connection. */
  another(): Promise<Trail>;
}

function trace(changes: Partial<Trace> = {}): Trace {
  const done = { action: "viewed", stream: "alpha", verb: "show" } as const;
  return { at: minute(0), by: "p1", from: "console:main", ...done, detail: {}, ...changes };
}

/** What every trail must do: see src/ports/trail.ts. */
export const TRAIL_CLAUSES: readonly Clause<TrailSubject>[] = [
  {
    clause: "what was noted is read back whole and in its order, after a restart too",
    async run({ trail, reopen }) {
      const noted = [
        trace({ at: minute(5), detail: { event: "e3", stages: [7, null], deep: { sure: true } } }),
        trace({ at: minute(2), action: "recorded", verb: "complied", from: "slack", by: "p2" }),
      ];
      await trail.note(noted);
      const more = trace({ at: minute(1), action: "exported", verb: "export" });
      await trail.note([more]);
      expect(await trail.of("alpha")).toEqual([...noted, more]);
      expect(await (await reopen()).of("alpha")).toEqual([...noted, more]);
    },
  },
  {
    clause: "of a matter only its own is told",
    async run({ trail }) {
      await trail.note([trace(), trace({ stream: "beta" }), trace({ stream: null, action: "policy" })]);
      expect(await trail.of("alpha")).toEqual([trace()]);
      expect(await trail.of("gamma")).toEqual([]);
    },
  },
  {
    clause: "the latest come first, at most as many as asked for, and such that are of no matter too",
    async run({ trail }) {
      const noted = [0, 1, 2].map((index) => trace({ verb: `verb${index}`, stream: index === 1 ? null : "alpha", at: minute(-index) }));
      await trail.note(noted);
      expect(await trail.latest(2)).toEqual([noted[2], noted[1]]);
      expect(await trail.latest(9)).toEqual(noted.toReversed());
    },
  },
  {
    clause: "the latest of one person are theirs alone, however many others did something since",
    async run({ trail }) {
      await trail.note([trace(), trace({ verb: "why" }), ...Array.from({ length: 5 }, () => trace({ by: "p2" }))]);
      expect(await trail.latest(1, { by: "p1" })).toEqual([trace({ verb: "why" })]);
      expect(await trail.latest(1, { by: "p3" })).toEqual([]);
    },
  },
  {
    clause: "the latest of some actions are found, however much else was noted since",
    async run({ trail }) {
      const exported = trace({ action: "exported", stream: null, verb: "export" });
      const ofOne = trace({ action: "exported", verb: "export" });
      await trail.note([exported, ofOne, ...Array.from({ length: 5 }, () => trace({ action: "refused", stream: null }))]);
      expect(await trail.latest(3, { actions: ["exported", "backed-up"] })).toEqual([ofOne, exported]);
      expect(await trail.latest(1, { actions: ["exported"], ofNone: true })).toEqual([exported]);
      expect(await trail.latest(1, { actions: ["exported"], by: "p2" })).toEqual([]);
    },
  },
  {
    clause: "what was done to a person is found, whoever did it and however much was noted since",
    async run({ trail }) {
      const given = trace({ action: "role", stream: null, verb: "role", by: "p2", detail: { person: "p1", role: "editor" } });
      const others = Array.from({ length: 5 }, () => trace({ by: "p1", detail: { person: "p11", note: "p1" } }));
      await trail.note([given, ...others]);
      expect(await trail.latest(3, { about: "p1" })).toEqual([given]);
      expect(await trail.latest(3, { about: "p2" })).toEqual([]);
    },
  },
  {
    clause: "refusals are counted by person, verb and day",
    async run({ trail }) {
      const refused = (changes: Partial<Trace> = {}) => trace({ action: "refused", stream: null, verb: "erase", ...changes });
      const day = 24 * 60;
      await trail.note([
        ...[0, 1, 2].map((index) => refused({ at: minute(index), from: index === 2 ? "slack:T1/C1" : "slack" })),
        refused({ by: "p2", at: minute(3) }),
        refused({ verb: "role", at: minute(4) }),
        refused({ at: minute(day), from: "slack" }),
        trace({ at: minute(day + 1) }),
      ]);
      const expected = [
        { at: minute(day), by: "p1", from: "slack", verb: "erase", times: 1 },
        { at: minute(4), by: "p1", from: "console:main", verb: "role", times: 1 },
        { at: minute(3), by: "p2", from: "console:main", verb: "erase", times: 1 },
        { at: minute(2), by: "p1", from: null, verb: "erase", times: 3 },
      ];
      expect(await trail.refusals(9)).toEqual(expected);
      expect(await trail.refusals(1)).toEqual(expected.slice(0, 1));
      expect(await trail.refusals(9, "p2")).toEqual([expected[2]]);
    },
  },
  {
    clause: "of many who note at once nothing is lost",
    async run({ trail, another }) {
      const both = [trail, await another()];
      const verbs = Array.from({ length: 8 }, (_, index) => `verb${index}`);
      await Promise.all(verbs.map((verb, index) => both[index % 2]!.note([trace({ verb })])));
      expect((await trail.of("alpha")).map(({ verb }) => verb).toSorted()).toEqual(verbs);
    },
  },
  ...refusals<TrailSubject>(["traces"], async ({ trail }) => {
    await trail.note([trace(), trace({ by: "p2" })]);
    return () => trail.of("alpha");
  }),
];

/** Declares one test a clause. */
export function trailContract(name: string, open: () => Promise<TrailSubject>): void {
  contract(`the trail contract: ${name}`, TRAIL_CLAUSES, open);
}
