import { expect } from "vitest";
import type { DeskMembers } from "../../src/ports/desk-members.ts";
import { type AppendOnly, refusals } from "./append-only.ts";
import { type Clause, type Closable, contract } from "./clause.ts";
import { minute } from "./delivery-fixtures.ts";

export interface DeskMembersSubject extends Closable, AppendOnly<"members"> {
  readonly members: DeskMembers;
  /** Closes it and opens it again. */
  reopen(): Promise<DeskMembers>;
  /** The same over a second connection, as another desk has it. */
  another(): Promise<DeskMembers>;
}

const WORKSPACE = "slack:T1";
const PLACE = "slack:T1/C2";

/** What every keeper of the desks' members must do: see src/ports/desk-members.ts. */
export const DESK_MEMBERS_CLAUSES: readonly Clause<DeskMembersSubject>[] = [
  {
    clause: "a workspace and a place of it can belong to different desks, after a restart too",
    async run({ members, reopen }) {
      expect(await members.assign(WORKSPACE, "firm", minute(0))).toBe(null);
      expect(await members.assign(PLACE, "client", minute(1))).toBe(null);
      const all = new Map([
        [WORKSPACE, "firm"],
        [PLACE, "client"],
      ]);
      expect(await members.all()).toEqual(all);
      expect(await (await reopen()).all()).toEqual(all);
    },
  },
  {
    clause: "what is a desk's already is given to none, and that desk is answered",
    async run({ members, another }) {
      await members.assign(PLACE, "client", minute(0));
      expect(await members.assign(PLACE, "rival", minute(1))).toBe("client");
      expect(await (await another()).assign(PLACE, "client", minute(2))).toBe("client");
      expect(await members.all()).toEqual(new Map([[PLACE, "client"]]));
      expect(await members.given(PLACE)).toHaveLength(1);
    },
  },
  {
    clause: "what was taken back is nobody's, and may be given to another",
    async run({ members }) {
      await members.assign(PLACE, "client", minute(5));
      expect(await members.release(PLACE, minute(1))).toBe("client");
      expect(await members.all()).toEqual(new Map());
      expect(await members.assign(PLACE, "rival", minute(2))).toBe(null);
      expect(await members.all()).toEqual(new Map([[PLACE, "rival"]]));
    },
  },
  {
    clause: "what nobody has cannot be taken back",
    async run({ members }) {
      await members.assign(WORKSPACE, "firm", minute(0));
      expect(await members.release(PLACE, minute(1))).toBe(null);
      expect(await members.given(PLACE)).toEqual([]);
      expect(await members.all()).toEqual(new Map([[WORKSPACE, "firm"]]));
    },
  },
  {
    clause: "all that was said of a member is told as it was said, the oldest first",
    async run({ members }) {
      await members.assign(PLACE, "client", minute(9));
      await members.assign(WORKSPACE, "firm", minute(3));
      await members.release(PLACE, minute(4));
      await members.assign(PLACE, "rival", minute(2));
      expect(await members.given(PLACE)).toEqual([
        { member: PLACE, desk: "client", at: minute(9) },
        { member: PLACE, desk: null, at: minute(4) },
        { member: PLACE, desk: "rival", at: minute(2) },
      ]);
    },
  },
  {
    clause: "the version grows with each word, over every connection, and with nothing else",
    async run({ members, another }) {
      const other = await another();
      const versions = [await members.version(), await other.version()];
      await other.assign(PLACE, "client", minute(0));
      versions.push(await members.version());
      await members.release(PLACE, minute(1));
      versions.push(await members.version());
      await members.release(PLACE, minute(2));
      await members.all();
      versions.push(await other.version());
      expect(versions[1]).toBe(versions[0]);
      expect(versions[2]).toBeGreaterThan(versions[1]!);
      expect(versions[3]).toBeGreaterThan(versions[2]!);
      expect(versions[4]).toBe(versions[3]);
    },
  },
  {
    clause: "of many who want the same member at once one has it",
    async run({ members, another }) {
      const both = [members, await another()];
      const desks = Array.from({ length: 8 }, (_, index) => `desk-${index}`);
      const held = await Promise.all(desks.map((desk, index) => both[index % 2]!.assign(PLACE, desk, minute(index))));
      const [winner] = [...(await members.all()).values()];
      expect(held.filter((one) => one === null)).toHaveLength(1);
      expect(winner).toBe(desks[held.indexOf(null)]);
      expect(await members.given(PLACE)).toHaveLength(1);
    },
  },
  ...refusals<DeskMembersSubject>(["members"], async ({ members }) => {
    await members.assign(WORKSPACE, "firm", minute(0));
    await members.assign(PLACE, "client", minute(0));
    return async () => [await members.all(), await members.given(PLACE)];
  }),
];

/** Declares one test a clause. */
export function deskMembersContract(name: string, open: () => Promise<DeskMembersSubject>): void {
  contract(`the desk-members contract: ${name}`, DESK_MEMBERS_CLAUSES, open);
}
