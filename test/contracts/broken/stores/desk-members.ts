import type { DeskMembers } from "../../../../src/ports/desk-members.ts";
import type { Broken } from "../../clause.ts";
import type { DeskMembersSubject } from "../../desk-members.ts";
import { changing, permissive } from "./append-only.ts";

const broken = (breaks: string, change: (held: DeskMembers) => Partial<DeskMembers>): Broken<DeskMembersSubject> =>
  changing<DeskMembers, "members">("members")<DeskMembersSubject>(breaks, change);

/** Keepers of the desks' members that each do one thing wrongly. */
export const brokenDeskMembers: readonly Broken<DeskMembersSubject>[] = [
  broken("a workspace and a place of it can belong to different desks, after a restart too", (held) => ({
    async all() {
      const all = await held.all();
      return new Map([...all].map(([member, desk]) => [member, all.get(member.split("/")[0]!) ?? desk]));
    },
  })),
  broken("what is a desk's already is given to none, and that desk is answered", (held) => ({
    async assign(member, desk, at) {
      const before = await held.assign(member, desk, at);
      return before === desk ? null : before;
    },
  })),
  broken("what was taken back is nobody's, and may be given to another", (held) => ({
    async all() {
      const all = new Map(await held.all());
      // Until somebody else has it.
      const [last] = (await held.given("slack:T1/C2")).slice(-1);
      if (last?.desk === null && all.size === 0) all.set(last.member, "client");
      return all;
    },
  })),
  broken("what nobody has cannot be taken back", (held) => ({
    async release(member, at) {
      const before = await held.release(member, at);
      return before === null && (await held.given(member)).length === 0 ? "main" : before;
    },
  })),
  broken("all that was said of a member is told as it was said, the oldest first", (held) => ({
    given: async (member) => (await held.given(member)).toSorted((one, other) => (one.at < other.at ? -1 : 1)),
  })),
  broken("the version grows with each word, over every connection, and with nothing else", (held) => ({
    version: async () => (await held.all()).size,
  })),
  // Looks first, and writes when others may have written.
  broken("of many who want the same member at once one has it", (held) => ({
    async assign(member, desk, at) {
      const before = (await held.all()).get(member) ?? null;
      if (before !== null) return before;
      await held.assign(member, desk, at);
      return null;
    },
  })),
  ...permissive<DeskMembersSubject>(["members"]),
];
