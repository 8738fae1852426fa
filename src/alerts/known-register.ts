import { knownAt, type Matter } from "../matter/history.ts";
import { visibilityOf } from "../matter/sight.ts";
import type { Instant } from "../time/instant.ts";
import type { Register } from "./register.ts";

/** The register as it was recorded by that instant, to be read: what was registered later is left out. Who may know of a matter is asked of now. */
export function registerKnownAt(register: Register, instant: Instant): Register {
  const known = (matter: Matter) => asRecorded(matter, instant);
  return {
    ...register,
    all: async () => (await register.all()).flatMap(known),
    async *each(sought) {
      for await (const some of register.each(sought)) yield some.flatMap(known);
    },
    matter: async (key) => {
      const found = await register.matter(key);
      return found === null ? null : (known(found)[0] ?? null);
    },
    named: async (name) => (await register.named(name)).flatMap(known),
    some: async (keys) => (await register.some(keys)).flatMap(known),
  };
}

function asRecorded(matter: Matter, instant: Instant): readonly Matter[] {
  const then = knownAt(matter, instant);
  if (then === null) return [];
  const visibility = visibilityOf(matter);
  if (visibilityOf(then) === visibility) return [then];
  const events = then.events.filter(({ event }) => event.type !== "visibility");
  return [{ ...then, facts: { ...then.facts, visibility }, events }];
}
