import { type Refusal, refuse } from "../law/finding.ts";
import type { PersonRef } from "../ports/chat.ts";
import type { Context } from "./command.ts";
import { meetMentioned, PLACE } from "./person-or-place.ts";

/** One person, by their opaque id, as their adapter knows them, and by name. */
export interface PersonMeant {
  readonly id: string;
  readonly person: PersonRef;
  readonly name: string;
}

/**
 * The person whom a line means: by mention or reference, by the name that one known person bears, or me. Somebody whom the desk has never met is
 * meant by the reference of a person whom their platform can reach, and on a command line by any: roles are given there before anybody has typed
 * a word. A name can be taken on by somebody else, so an answer says by reference too who was meant.
 */
export async function personMeant(text: string, context: Context): Promise<PersonMeant | Refusal> {
  const { store, person, personName, terminal } = context;
  const { people } = store;
  if (/^@?me$/i.test(text.trim())) return { id: await people.idOf(person, personName), person, name: personName };
  await meetMentioned(text, context);
  if (PLACE.test(text)) {
    const ref = text as PersonRef;
    const known = await people.known(ref);
    if (known !== null) return { id: known, person: ref, name: (await people.nameOf(known)) ?? ref };
    const isPerson = terminal !== null || context.direct(ref) !== null;
    return !isPerson ? refuse("person-unknown", { name: text }) : { id: await people.idOf(ref, ref), person: ref, name: ref };
  }
  const name = text.trim().replace(/^@/, "");
  const found: PersonMeant[] = [];
  for (const id of name === "" ? [] : await people.named(name)) {
    const ref = await people.refOf(id);
    if (ref !== null) found.push({ id, person: ref, name: (await people.nameOf(id)) ?? ref });
  }
  if (found.length > 1) return refuse("person-ambiguous", { name, candidates: found.map((one) => one.person) });
  return found[0] ?? refuse("person-unknown", { name });
}

/** The same as an answer names them: with the reference, since a name can be taken on by somebody else. */
export function personShown({ name, person }: Pick<PersonMeant, "name" | "person">): string {
  return name === person ? person : `@${name.replace(/^@/, "")} (${person})`;
}
