import type { Access, Admission } from "../ports/access.ts";
import type { PersonRef, Place } from "../ports/chat.ts";
import type { People } from "../ports/ledger.ts";
import type { Instant } from "../time/instant.ts";

/** Somebody who is let in on a restricted matter and has a conversation of their own with the bot. */
export interface LetIn {
  readonly place: Place;
  /** What happened before is not told: whoever is let in reads the history. */
  readonly since: Instant;
}

export interface LetInSource {
  readonly access: Pick<Access, "admissions">;
  readonly people: People;
  direct(person: PersonRef): Place | null;
}

/**
 * The conversations of those who are let in on a matter now, or were just before a moment; those of whom nobody knows any more who they are, or how to
 * reach them, are left out.
 */
export async function letInOn({ access, people, direct }: LetInSource, stream: string, before?: Instant): Promise<readonly LetIn[]> {
  const found: LetIn[] = [];
  const admissions = (await access.admissions(stream)).filter(({ at }) => before === undefined || at < before);
  for (const [person, since] of admittedSince(admissions)) {
    const ref = await people.refOf(person);
    const place = ref === null ? null : direct(ref);
    if (place !== null) found.push({ place, since });
  }
  return found;
}

/** Since when each is let in without a break. */
export function admittedSince(admissions: readonly Admission[]): ReadonlyMap<string, Instant> {
  const since = new Map<string, Instant>();
  for (const { person, admitted, at } of admissions) {
    if (!admitted) since.delete(person);
    else if (!since.has(person)) since.set(person, at);
  }
  return since;
}
