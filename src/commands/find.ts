import { called, namesApart, namesOfPeople } from "../alerts/names.ts";
import type { Register } from "../alerts/register.ts";
import { authorityOf } from "../law/catalogue.ts";
import { type Refusal, refuse } from "../law/finding.ts";
import type { RecordedEvent } from "../matter/events.ts";
import { knownAt, type Matter } from "../matter/history.ts";
import { nearest } from "../matter/nearest.ts";
import { standingNow, standingOn } from "../matter/standing.ts";
import type { Standing } from "../matter/standing-types.ts";
import type { Day } from "../time/day.ts";
import { dayIn, parseInstant } from "../time/instant.ts";
import type { Context, Values } from "./command.ts";
import { folded } from "./folded.ts";

/** How many matters of a respondent are named where several fit. */
const CANDIDATES = 10;

/**
 * The one matter that a name means; refused with the candidates, or with what is near. A question may name its respondent by a part (show kour);
 * what is recorded has to name its matter.
 */
export async function findMatter(
  name: string,
  context: Context,
  asked: "by-reference" | "by-respondent" = "by-reference",
): Promise<Matter | Refusal> {
  const { register } = context;
  const [found, ...others] = await register.named(name);
  if (found !== undefined && others.length === 0) return found;
  if (found !== undefined) return refuse("matter-ambiguous", { name, candidates: [found, ...others].map(({ key }) => key) });
  const theirs: string[] = [];
  let first: Matter | null = null;
  const wanted = folded(name);
  const text = { of: "names", fits: (held: string) => folded(held).includes(wanted) } as const;
  for await (const some of isRespondent(wanted) ? register.each({ text }) : [])
    for (const matter of some.filter(({ facts }) => folded(facts.respondent).includes(wanted))) {
      first ??= matter;
      theirs.push(matter.key);
    }
  context.looks.add(theirs.slice(0, CANDIDATES));
  if (first !== null && theirs.length === 1 && asked === "by-respondent") return first;
  if (theirs.length === 1) return refuse("matter-not-found", { name, near: theirs[0]! });
  if (theirs.length > 1) {
    const candidates = theirs.slice(0, CANDIDATES);
    return refuse("matter-ambiguous", { name, candidates, ...(theirs.length > CANDIDATES ? { more: theirs.length - CANDIDATES } : {}) });
  }
  const { near, keys } = await nearestKeys(name, register);
  context.looks.add(keys);
  const here = await leavesOut(context);
  return refuse("matter-not-found", { name, ...(near === null ? {} : { near }), ...(here ? { here: "yes" } : {}) });
}

/** Whether everybody in the place reads the answer, and not all of them may see what whoever asks does: said of every name alike. */
async function leavesOut(context: Context): Promise<boolean> {
  const [{ sight: own }, seen] = [await context.clearance(), await context.sight()];
  return own.desk !== seen.desk || (own.restricted !== seen.restricted && (own.restricted === "all" || own.restricted.size > 0));
}

/** Shorter parts are in too many names. */
const SHORTEST = 3;

/** Whether it can be a part of a respondent's name, whatever its accents and case; a reference is none. */
function isRespondent(part: string): boolean {
  return part.length >= SHORTEST && !/\d/.test(part);
}

/** The key, or the reference, that a mistyped name most likely means, and the keys of the matters that it names. */
async function nearestKeys(name: string, register: Register): Promise<{ readonly near: string | null; readonly keys: readonly string[] }> {
  let near: string | null = null;
  let found: string[] = [];
  for await (const some of register.versions()) {
    const refOf = (key: string) => key.slice(key.indexOf(":") + 1);
    const keys = some.map(({ key }) => key);
    const words = [...keys, ...keys.map(refOf)];
    // The nearest so far stands first: another one has to be nearer.
    const nearer: string | null = nearest(name, near === null ? words : [near, ...words]);
    if (nearer !== near) found = [];
    near = nearer;
    found.push(...keys.filter((key) => key === near || refOf(key) === near));
  }
  return { near, keys: found };
}

/** The civil day at a matter's authority now. */
export function todayOf(matter: Matter, { clock }: Context): Day {
  return dayIn(authorityOf(matter.facts.authority)!.zone, clock.now());
}

/** Refuses a day that has not come yet at the authority of one of the matters; null where it has at all of them, or none is asked for. */
export function toCome(on: Day | null, matters: readonly Matter[], context: Context): Refusal | null {
  if (on === null) return null;
  const today = matters.map((matter) => todayOf(matter, context)).find((today) => on > today);
  return today === undefined ? null : refuse("on-in-future", { day: on, today });
}

/** A matter as a question asks for it: as recorded by --known-at, on the day of --on or now. A day to come is refused: cost projects. */
export async function askedStanding(
  values: Values,
  context: Context,
): Promise<{ matter: Matter; standing: Standing; asOf: Day | null } | Refusal> {
  const found = await findMatter(values.ref as string, context, "by-respondent");
  if ("refused" in found) return found;
  const today = todayOf(found, context);
  const on = (values.on ?? null) as Day | null;
  const early = toCome(on, [found], context);
  if (early !== null) return early;
  const matter = asKnown(found, values);
  if (matter === null) return refuse("not-known-then", { ref: found.facts.ref, at: String(values["known-at"]) });
  const standing = await withPeople(on === null ? standingNow(matter, today) : standingOn(matter, on), matter, context);
  return { matter, standing, asOf: on };
}

/** The matter as recorded by --known-at, or now; null where it was not registered by then. */
export function asKnown(matter: Matter, values: Values): Matter | null {
  const instant = values["known-at"] === undefined ? null : parseInstant(values["known-at"] as string);
  return instant === null ? matter : knownAt(matter, instant);
}

/** The same, where a question is about all items of the matter or about the one that is named; refused where it has no such item. */
export async function askedItems(
  values: Values,
  context: Context,
): Promise<{ matter: Matter; standing: Standing; asked: readonly string[] } | Refusal> {
  const found = await askedStanding(values, context);
  if ("refused" in found) return found;
  const items = found.standing.items.map(({ id }) => id);
  const item = values.item as string | undefined;
  if (item !== undefined && !items.includes(item)) return refuse("item-unknown", { item, items });
  return { ...found, asked: item === undefined ? items : [item] };
}

/** The names behind the opaque ids of those who recorded the events, with the id where two bear the same; an erased one stays an id. */
export async function namesOf(events: readonly RecordedEvent[], { store }: Context): Promise<ReadonlyMap<string, string>> {
  return namesApart(
    events.map(({ by }) => by),
    store.people,
  );
}

/** Where a matter stands, with the names of the people who are named by their platform's reference. */
export async function withPeople(standing: Standing, matter: Matter, { store }: Context): Promise<Standing> {
  return called(standing, await namesOfPeople([matter], store.people));
}

/** How a matter is named in answers: its reference, with its addressee where it has one. */
export function nameOf({ facts }: Pick<Matter, "facts">): string {
  return facts.addressee === undefined ? facts.ref : `${facts.ref}/${facts.addressee}`;
}
