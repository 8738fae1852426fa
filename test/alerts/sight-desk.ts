import type { DeskPolicy } from "../../src/ports/access.ts";
import type { Audience, ChatAdapter, PersonKind, PersonRef, Place } from "../../src/ports/chat.ts";
import { ORDER } from "../support/given.ts";
import { type Answers, deskOfTest, moment } from "./desk-of-test.ts";

export const [INSIDE, SHARED, UNTOLD, OPERATIONS] = ["memory:inside", "memory:shared", "memory:untold", "memory:operations"] as [
  Place,
  Place,
  Place,
  Place,
];
export const [ANA, BEN] = ["memory:direct/memory:ana", "memory:direct/memory:ben"] as [Place, Place];
/** Two weeks before the end, on a Tuesday, nine in the morning in Paris: a reminder and the digests are due. */
export const START = moment("2024-02-20T08:00");
export const NO_DIGEST = { digest: "off" } as const;

/** The words by which a matter would be known. */
export const NAMES = /SAN-2024-\d+|Exemple|CNIL/;

const USUAL: Readonly<Record<string, Audience>> = {
  [SHARED]: { kind: "shared", because: "external" },
  [UNTOLD]: { kind: "unknown" },
};

/** A desk whose places are read by whom their names say; a person's own conversation by that person. */
export async function sightDesk(answer?: Answers, over: Partial<ChatAdapter> = {}) {
  const audiences = new Map<string, Audience>(Object.entries(USUAL));
  const kinds = new Map<PersonRef, PersonKind>();
  const asked: Place[] = [];
  const desk = await deskOfTest(answer, {
    async audience(place) {
      asked.push(place);
      const alone = place.startsWith("memory:direct/") ? (place.slice("memory:direct/".length) as PersonRef) : null;
      return audiences.get(place) ?? (alone === null ? { kind: "internal" } : { kind: "person", person: alone });
    },
    kindOf: async (person) => kinds.get(person) ?? "member",
    ...over,
  });
  const { access, people } = desk.store;
  const by = "p1";
  const idOf = (name: string) => people.idOf(`memory:${name}`, name);
  return Object.assign(desk, {
    audiences,
    kinds,
    /** Each time a place was asked who reads there. */
    asked,
    idOf,
    /** Registers a matter that only those may see. */
    file: (ref: string, visibility: "public" | "desk" | "restricted", facts: object = {}) =>
      desk.hold({ ...ORDER, ref, visibility, ...facts }),
    async admit(stream: string, name: string, admitted = true) {
      await access.admit([{ stream, person: await idOf(name), admitted, by, at: desk.clock.now() }]);
    },
    confirm: (place: Place, internal = true) => access.confirm({ place, internal, by, at: desk.clock.now() }),
    policy: (change: Partial<DeskPolicy>) => access.setPolicy(change, by, desk.clock.now()),
    grant: async (name: string, role: "none" | "reader" | null) =>
      access.grant({ person: await idOf(name), role, by, at: desk.clock.now() }),
    /** What was posted in a place, all of it as one text. */
    toldIn: (place: Place) =>
      desk.posts
        .filter(({ to }) => to === place)
        .map(({ text }) => text)
        .join("\n"),
  });
}

export type SightDesk = Awaited<ReturnType<typeof sightDesk>>;
