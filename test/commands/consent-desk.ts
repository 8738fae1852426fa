import type { Role } from "../../src/ports/access.ts";
import type { Answer, PersonRef, Place } from "../../src/ports/chat.ts";
import type { Asking } from "../../src/ports/form.ts";
import type { Trace } from "../../src/ports/trail.ts";
import { type Company, type FormDesk, formDesk, KOUROU, textOf } from "./form-desk.ts";

export const KEY = "CNIL:SAN-2023-018";
/** What ends something: asked about first. */
export const COMPLIED = "complied SAN-2023-018 --on 2024-04-10";

/** Four people in their own conversations; cleo and dan approve. */
export const ANA: Partial<Asking> = { person: "slack:T1/U1" as PersonRef, personName: "ana", place: "slack:T1/U1/dm" as Place };
export const BEN: Partial<Asking> = { person: "slack:T1/U2" as PersonRef, personName: "ben", place: "slack:T1/U2/dm" as Place };
export const CLEO: Partial<Asking> = { person: "slack:T1/U3" as PersonRef, personName: "cleo", place: "slack:T1/U3/dm" as Place };
export const DAN: Partial<Asking> = { person: "slack:T1/U4" as PersonRef, personName: "dan", place: "slack:T1/U4/dm" as Place };

export interface ConsentDesk extends FormDesk {
  /** Everything that is in the register of Kourou's matter. */
  types(): Promise<readonly string[]>;
  version(): Promise<number>;
  traces(): Promise<readonly Trace[]>;
  grant(who: Partial<Asking>, role: Role): Promise<void>;
}

/** Kourou's matter at a moment of its penalty; administered, so that roles count. */
export async function consentDesk(wish: { readonly twoPersons?: boolean } & Pick<Company, "audience"> = {}): Promise<ConsentDesk> {
  const { twoPersons = false, ...company } = wish;
  const made = await formDesk("2024-05-01T09:00:00.000Z", { ...company, admins: [DAN.person!] });
  const { store, register, clock } = made.desk;
  const grant: ConsentDesk["grant"] = async (who, role) => {
    const [person, by] = [await store.people.idOf(who.person!, who.personName!), await store.people.idOf("console:local", "local")];
    await store.access.grant({ person, role, by, at: clock.now() });
  };
  await grant(ANA, "editor");
  await grant(BEN, "editor");
  await grant(CLEO, "approver");
  await made.type(KOUROU, ANA);
  if (twoPersons) await store.access.setPolicy({ twoPersons: true }, "p1", clock.now());
  const matter = async () => (await register.matter(KEY))!;
  return {
    ...made,
    grant,
    types: async () => (await matter()).events.map(({ event }) => event.type),
    version: async () => (await matter()).version,
    traces: () => store.trail.of(KEY),
  };
}

/** The command of the button of that label. */
export function buttonOf({ cards }: Pick<Answer, "cards">, label: string): string {
  const actions = cards.flatMap(({ blocks }) => blocks.flatMap((block) => (block.kind === "actions" ? block.actions : [])));
  const found = actions.find((action) => action.label === label);
  if (found === undefined)
    throw new Error(`no button ${label}; there are ${actions.map((one) => one.label).join(", ")}\n${textOf({ cards })}`);
  return found.command;
}
