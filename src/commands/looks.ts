import { restrictedAmong } from "../alerts/restricted.ts";
import type { Context } from "./command.ts";

/**
 * What an answer is made of: the keys of the matters that were given to a command by name, and of those whose row a list shows. What is noted as a
 * look, and what is announced in words that name nothing, rests on this and not on how an answer reads.
 */
export interface Looks {
  readonly keys: ReadonlySet<string>;
  /** Those of which the trail knows already. */
  readonly noted: Set<string>;
  add(keys: Iterable<string>): void;
}

export function freshLooks(): Looks {
  const keys = new Set<string>();
  return {
    keys,
    noted: new Set(),
    add(more) {
      for (const key of more) keys.add(key);
    },
  };
}

/** The restricted matters among those that were looked at. `also` are keys that came into sight meanwhile. */
export async function restrictedSeen({ looks, sight, register }: Context, also: readonly string[] = []): Promise<readonly string[]> {
  if (looks.keys.size === 0) return [];
  const { restricted } = await sight();
  const keys = [...looks.keys].filter((key) => restricted === "all" || restricted.has(key) || also.includes(key));
  if (keys.length === 0) return [];
  return (await restrictedAmong(register, keys)).map(({ key }) => key);
}

/** The keys of the matters that stand in the contents of a card. */
export function keysIn(contents: unknown, found: Set<string> = new Set()): ReadonlySet<string> {
  if (Array.isArray(contents)) for (const one of contents) keysIn(one, found);
  else if (typeof contents === "object" && contents !== null) {
    const { standing } = contents as { readonly standing?: { readonly key?: unknown } };
    if (typeof standing?.key === "string") found.add(standing.key);
    else for (const one of Object.values(contents)) if (Array.isArray(one)) keysIn(one, found);
  }
  return found;
}
