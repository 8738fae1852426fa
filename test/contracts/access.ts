import { expect } from "vitest";
import { type Access, type Admission, type Confirmation, type RoleGrant, USUAL_POLICY } from "../../src/ports/access.ts";
import { type AppendOnly, refusals } from "./append-only.ts";
import { type Clause, type Closable, contract } from "./clause.ts";
import { HERE, minute, THERE } from "./delivery-fixtures.ts";

export interface AccessSubject extends Closable, AppendOnly<"grants" | "admissions" | "confirmations" | "policies"> {
  readonly access: Access;
  /** Closes it and opens it again. */
  reopen(): Promise<Access>;
  /** The same over a second connection. */
  another(): Promise<Access>;
}

function grant(changes: Partial<RoleGrant> = {}): RoleGrant {
  return { person: "p2", role: "editor", by: "p1", at: minute(0), ...changes };
}

function admission(changes: Partial<Admission> = {}): Admission {
  return { stream: "alpha", person: "p2", admitted: true, by: "p1", at: minute(0), ...changes };
}

function confirmation(changes: Partial<Confirmation> = {}): Confirmation {
  return { place: HERE, internal: true, by: "p1", at: minute(0), ...changes };
}

/** One of each. */
async function fill(access: Access): Promise<void> {
  await access.grant(grant());
  await access.admit([admission()]);
  await access.confirm(confirmation());
  await access.setPolicy({ notes: true }, "p1", minute(0));
}

async function all(access: Access) {
  return [await access.grants("p2"), await access.admissions("alpha"), await access.confirmations(), await access.policy()];
}

/** What every keeper of roles, admissions, confirmations and policies must do: see src/ports/access.ts. */
export const ACCESS_CLAUSES: readonly Clause<AccessSubject>[] = [
  {
    clause: "the last role of each person counts, whatever its moment, after a restart too",
    async run({ access, reopen }) {
      await access.grant(grant({ role: "admin", at: minute(9) }));
      await access.grant(grant({ role: "none", at: minute(1) }));
      await access.grant(grant({ person: "p3", role: "approver" }));
      const roles = new Map([
        ["p2", "none"],
        ["p3", "approver"],
      ]);
      expect(await access.roles()).toEqual(roles);
      expect(await (await reopen()).roles()).toEqual(roles);
    },
  },
  {
    clause: "a role that was taken back is left out",
    async run({ access }) {
      await access.grant(grant());
      await access.grant(grant({ role: null }));
      expect(await access.roles()).toEqual(new Map());
    },
  },
  {
    clause: "all grants of a person are told as they were given, the oldest first",
    async run({ access }) {
      const given = [grant({ at: minute(3) }), grant({ role: null, by: "p4", at: minute(1) }), grant({ at: minute(2) })];
      for (const one of given) await access.grant(one);
      await access.grant(grant({ person: "p3" }));
      expect(await access.grants("p2")).toEqual(given);
      expect(await access.grants("p9")).toEqual([]);
    },
  },
  {
    clause: "the last word on each person and matter says who is let in, and matters without anybody are left out",
    async run({ access, reopen }) {
      await access.admit([admission(), admission({ person: "p3" }), admission({ stream: "beta" }), admission({ stream: "gamma" })]);
      await access.admit([admission({ admitted: false }), admission({ stream: "gamma", admitted: false })]);
      await access.admit([admission({ stream: "gamma", at: minute(-5) }), admission({ stream: "beta", admitted: false })]);
      const admitted = new Map([
        ["alpha", new Set(["p3"])],
        ["gamma", new Set(["p2"])],
      ]);
      expect(await access.admitted()).toEqual(admitted);
      expect(await (await reopen()).admitted()).toEqual(admitted);
    },
  },
  {
    clause: "all admissions to a matter are told as they were given, the oldest first",
    async run({ access }) {
      const given = [admission({ at: minute(4) }), admission({ person: "p3" }), admission({ admitted: false, by: "p7", at: minute(2) })];
      await access.admit(given.slice(0, 2));
      await access.admit([...given.slice(2), admission({ stream: "beta" })]);
      expect(await access.admissions("alpha")).toEqual(given);
      expect(await access.admissions("gamma")).toEqual([]);
    },
  },
  {
    clause: "the last word on each place counts, with who said it and when",
    async run({ access, reopen }) {
      await access.confirm(confirmation({ at: minute(9) }));
      await access.confirm(confirmation({ place: THERE }));
      await access.confirm(confirmation({ internal: false, by: "p4", at: minute(2) }));
      const last = new Map([
        [HERE, confirmation({ internal: false, by: "p4", at: minute(2) })],
        [THERE, confirmation({ place: THERE })],
      ]);
      expect(await access.confirmations()).toEqual(last);
      expect(await (await reopen()).confirmations()).toEqual(last);
    },
  },
  {
    clause: "a policy is the usual one but for what was changed, and the last change counts",
    async run({ access, reopen }) {
      expect(await access.policy()).toEqual(USUAL_POLICY);
      await access.setPolicy({ role: "reader", notes: true, retain: "P5Y" }, "p1", minute(5));
      const now = await access.setPolicy({ notes: false, pendingHours: 24, retain: null }, "p2", minute(1));
      expect(now).toEqual({ ...USUAL_POLICY, role: "reader", notes: false, pendingHours: 24 });
      expect(await (await reopen()).policy()).toEqual(now);
    },
  },
  {
    clause: "the version grows with each word, over every connection, and with nothing else",
    async run({ access, another }) {
      const other = await another();
      const versions = [await access.version(), await other.version()];
      await other.grant(grant());
      versions.push(await access.version());
      await access.admit([admission()]);
      versions.push(await access.version());
      await other.confirm(confirmation());
      versions.push(await access.version());
      await other.setPolicy({ notes: true }, "p1", minute(0));
      versions.push(await access.version());
      await all(access);
      versions.push(await other.version());
      expect([versions[0], versions[5]]).toEqual([versions[1], versions[6]]);
      for (let index = 2; index <= 5; index++) expect(versions[index]).toBeGreaterThan(versions[index - 1]!);
    },
  },
  ...refusals<AccessSubject>(["grants", "admissions", "confirmations", "policies"], async ({ access }) => {
    await fill(access);
    return () => all(access);
  }),
];

/** Declares one test a clause. */
export function accessContract(name: string, open: () => Promise<AccessSubject>): void {
  contract(`the access contract: ${name}`, ACCESS_CLAUSES, open);
}
