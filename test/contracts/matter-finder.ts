import { expect } from "vitest";
import type { Ledger } from "../../src/ports/ledger.ts";
import type { Asked, Derived, MatterFinder, MatterIndex, Told } from "../../src/ports/matter-index.ts";
import { day } from "../../src/time/day.ts";
import type { Instant } from "../../src/time/instant.ts";
import { type Clause, type Closable, contract } from "./clause.ts";
import { minute } from "./delivery-fixtures.ts";
import { stamp, to } from "./ledger-fixtures.ts";

export interface MatterFinderSubject extends Closable {
  readonly finder: MatterFinder;
  readonly index: MatterIndex;
  readonly ledger: Ledger;
}

const [ONE, OTHER, GOOGLE, THIRD] = ["AEPD:PS-7", "CNIL:PS-7", "CNIL:PS-7/google-llc", "CNIL:SAN-1"] as const;
const ALL = [ONE, OTHER, GOOGLE, THIRD];
const AT = minute(0);
const RULES = "rules of today";

function derived(authority: string, state: string, told: Partial<Told> = {}): Derived {
  const known = { by: RULES, states: [state], visibility: "desk", ...told };
  return { authority, ref: "PS-7", kind: "order", state, nextDay: day("2024-03-01"), told: known };
}

/** Four matters, each of which was looked at and sleeps until minute 60; the last has two events. */
async function filled({ ledger, index }: Pick<MatterFinderSubject, "ledger" | "index">): Promise<void> {
  await ledger.append(
    ALL.map((stream) => to(stream, 0, "e1")),
    stamp("fill 1"),
  );
  await ledger.append([to(THIRD, 1, "e2")], stamp("fill 2"));
  const tellings: readonly (readonly [string, number, Derived])[] = [
    [ONE, 1, derived("AEPD", "curing", { visibility: "public" })],
    [OTHER, 1, derived("CNIL", "accruing", { states: ["accruing", "closed"] })],
    [GOOGLE, 1, derived("CNIL", "closed", { visibility: "restricted" })],
    [THIRD, 2, { ...derived("CNIL", "accruing"), kind: "notice", nextDay: null }],
  ];
  const looks = tellings.map(([stream, version, told]) => ({ stream, version, wakeAt: minute(60), derived: told }));
  await index.looked(looks, AT);
}

/** An entry that names somebody at that path. */
function assignment(stream: string, expectedVersion: number, path: string, name: string) {
  const append = to(stream, expectedVersion, `assigned to ${name}`);
  return { ...append, entries: append.entries.map((entry) => ({ ...entry, texts: { [path]: name } })) };
}

async function found(finder: MatterFinder, asked: Partial<Asked>, now: Instant = minute(1)): Promise<readonly string[]> {
  return (await finder.page(null, 10, { now, by: RULES, ...asked })).map(({ stream }) => stream);
}

