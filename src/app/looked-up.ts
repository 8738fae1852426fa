import type { Context } from "../commands/command.ts";
import { millisecondsOf } from "../time/instant.ts";
import type { Desk } from "./answer.ts";

const MINUTE = 60_000;

interface Lately {
  /** In milliseconds. */
  readonly since: number;
  readonly keys: Set<string>;
}

const LATELY = new WeakMap<Desk, Map<string, Lately>>();

/**
 * The matters that a person was given to choose from within the last minute, those of now among them from here on: each key press asks anew, and
 * is no look of its own.
 */
export function lookedUpLately(desk: Desk, { person, clock, looks }: Context): ReadonlySet<string> {
  const now = millisecondsOf(clock.now());
  const people = LATELY.get(desk) ?? new Map<string, Lately>();
  LATELY.set(desk, people);
  for (const [one, { since }] of people) if (now - since >= MINUTE || now < since) people.delete(one);
  const held = people.get(person) ?? { since: now, keys: new Set<string>() };
  people.set(person, held);
  const before = new Set(held.keys);
  for (const key of looks.keys) held.keys.add(key);
  return before;
}
