import { type Refusal, refuse } from "../law/finding.ts";
import { ROLES, type Role } from "../ports/access.ts";
import type { Command, Context } from "./command.ts";

/** Whether a role holds what another one asks for. */
export function atLeast(held: Role, needed: Role): boolean {
  return ROLES.indexOf(held) >= ROLES.indexOf(needed);
}

/**
 * Why whoever asks may not run a command, or null: the one check of every door, made before anything of a matter is read. It depends on who asks,
 * where, and on the command alone, so that it tells nothing of what is registered.
 */
export async function refusedTo(
  command: Pick<Command, "verb" | "access" | "who" | "whoAlone" | "whoUnadministered">,
  context: Context,
): Promise<Refusal | null> {
  const away = await turnedAway(context);
  if (away !== null) return away;
  const { role, kind } = await context.clearance();
  const { verb } = command;
  const needed = isAlone(context) ? (command.whoAlone ?? command.who) : command.who;
  if (atLeast(role, needed)) return null;
  // Guests and strangers to whom no role was given may ask, and see what is public.
  if (role === "none") return isQuestion(command) ? null : lacking(verb, needed, kind === "guest" ? "guest" : "stranger", context);
  const otherwise = command.whoUnadministered;
  if (otherwise !== undefined && atLeast(role, otherwise) && !(await isAdministered(context))) return null;
  return lacking(verb, needed, role, context);
}

/** Why somebody gets no answer at all, or null: they were turned away, or the platform cannot tell now who they are. */
export async function turnedAway(context: Context): Promise<Refusal | null> {
  const { role, kind, sight } = await context.clearance();
  if (role !== "none") return null;
  if (!sight.any) return refusedByAdmins("role-none", {}, context);
  return kind === "unknown" ? refusedByAdmins("person-not-told", {}, context) : null;
}

/** What a change needs that depends on its matter, which is in sight: null where whoever asks has the role. */
export async function lackingFor(verb: string, needed: Role, context: Context): Promise<Refusal | null> {
  const { role } = await context.clearance();
  return atLeast(role, needed) ? null : lacking(verb, needed, role, context);
}

/** In a person's own conversation with the bot. */
export function isAlone({ direct, person, place }: Pick<Context, "direct" | "person" | "place">): boolean {
  return direct(person) === place;
}

function isQuestion({ access, who }: Pick<Command, "access" | "who">): boolean {
  return access === "reads" && who === "reader";
}

async function lacking(verb: string, needs: Role, yours: Role | "guest" | "stranger", context: Context): Promise<Refusal> {
  return refusedByAdmins("role-lacking", { verb, needs, yours }, context);
}

/** A refusal that names those who can give a role. */
async function refusedByAdmins(code: string, args: Refusal["args"], context: Context): Promise<Refusal> {
  const people = await whoAdministers(context);
  const admins = Object.keys(people);
  return admins.length === 0 ? refuse(code, args) : { ...refuse(code, { ...args, admins }), people };
}

async function isAdministered({ sights, store }: Context): Promise<boolean> {
  return sights.admins.length > 0 || [...(await store.access.roles()).values()].includes("admin");
}

/** Those who can give a role, by name; a person of the configuration whom the desk has never met is named as it names them. */
async function whoAdministers({ sights, store }: Context): Promise<Readonly<Record<string, string>>> {
  const { people, access } = store;
  const found = new Map<string, string>();
  const add = (name: string, person: string) => found.set(name, found.get(name) ?? person);
  for (const person of sights.admins) add(shown((await people.nameOf(person)) ?? person), person);
  for (const [id, role] of await access.roles()) {
    const name = role === "admin" ? await people.nameOf(id) : null;
    if (name !== null) add(shown(name), (await people.refOf(id)) ?? id);
  }
  return Object.fromEntries(found);
}

function shown(name: string): string {
  return name.includes(":") ? name : `@${name.replace(/^@/, "")}`;
}
