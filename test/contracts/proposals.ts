import { expect } from "vitest";
import type { Proposal, ProposalOutcome, Proposals } from "../../src/ports/proposals.ts";
import { type AppendOnly, refusals } from "./append-only.ts";
import { type Clause, type Closable, contract } from "./clause.ts";
import { HERE, minute } from "./delivery-fixtures.ts";

export interface ProposalsSubject extends Closable, AppendOnly<"proposals" | "outcomes"> {
  readonly proposals: Proposals;
  /** Closes them and opens them again. */
  reopen(): Promise<Proposals>;
  /** The same over a second connection. */
  another(): Promise<Proposals>;
}

type Asked = Omit<Proposal, "id" | "outcome">;

function asked(changes: Partial<Asked> = {}): Asked {
  const event = { type: "complied", on: "2024-03-01", items: [{ id: "notice", rate: 2.5 }] };
  const matter = { stream: "alpha", version: 3, event, texts: { because: "they sent it", "items.0.order": "do it" } };
  return { ...matter, by: "p1", at: minute(0), place: HERE, expiresAt: minute(60), ...changes };
}

function outcome(changes: Partial<ProposalOutcome> = {}): ProposalOutcome {
  return { kind: "approved", by: "p2", at: minute(5), eventId: "e4", ...changes };
}

const DECLINED = outcome({ kind: "declined", eventId: null });

/** What every keeper of proposals must do: see src/ports/proposals.ts. */
export const PROPOSALS_CLAUSES: readonly Clause<ProposalsSubject>[] = [
  {
    clause: "what was proposed is read back whole, after a restart too",
    async run({ proposals, reopen }) {
      const proposed = await proposals.propose(asked());
      expect(proposed).toEqual({ ...asked(), id: proposed.id, outcome: null });
      const plain = asked({ texts: {}, place: null });
      const bare = await proposals.propose(plain);
      expect(bare).toEqual({ ...plain, id: bare.id, outcome: null });
      const again = await reopen();
      expect([await again.of(proposed.id), await again.of(bare.id)]).toEqual([proposed, bare]);
    },
  },
  {
    clause: "each has an id of its own, and what is none means none",
    async run({ proposals, another }) {
      const other = await another();
      const made = await Promise.all([proposals, other, proposals, other].map((of) => of.propose(asked())));
      expect(made.map(({ id }) => id).toSorted()).toEqual(["a1", "a2", "a3", "a4"]);
      for (const id of ["a5", "a0", "a01", "1", "", "a1 "]) expect(await proposals.of(id)).toBeNull();
    },
  },
  {
    clause: "those that wait are told, the oldest first",
    async run({ proposals }) {
      const [one, two, three] = [
        await proposals.propose(asked({ at: minute(3) })),
        await proposals.propose(asked({ at: minute(2) })),
        await proposals.propose(asked({ stream: "beta", at: minute(1) })),
      ];
      expect(await proposals.open()).toEqual([one, two, three]);
      await proposals.settle(two.id, outcome());
      expect(await proposals.open()).toEqual([one, three]);
    },
  },
  {
    clause: "all of a matter are told, settled ones too, the oldest first",
    async run({ proposals }) {
      const one = await proposals.propose(asked());
      await proposals.propose(asked({ stream: "beta" }));
      const two = await proposals.propose(asked({ by: "p3" }));
      await proposals.settle(one.id, DECLINED);
      expect(await proposals.about("alpha")).toEqual([{ ...one, outcome: DECLINED }, two]);
      expect(await proposals.about("gamma")).toEqual([]);
    },
  },
  {
    clause: "what became of one is kept, and why it was declined among its texts",
    async run({ proposals, reopen }) {
      const one = await proposals.propose(asked());
      expect(await proposals.settle(one.id, DECLINED, "not yet")).toBe(true);
      const settled = { ...one, texts: { ...one.texts, declined: "not yet" }, outcome: DECLINED };
      expect(await (await reopen()).of(one.id)).toEqual(settled);
    },
  },
  {
    clause: "one is settled once, and one that is unknown never",
    async run({ proposals }) {
      const one = await proposals.propose(asked());
      await proposals.settle(one.id, DECLINED);
      expect(await proposals.settle(one.id, outcome({ by: "p3" }))).toBe(false);
      expect((await proposals.of(one.id))?.outcome).toEqual(DECLINED);
      expect(await proposals.settle("a7", outcome())).toBe(false);
    },
  },
  {
    clause: "of many who settle at once one decides",
    async run({ proposals, another }) {
      const both = [proposals, await another()];
      const { id } = await proposals.propose(asked());
      const people = ["p2", "p3", "p4", "p5", "p6", "p7"];
      const said = await Promise.all(people.map((by, index) => both[index % 2]!.settle(id, outcome({ by, eventId: null }))));
      expect(said.filter((one) => one)).toHaveLength(1);
      expect((await proposals.of(id))?.outcome?.by).toBe(people[said.indexOf(true)]);
    },
  },
  {
    clause: "those that were settled after a moment are told, the oldest first",
    async run({ proposals }) {
      const made = [];
      for (let index = 0; index < 4; index++) made.push(await proposals.propose(asked()));
      const at = [minute(9), minute(5), minute(6)];
      for (const [index, when] of at.entries()) await proposals.settle(made[index]!.id, { ...DECLINED, at: when });
      expect((await proposals.settledSince(minute(5))).map(({ id }) => id)).toEqual([made[0]!.id, made[2]!.id]);
      expect(await proposals.settledSince(minute(9))).toEqual([]);
    },
  },
  ...refusals<ProposalsSubject>(["proposals", "outcomes"], async ({ proposals }) => {
    const { id } = await proposals.propose(asked());
    await proposals.settle(id, DECLINED);
    return () => proposals.about("alpha");
  }),
];

/** Declares one test a clause. */
export function proposalsContract(name: string, open: () => Promise<ProposalsSubject>): void {
  contract(`the proposals contract: ${name}`, PROPOSALS_CLAUSES, open);
}
