import type { PersonRef } from "../ports/chat.ts";
import type { Config, Settings } from "./config.ts";

/** A place as its adapter writes it: slack:T1/C2, teams:TENANT/CONVERSATION. */
export const PLACE = /^(slack:T[A-Z0-9]+\/[CDGUW][A-Z0-9]+|teams:[^/\s]+\/(19:[^\s/;@]+@\S+|a:\S+|person:\S+))$/;

/** As the adapters mint them: of Slack T… is a workspace, U… and W… are people; a person of Teams is their id in the directory, or by Teams (29:…). */
const PERSON = /^(slack:T[A-Z0-9]+\/[UW][A-Z0-9]+|teams:([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|29:[^/\s@]+))$/;

export function arePeople(list: string): boolean {
  return peopleIn(list).every((person) => PERSON.test(person));
}

export function peopleIn(list: string): readonly PersonRef[] {
  // An id of the directory is written in lower case, and one id must not look like two.
  return list.split(",").map((one) => one.trim().replace(/^teams:[0-9A-Fa-f-]+$/, (id) => id.toLowerCase()) as PersonRef);
}

/** A place of a platform that is not served would never be reached, and nobody would hear of it; nor would such a person administer. */
export function placeProblems(settings: Settings, served: Pick<Config, "slack" | "teams">): readonly string[] {
  const isServed = (named: string) => served[named.split(":")[0] as "slack" | "teams"] !== null;
  const unserved = (named: string) => `${named.split(":")[0]}, which is not configured`;
  const places = (["CUREWATCH_CANARY", "CUREWATCH_OPERATIONS"] as const).flatMap((name) => {
    const named = settings[name];
    if (named === undefined) return [];
    if (!isServed(named)) return [`${name}: is a place of ${unserved(named)}`];
    const tenant = served.teams?.tenantId ?? "";
    const isStrange = named.startsWith("teams:") && tenant !== "" && !named.toLowerCase().startsWith(`teams:${tenant}/`);
    return isStrange ? [`${name}: is a place of another tenant than TEAMS_TENANT_ID`] : [];
  });
  const people = peopleIn(settings.CUREWATCH_ADMINS ?? "").filter((person) => person !== "" && !isServed(person));
  return [...places, ...new Set(people.map((person) => `CUREWATCH_ADMINS: names a person of ${unserved(person)}`))];
}
