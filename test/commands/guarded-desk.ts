import { contextOf } from "../../src/app/answer.ts";
import { dispatchLine } from "../../src/commands/dispatcher.ts";
import { COMMANDS } from "../../src/commands/index.ts";
import { type Role, USUAL_POLICY } from "../../src/ports/access.ts";
import type { Answer, Audience, PersonRef, Place } from "../../src/ports/chat.ts";
import type { Instant } from "../../src/time/instant.ts";
import { type FormDesk, formDesk, textOf, usualAudience } from "./form-desk.ts";

/** One person for each role, and those of whom the platform says something else than that they are of the company. */
export const PEOPLE = {
  admin: "slack:T1/UADMIN",
  approver: "slack:T1/UAPPROVER",
  editor: "slack:T1/UEDITOR",
  reader: "slack:T1/UREADER",
  none: "slack:T1/UNONE",
  guest: "slack:T1/UGUEST",
  stranger: "slack:T1/USTRANGER",
  unknown: "slack:T1/UUNKNOWN",
} as const satisfies Readonly<Record<string, string>>;
export type Who = keyof typeof PEOPLE;
export const EVERYBODY = Object.keys(PEOPLE) as readonly Who[];

export const SHARED = "slack:T1/CSHARED" as Place;
export const UNTOLD = "slack:T1/CUNTOLD" as Place;
export const NOT_NOW = "slack:T1/CNOTNOW" as Place;
export const INTERNAL = "slack:T1/C1" as Place;

const AUDIENCES = new Map<Place, Audience>([
  [SHARED, { kind: "shared", because: "external" }],
  [UNTOLD, { kind: "unknown" }],
  [NOT_NOW, { kind: "unknown", because: "not-now" }],
]);

export const PUBLIC = "CNIL:PUB-2024-001";
export const DESK = "CNIL:DESK-2024-002";
export const SECRET = "CNIL:SECRET-2024-003";

export interface GuardedDesk extends FormDesk {
  /** Types a line as somebody, in a place or in their own conversation. */
  as(who: Who, text: string, place?: Place | "alone"): Promise<Answer>;
  /** What they are told, as one text. */
  told(who: Who, text: string, place?: Place | "alone"): Promise<string>;
  /** The same on the command line, which is read by whoever has the file. */
  terminal(text: string): Promise<unknown>;
  id(who: Who): Promise<string>;
}

/**
 * A desk that somebody administers, with a public matter, one of the desk and one that is restricted, on which the editor alone is let in. The
 * reader has no role of their own: everybody reads.
 */
export async function guardedDesk(): Promise<GuardedDesk> {
  const kinds: Readonly<Record<string, "guest" | "stranger" | "unknown">> = {
    [PEOPLE.guest]: "guest",
    [PEOPLE.stranger]: "stranger",
    [PEOPLE.unknown]: "unknown",
  };
  const made = await formDesk(undefined, {
    notes: false,
    admins: [PEOPLE.admin as PersonRef],
    kindOf: (person) => kinds[person] ?? "member",
    audience: (place) => AUDIENCES.get(place) ?? usualAudience(place),
  });
  const { store } = made.desk;
  const id = (who: Who) => store.people.idOf(PEOPLE[who], who);
  const at = made.desk.clock.now() as Instant;
  for (const role of ["approver", "editor", "none"] as const satisfies readonly Role[])
    await store.access.grant({ person: await id(role), role, by: await id("admin"), at });
  await id("reader");
  // As a desk is at first.
  await store.access.setPolicy(USUAL_POLICY, await id("admin"), at);
  const placed = (who: Who, place: Place | "alone") => ({
    place: place === "alone" ? (`${PEOPLE[who]}/dm` as Place) : place,
    person: PEOPLE[who] as PersonRef,
    personName: who,
  });
  const as: GuardedDesk["as"] = (who, text, place = INTERNAL) => made.type(text, placed(who, place));
  const order = (key: string, visibility: string) =>
    `register CNIL ${key.slice("CNIL:".length)} "Firma ${key.slice(-3)}" --kind sanction --decided 2024-01-02 --notified 2024-01-05 --item a --period P2M --rate 100 --per day --visibility ${visibility}`;
  for (const [key, visibility] of [
    [PUBLIC, "public"],
    [DESK, "desk"],
    [SECRET, "restricted"],
  ] as const)
    await as("editor", order(key, visibility));
  // Each command line is one of its own, as in a terminal.
  let typed = 0;
  return {
    ...made,
    as,
    id,
    told: async (who, text, place) => textOf(await as(who, text, place)),
    async terminal(text) {
      const asking = {
        id: `cli-${++typed}`,
        place: "console:terminal" as Place,
        person: "console:local" as PersonRef,
        personName: "command line",
      };
      const terminal = { json: true, progress: () => undefined, fault: () => undefined } as never;
      const answered = await dispatchLine(text, COMMANDS, contextOf(made.desk, asking, terminal), made.desk.log);
      if (answered.status !== 0) throw new Error(answered.errors.join("; "));
      return answered.json;
    },
  };
}
