import type { Proposal, Proposals } from "../../../../src/ports/proposals.ts";
import type { Broken } from "../../clause.ts";
import type { ProposalsSubject } from "../../proposals.ts";
import { changing, permissive } from "./append-only.ts";

const broken = (breaks: string, change: (held: Proposals) => Partial<Proposals>): Broken<ProposalsSubject> =>
  changing<Proposals, "proposals">("proposals")<ProposalsSubject>(breaks, change);

function byMoment(all: readonly Proposal[]): readonly Proposal[] {
  return all.toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0));
}

/** Keepers of proposals that each do one thing wrongly. */
export const brokenProposals: readonly Broken<ProposalsSubject>[] = [
  broken("what was proposed is read back whole, after a restart too", (held) => ({
    propose: (proposal) => held.propose({ ...proposal, place: proposal.place ?? ("console:main" as never) }),
  })),
  broken("each has an id of its own, and what is none means none", (held) => ({ of: (id) => held.of(id.trim()) })),
  broken("those that wait are told, the oldest first", (held) => ({ open: async () => byMoment(await held.open()) })),
  broken("all of a matter are told, settled ones too, the oldest first", (held) => ({
    about: async (stream) =>
      (await held.about(stream)).filter(({ texts, outcome }) => outcome === null || "declined" in texts || stream !== "alpha"),
  })),
  broken("what became of one is kept, and why it was declined among its texts", (held) => ({
    settle: (id, outcome) => held.settle(id, outcome),
  })),
  // Answers the second one as it answered the first.
  broken("one is settled once, and one that is unknown never", (held) => ({
    async settle(id, outcome, because) {
      const known = await held.of(id);
      return (await held.settle(id, outcome, because)) || (known?.outcome?.kind === "declined" && outcome.kind === "approved");
    },
  })),
  // Looks first, and takes its word for it.
  broken("of many who settle at once one decides", (held) => ({
    async settle(id, outcome, because) {
      const known = await held.of(id);
      if (known === null || known.outcome !== null) return false;
      await held.settle(id, outcome, because);
      return true;
    },
  })),
  broken("those that were settled after a moment are told, the oldest first", (held) => ({
    settledSince: async (at) => (await held.settledSince(at)).toReversed(),
  })),
  ...permissive<ProposalsSubject>(["proposals", "outcomes"]),
];
