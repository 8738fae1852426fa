import type { Access } from "../../../../src/ports/access.ts";
import { USUAL_POLICY } from "../../../../src/ports/access.ts";
import type { AccessSubject } from "../../access.ts";
import type { Broken } from "../../clause.ts";
import { changing, permissive } from "./append-only.ts";

const broken = (breaks: string, change: (held: Access) => Partial<Access>): Broken<AccessSubject> =>
  changing<Access, "access">("access")<AccessSubject>(breaks, change);

/** Keepers of roles, admissions, confirmations and policies that each do one thing wrongly. */
export const brokenAccess: readonly Broken<AccessSubject>[] = [
  // By their moment.
  broken("the last role of each person counts, whatever its moment, after a restart too", (held) => ({
    async roles() {
      const roles = new Map(await held.roles());
      for (const person of roles.keys()) {
        const newest = (await held.grants(person)).toSorted((one, other) => (one.at < other.at ? -1 : 1)).at(-1)!;
        if (newest.role !== null) roles.set(person, newest.role);
      }
      return roles;
    },
  })),
  broken("a role that was taken back is left out", (held) => ({
    async roles() {
      const given = await held.grants("p2");
      const roles = await held.roles();
      return given.at(-1)?.role === null ? new Map([...roles, ["p2", "none"]]) : roles;
    },
  })),
  broken("all grants of a person are told as they were given, the oldest first", (held) => ({
    grants: async (person) => (await held.grants(person)).toReversed(),
  })),
  broken("the last word on each person and matter says who is let in, and matters without anybody are left out", (held) => ({
    admitted: async () => new Map([...(await held.admitted()), ["beta", new Set()]]),
  })),
  broken("all admissions to a matter are told as they were given, the oldest first", (held) => ({
    admissions: async (stream) => (await held.admissions(stream)).filter(({ admitted }) => admitted),
  })),
  broken("the last word on each place counts, with who said it and when", (held) => ({
    async confirm(confirmation) {
      if (confirmation.internal) await held.confirm(confirmation);
    },
  })),
  broken("a policy is the usual one but for what was changed, and the last change counts", (held) => ({
    setPolicy: (change, by, at) => held.setPolicy({ ...USUAL_POLICY, ...change }, by, at),
  })),
  broken("the version grows with each word, over every connection, and with nothing else", (held) => ({
    version: async () => (await held.version()) - ((await held.policy()).notes ? 1 : 0),
  })),
  ...permissive<AccessSubject>(["grants", "admissions", "confirmations", "policies"]),
];
