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
      expect(await trail.latest(1, "p1")).toEqual([trace({ verb: "why" })]);
      expect(await trail.latest(1, "p3")).toEqual([]);
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