/** What every finder of matters must do: see src/ports/matter-index.ts. */
export const MATTER_FINDER_CLAUSES: readonly Clause<MatterFinderSubject>[] = [
  {
    clause: "matters are counted, up to as many as were asked for",
    async run(subject) {
      expect(await subject.finder.size(10)).toBe(0);
      await filled(subject);
      expect([await subject.finder.size(10), await subject.finder.size(3)]).toEqual([4, 3]);
    },
  },
  {
    clause: "a matter is found by its reference, whoever's it is and whomever it addresses, with its version",
    async run({ finder, ledger, index }) {
      await filled({ ledger, index });
      expect((await finder.named(["PS-7"])).map(({ stream }) => stream).toSorted()).toEqual([ONE, OTHER, GOOGLE]);
      expect(await finder.named(["SAN-1", "SAN-2"])).toEqual([{ stream: THIRD, version: 2 }]);
      expect(await finder.named(["PS-7/google-llc", "AEPD:PS-7", "SAN", ""])).toEqual([]);
    },
  },
  {
    clause: "a matter is found by its reference after everything was made anew",
    async run({ finder, ledger, index }) {
      await filled({ ledger, index });
      await index.rebuild();
      expect(await finder.named(["SAN-1"])).toEqual([{ stream: THIRD, version: 2 }]);
    },
  },
  {
    clause: "the versions of those that are there are told, and of no others",
    async run({ finder, ledger, index }) {
      await filled({ ledger, index });
      const told = await finder.versions([THIRD, "CNIL:NONE", ONE]);
      expect(told.toSorted((a, b) => (a.stream < b.stream ? -1 : 1))).toEqual([
        { stream: ONE, version: 1 },
        { stream: THIRD, version: 2 },
      ]);
    },
  },
  {
    clause: "pages of matters follow one another in the order of their streams",
    async run({ finder, ledger, index }) {
      await filled({ ledger, index });
      const first = await finder.page(null, 3);
      expect(first.map(({ stream }) => stream)).toEqual([ONE, OTHER, GOOGLE]);
      expect(await finder.page(first.at(-1)!.stream, 3)).toEqual([{ stream: THIRD, version: 2 }]);
    },
  },
  {
    clause: "who is mentioned is found by any part of the name, in the order of recording, and no more than were asked for",
    async run({ finder, ledger, index }) {
      await filled({ ledger, index });
      expect(await finder.mentioned("names", (text) => text.includes("Ada"), 10)).toEqual(ALL);
      expect(await finder.mentioned("names", (text) => text.includes("Ada"), 2)).toEqual([ONE, OTHER]);
      // What people have written besides is not looked through.
      expect(await finder.mentioned("names", (text) => text.includes("Stop"), 10)).toEqual([]);
    },
  },
  {
    clause: "to whom it was assigned is looked for apart",
    async run({ finder, ledger, index }) {
      await filled({ ledger, index });
      await ledger.append([assignment(ONE, 1, "to", "Ada Example"), assignment(THIRD, 2, "set.to", "Grace")], stamp("assigned"));
      expect(await finder.mentioned("people", () => true, 10)).toEqual([ONE, THIRD]);
      expect(await finder.mentioned("people", (text) => text === "Grace", 10)).toEqual([THIRD]);
      expect(await finder.mentioned("names", (text) => text === "Grace" || text === "Ada Example", 10)).toEqual([]);
    },
  },
  {
    clause: "what cannot fit is left out",
    async run({ finder, ledger, index }) {
      await filled({ ledger, index });
      expect(await found(finder, { authority: "CNIL" })).toEqual([OTHER, GOOGLE, THIRD]);
      expect(await found(finder, { state: "closed" })).toEqual([OTHER, GOOGLE]);
      expect(await found(finder, { kind: "notice" })).toEqual([THIRD]);
      expect(await found(finder, { visibility: "restricted" })).toEqual([GOOGLE]);
      expect(await found(finder, { dueBy: day("2024-02-29") })).toEqual([]);
      expect(await found(finder, { dueBy: day("2024-03-01"), authority: "AEPD" })).toEqual([ONE]);
    },
  },
  {
    clause: "what was recorded since it was told may fit",
    async run({ finder, ledger, index }) {
      await filled({ ledger, index });
      await ledger.append([to(ONE, 1, "e2")], stamp("c1"));
      expect(await found(finder, { visibility: "restricted" })).toEqual([ONE, GOOGLE]);
      expect(await found(finder, { kind: "notice" })).toEqual([ONE, THIRD]);
    },
  },
  {
    clause: "what may have come to pass since it was looked at may fit, and so may what other rules have told",
    async run({ finder, ledger, index }) {
      await filled({ ledger, index });
      expect(await found(finder, { state: "capped" }, minute(60))).toEqual(ALL);
      expect(await found(finder, { state: "capped" }, minute(-1))).toEqual(ALL);
      expect(await found(finder, { state: "capped", by: "rules of tomorrow" })).toEqual(ALL);
      await index.wake([ONE]);
      expect(await found(finder, { state: "capped" })).toEqual([ONE]);
    },
  },
];

/** Declares one test a clause. */
export function matterFinderContract(name: string, open: () => Promise<MatterFinderSubject>): void {
  contract(`the matter-finder contract: ${name}`, MATTER_FINDER_CLAUSES, open);
}
