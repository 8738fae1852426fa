import { everybodysRole } from "../../alerts/sights.ts";
import { plainCard } from "../../cards/answers.ts";
import { rolesCard, type ShownRole } from "../../cards/roles-card.ts";
import { refuse } from "../../law/finding.ts";
import { ROLES, type Role } from "../../ports/access.ts";
import type { PersonRef } from "../../ports/chat.ts";
import { type Command, type Context, misunderstood, type Outcome } from "../command.ts";
import { type PersonMeant, personMeant, personShown } from "../person-meant.ts";
import { lookAtAll } from "../subscribed.ts";
import { noteTrace } from "../trail.ts";

/** The word that takes a role back: the one of everybody holds again. */
const DEFAULT = "default";

/** Who may do what: shown, or given to a person. What the configuration says of administrators stands above it. */
export const role: Command = {
  verb: "role",
  summary: "help.role",
  group: "watch",
  access: "writes",
  who: "admin",
  positionals: [
    { name: "person", kind: "text", offers: "person" },
    { name: "is", kind: "literal" },
    { name: "role", kind: "choice", allowed: [...ROLES, DEFAULT] },
  ],
  options: [],
  examples: ["role", "role @ana", "role @ana is approver", "role slack:T1/U2 is none", "role @ana is default"],
  async run(values, context) {
    if (values.person === undefined) return everybody(context);
    const meant = await personMeant(values.person as string, context);
    if ("refused" in meant) return meant;
    if (values.role === undefined)
      return values.is === undefined
        ? one(meant, context)
        : misunderstood("argument-missing", { name: "ROLE", usage: "role PERSON is ROLE" });
    return give(meant, values.role as Role | typeof DEFAULT, context);
  },
};

async function everybody({ store, sights, language, zone }: Context): Promise<Outcome> {
  const { access, people } = store;
  const usual = everybodysRole(await sights.policy(), sights.admins);
  const configured: ShownRole[] = [];
  for (const person of sights.admins) configured.push({ person, name: await people.nameOf(person), role: "admin", by: null, at: null });
  const given: ShownRole[] = [];
  for (const [id, held] of await access.roles()) {
    const person = await people.refOf(id);
    if (person !== null && sights.admins.includes(person)) continue;
    const last = (await access.grants(id)).at(-1);
    const by = last === undefined ? null : await people.nameOf(last.by);
    given.push({ person: person ?? id, name: await people.nameOf(id), role: held, by, at: last?.at ?? null });
  }
  const json = { everybody: usual, administrators: sights.admins, roles: given };
  return { cards: [rolesCard(language, { usual, configured, given }, zone)], json };
}

async function one(meant: PersonMeant, context: Context): Promise<Outcome> {
  const { role: held, kind } = await context.sights.ofPerson(meant.person);
  const card = plainCard(context.language, "role.of", { name: personShown(meant), role: held });
  return { cards: [card], json: { person: meant.person, name: meant.name, role: held, kind } };
}

async function give(meant: PersonMeant, wanted: Role | typeof DEFAULT, context: Context): Promise<Outcome> {
  const { store, sights, clock, person, personName, language } = context;
  if (meant.person.startsWith("console:")) return refuse("role-terminal");
  if (sights.admins.includes(meant.person as PersonRef)) return refuse("role-configured", { name: personShown(meant) });
  const given = wanted === DEFAULT ? null : wanted;
  const before = (await store.access.roles()).get(meant.id) ?? null;
  if (given !== before) {
    const by = await store.people.idOf(person, personName);
    await store.access.grant({ person: meant.id, role: given, by, at: clock.now() });
    await noteTrace(context, "role", { verb: "role", detail: { person: meant.id, role: given, before } });
    await lookAtAll(context);
  }
  const { role: now } = await sights.ofPerson(meant.person);
  const card = plainCard(language, given === null ? "role.taken-back" : "role.given", { name: personShown(meant), role: now });
  return { cards: [card], json: { person: meant.person, name: meant.name, role: given, before, holds: now } };
}
