import { shownFilter, withAsker } from "../alerts/filter.ts";
import { byReferenceToo } from "../alerts/kept-by-name.ts";
import { type Refusal, refuse } from "../law/finding.ts";
import type { PersonRef, Place } from "../ports/chat.ts";
import { type Context, type Misunderstanding, misunderstood } from "./command.ts";

/** A place or a person as an adapter mints them: its name, a colon, and what it alone reads. */
export const PLACE = /^[a-z][a-z0-9-]*:\S+$/;
/** What places look like, as a refusal shows it. */
const PLACES: readonly string[] = ["slack:T1/C2", "teams:TENANT/CONVERSATION"];

/** The same as the asker's own platform writes it; of each where it has none of its own, as a terminal. */
export function placesFor({ place }: Pick<Context, "place">): readonly string[] {
  const own = PLACES.filter((one) => one.split(":")[0] === place.split(":")[0]);
  return own.length > 0 ? own : PLACES;
}

/** Where a line means to go: a place by its id, or the own conversation of a person, mentioned or by the name that the register knows. */
export async function placeMeant(text: string, context: Context): Promise<Place | Refusal | Misunderstanding> {
  await meetMentioned(text, context);
  // A mention names a person by reference; what is no person's is a place.
  if (PLACE.test(text)) {
    const place = context.direct(text as PersonRef) ?? (text as Place);
    // Another desk's is refused in the same words as one that nobody has: whether it is there is not this desk's to know.
    return context.owns(place) ? place : refuse("place-unknown", { place });
  }
  const name = text.trim().replace(/^@/, "");
  if (name === "" || name.includes(":"))
    return misunderstood("place-unread", { name: "to", got: `"${text}"`, allowed: [...placesFor(context), "@ana"] });
  const ids = await context.store.people.named(name);
  if (ids.length === 0) return refuse("person-unknown", { name });
  const refs: PersonRef[] = [];
  for (const id of ids) {
    const ref = await context.store.people.refOf(id);
    if (ref !== null) refs.push(ref);
  }
  if (refs.length > 1) return refuse("person-ambiguous", { name, candidates: refs });
  return (refs[0] === undefined ? null : context.direct(refs[0])) ?? refuse("person-no-direct", { name });
}

/** Whoever a line mentions by reference is known by name from then on, though they may never have typed a command themselves. */
export async function meetMentioned(text: string, { mentions = [], store }: Context): Promise<void> {
  const met = mentions.find(({ person }) => person === text);
  if (met !== undefined) await store.people.idOf(met.person, met.name);
}

/** A person or their own conversation by name, where it is known; else as it is written. */
export async function nameShown(text: string, { mentions = [], store }: Context): Promise<string> {
  if (!PLACE.test(text)) return text;
  const name = mentions.find(({ person }) => person === text)?.name ?? (await store.people.nameOf(text));
  return name === null ? text : `@${name.replace(/^@/, "")}`;
}

const OF_PEOPLE = /^(assigned|owner|people):(.+)$/is;

/**
 * Filters as whoever typed them means them: me is the asker, and a person who is mentioned by reference is meant by name as well, as the one person
 * of a name is by reference, since matters may be assigned to either.
 */
export async function filtersMeant(texts: readonly string[], context: Context): Promise<readonly string[]> {
  const { personName: name, person: asker } = context;
  const meant: string[] = [];
  for (const text of withAsker(texts, { name, person: asker })) {
    const [, filter = "", who = ""] = OF_PEOPLE.exec(text) ?? [];
    const known = PLACE.test(who) ? await nameShown(who, context) : who;
    const isMentioned = known !== who;
    meant.push(
      isMentioned ? `${filter.toLowerCase()}:${known.replace(/^@/, "")},${who}` : await byReferenceToo(context.store.people, text),
    );
  }
  return meant;
}

/** Filters as people read them: whom they name by reference is shown by name, where one is known. */
export async function filtersShown(filters: readonly string[], context: Context): Promise<readonly string[]> {
  return (await filtersMeant(filters, context)).map(shownFilter);
}
