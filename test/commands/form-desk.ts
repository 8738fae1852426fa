import { onTestFinished } from "vitest";
import { plainText } from "../../adapters/chat/shared/plain.ts";
import { STORE } from "../../adapters/index.ts";
import { unmarked } from "../../src/alerts/marks.ts";
import { type Desk, openDesk } from "../../src/app/answer.ts";
import { type Door, openDoor } from "../../src/app/door.ts";
import type { Answer, Audience, PersonKind, PersonRef, Place } from "../../src/ports/chat.ts";
import type { Asking, Field, Form, FormProblems, FormValues, Lookup } from "../../src/ports/form.ts";
import { setClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Language } from "../../src/time/wording.ts";

/** A desk with its door, as an adapter of a platform with forms reaches it: Ana in a channel. */
export interface FormDesk {
  readonly desk: Desk;
  readonly door: Door;
  /** What was logged as a fault of ours. */
  readonly faults: readonly object[];
  asking(over?: Partial<Asking>): Asking;
  type(text: string, over?: Partial<Asking>): Promise<Answer>;
  /** The form of a verb; an answer in its stead throws. */
  form(verb: string, values?: FormValues, over?: Partial<Asking>): Promise<Form>;
  submit(verb: string, values: FormValues, over?: Partial<Asking>): Promise<Answer | FormProblems>;
  /** What is wrong with a form; an answer in its stead throws. */
  problems(verb: string, values: FormValues, over?: Partial<Asking>): Promise<FormProblems>;
  /** The values that may be chosen, in order. */
  found(of: Lookup, query: string, most?: number, over?: Partial<Asking>): Promise<readonly string[]>;
  head(): Promise<string>;
}

export const CHANNEL = "slack:T1/C1" as Place;
export const ANA = "slack:T1/U1" as PersonRef;

/** The order of the README, in the words of a line. */
export const KOUROU =
  'register CNIL SAN-2023-018 "Commune de Kourou" --kind sanction --decided 2023-12-12 --notified 2023-12-18 --item dpo --order "Designate a data protection officer" --period P2M --rate 150 --per day --fine 5000';

/** Who administers, who reads in each place and who each person is, where a test is about that; else all are of one company. */
export interface Company {
  /** Whether notes may be taken, as they may here unless a test is about that. */
  readonly notes?: boolean;
  readonly admins?: readonly PersonRef[];
  audience?(place: Place): Audience;
  kindOf?(person: PersonRef): PersonKind;
}

/** Ana administers: every form is hers. */
export const ADMINISTERED: Company = { admins: [ANA] };

export async function formDesk(moment = "2024-05-01T09:00:00.000Z", company: Company = {}): Promise<FormDesk> {
  const { admins = [], notes = true, audience = usualAudience, kindOf = () => "member" } = company;
  const store = await STORE.open({ url: "sqlite::memory:" });
  onTestFinished(() => store.close());
  if (notes) await store.access.setPolicy({ notes }, "p1", moment as Instant);
  const faults: object[] = [];
  const log = { info: () => {}, warn: () => {}, error: (about: object) => void faults.push(about) };
  const desk = openDesk(store, { clock: setClock(moment as Instant), log, language: "en", zone: "Europe/Paris", admins });
  // A person of the platform can be written to alone.
  const direct = (person: PersonRef) => (person.includes("/U") ? `${person}/dm` : null);
  const told = { audience: async (place: Place) => audience(place), kindOf: async (person: PersonRef) => kindOf(person) };
  desk.running.adapters = [{ name: "slack", direct, ...told } as never];
  const door = openDoor(desk, null);
  let count = 0;
  const asking = (over: Partial<Asking> = {}): Asking => ({
    id: `form-${++count}`,
    place: CHANNEL,
    person: ANA,
    personName: "ana",
    ...over,
  });
  const submit: FormDesk["submit"] = (verb, values, over) => door.submit({ ...asking(over), verb, values });
  return {
    desk,
    door,
    faults,
    asking,
    type: (text, over) => door.onCommand({ ...asking(over), text }),
    async form(verb, values = {}, over) {
      const form = await door.form({ ...asking(over), verb, values });
      if ("cards" in form) throw new Error(textOf(form));
      return form;
    },
    submit,
    async problems(verb, values, over) {
      const told = await submit(verb, values, over);
      if ("cards" in told) throw new Error(`it was done: ${textOf(told)}`);
      return told;
    },
    async found(of, query, most = 10, over) {
      return (await door.lookUp({ ...asking(over), of, query, most })).map(({ value }) => value);
    },
    head: async () => (await store.ledger.head()).hash,
  };
}

/** A person's own conversation is theirs; the members of the company alone read in a channel. */
export function usualAudience(place: Place): Audience {
  return place.endsWith("/dm") ? { kind: "person", person: place.slice(0, -"/dm".length) as PersonRef } : { kind: "internal" };
}

/** The desk with Kourou's matter in it. */
export async function deskOfKourou(moment?: string, company?: Company): Promise<FormDesk> {
  const made = await formDesk(moment, company);
  await made.type(KOUROU);
  return made;
}

export function fieldOf(form: Form, name: string): Field {
  const field = form.fields.find((one) => one.name === name);
  if (field === undefined) throw new Error(`${form.verb} has no field ${name}; it has ${form.fields.map((one) => one.name)}`);
  return field;
}

/** The values that a field lets choose. */
export function optionsOf(form: Form, name: string): readonly string[] {
  const { kind } = fieldOf(form, name);
  return kind.type === "choice" ? kind.options.map(({ value }) => value) : [];
}

/** The same without what ties each to its matter. */
export function idsOf(form: Form, name: string): readonly string[] {
  return optionsOf(form, name).map((value) => unmarked(value).id);
}

export function textOf({ cards }: Pick<Answer, "cards">): string {
  return cards.map(plainText).join("\n");
}

export const BOTH: readonly Language[] = ["en", "fr"];
