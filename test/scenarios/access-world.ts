import type { Audience, PersonKind, PersonRef, Place } from "../../src/ports/chat.ts";
import type { Asking } from "../../src/ports/form.ts";
import { type FormDesk, formDesk } from "../commands/form-desk.ts";

/** Three matters that differ in who may see them, each with words and sums of its own, and people and places of every kind. */
export const MATTERS = {
  public: { ref: "SAN-2023-901", key: "CNIL:SAN-2023-901", marks: ["Openwood", "7310", "7,310"] },
  desk: { ref: "SAN-2023-902", key: "CNIL:SAN-2023-902", marks: ["Deskbrook", "7320", "7,320"] },
  restricted: { ref: "SAN-2023-903", key: "CNIL:SAN-2023-903", marks: ["Hiddenhall", "7330", "7,330"] },
} as const;
export type Kind = keyof typeof MATTERS;
export const KINDS = Object.keys(MATTERS) as readonly Kind[];
/** A reference that no matter has. */
export const ABSENT = "SAN-2023-999";

export const PEOPLE = ["turned-away", "reader", "editor", "approver", "admin", "let-in", "guest", "stranger", "unknown"] as const;
export type Person = (typeof PEOPLE)[number];

export const PLACES = ["channel", "other-channel", "shared", "unconfirmed", "own"] as const;
export type Where = (typeof PLACES)[number];

const KIND_OF: Readonly<Partial<Record<Person, PersonKind>>> = { guest: "guest", stranger: "stranger", unknown: "unknown" };

export function personOf(person: Person): PersonRef {
  return `slack:T1/U-${person}` as PersonRef;
}

export function placeOf(where: Where, person: Person): Place {
  return (where === "own" ? `${personOf(person)}/dm` : `slack:T1/C-${where}`) as Place;
}

function audienceOf(place: Place): Audience {
  if (place.endsWith("/dm")) return { kind: "person", person: place.slice(0, -"/dm".length) as PersonRef };
  if (place.endsWith("shared")) return { kind: "shared", because: "external" };
  return place.endsWith("unconfirmed") ? { kind: "unknown" } : { kind: "internal" };
}

/** What each person may see, by the issue's own words and not by the code. */
export function maySee(person: Person, kind: Kind): boolean {
  if (person === "turned-away" || person === "unknown") return false;
  if (kind === "public") return true;
  if (person === "guest" || person === "stranger") return false;
  return kind === "desk" || person === "let-in";
}

/** What everybody in a place may see; in a person's own conversation, what they may. */
export function placeSees(where: Where, person: Person, kind: Kind): boolean {
  if (where === "own") return maySee(person, kind);
  if (kind === "public") return true;
  return kind === "desk" && (where === "channel" || where === "other-channel");
}

/** Whether sums are shown to them: neither to guests and strangers, nor where others read. */
export function seesAmounts(person: Person, where: Where, isRead: boolean): boolean {
  if (person === "guest" || person === "stranger") return false;
  return !isRead || (where !== "shared" && where !== "unconfirmed");
}

export interface World extends FormDesk {
  as(person: Person, where: Where, over?: Partial<Asking>): Partial<Asking>;
  /** What nobody may change who may not: the chain, who is told what, who took note, who may what. */
  state(): Promise<string>;
}

export async function openWorld(): Promise<World> {
  const kindOf = (person: PersonRef) => KIND_OF[person.slice("slack:T1/U-".length) as Person] ?? "member";
  const made = await formDesk("2024-05-01T09:00:00.000Z", { admins: [personOf("admin")], audience: audienceOf, kindOf });
  const { desk } = made;
  const as: World["as"] = (person, where, over = {}) => ({
    ...{ person: personOf(person), personName: person, place: placeOf(where, person) },
    ...over,
  });
  const ok = async (line: string, person: Person, where: Where = "channel") => {
    const before = await made.head();
    const answer = await made.type(line, as(person, where));
    return { answer, changed: (await made.head()) !== before };
  };
  // Everybody is known to the desk.
  for (const person of PEOPLE) await desk.store.people.idOf(personOf(person), person);
  for (const [person, role] of [
    ["turned-away", "none"],
    ["reader", "reader"],
    ["editor", "editor"],
    ["approver", "approver"],
    ["let-in", "approver"],
  ] as const)
    await ok(`role ${person} is ${role}`, "admin");
  for (const kind of KINDS) {
    const { ref, marks } = MATTERS[kind];
    const line = `register CNIL ${ref} "${marks[0]} SA" --title "${marks[0]} file" --kind sanction --decided 2023-12-12 --notified 2023-12-18 --item dpo --order "${marks[0]} order" --period P2M --rate ${marks[1]} --per day --fine ${marks[1]}00 --visibility ${kind}`;
    const { changed } = await ok(line, "let-in");
    if (!changed) throw new Error(`${ref} was not registered`);
  }
  return {
    ...made,
    as,
    async state() {
      const { ledger, subscriptions, access, proposals, privacy } = desk.store;
      const streams = KINDS.map((kind) => MATTERS[kind].key);
      const heeds = [...(await desk.store.attention.of(streams))];
      const tables = [
        await ledger.head(),
        await subscriptions.all(),
        await access.version(),
        await proposals.open(),
        await privacy.erasures(),
      ];
      return JSON.stringify([...tables, heeds, [...(await privacy.holds())]]);
    },
  };
}
