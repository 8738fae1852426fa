import { sightKey } from "../commands/sight-key.ts";
import type { Asking } from "../ports/form.ts";
import type { Desk } from "./answer.ts";

const REMEMBERED = 1000;

interface Kept<Told> {
  /** Null where it may not be given any more. */
  answer: Promise<Told> | null;
  /** What whoever asked could see when it was given, and what was erased by then; null where that could not be told. */
  readonly seen: Promise<string | null>;
}

/**
 * A platform's retry carries the same id of the same person in the same place: it gets the answer of its first delivery, and is not run again. The
 * last thousand are remembered. Where roles, admissions, policy or what was erased have changed since, the answer is forgotten: `lapsed` says so.
 */
export function once<Asked extends Pick<Asking, "id" | "place" | "person" | "language">, Told>(
  desk: Pick<Desk, "store" | "sights">,
  work: (asked: Asked) => Promise<Told>,
  lapsed: (asked: Asked) => Told,
): (asked: Asked) => Promise<Told> {
  const kept = new Map<string, Kept<Told>>();

  async function again(before: Kept<Told>, asked: Asked): Promise<Told> {
    const { answer } = before;
    const told = await answer;
    const seen = await before.seen;
    if (answer !== null && seen !== null && seen === (await seenBy(desk, asked))) return told as Told;
    before.answer = null;
    return lapsed(asked);
  }

  return (asked) => {
    const key = JSON.stringify([asked.place, asked.person, asked.id]);
    const before = kept.get(key);
    if (before !== undefined) return again(before, asked);
    const answer = work(asked);
    const seen = answer.then(
      () => seenBy(desk, asked),
      () => null,
    );
    kept.set(key, { answer, seen });
    if (kept.size > REMEMBERED) kept.delete(kept.keys().next().value!);
    return answer;
  };
}

/** What tells whether the same person may still be given the same; null where the register cannot be asked. */
async function seenBy({ store, sights }: Pick<Desk, "store" | "sights">, { person }: Pick<Asking, "person">): Promise<string | null> {
  try {
    const { role, kind, sight } = await sights.ofPerson(person);
    return JSON.stringify([await store.access.version(), await store.privacy.version(), role, kind, sightKey(sight)]);
  } catch {
    return null;
  }
}
