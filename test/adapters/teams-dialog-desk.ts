import { onTestFinished } from "vitest";
import { type Invoked, invoke, type Means } from "../../adapters/chat/teams/invoke.ts";
import { STORE } from "../../adapters/index.ts";
import { type Desk, openDesk } from "../../src/app/answer.ts";
import { openDoor } from "../../src/app/door.ts";
import type { AdapterState, Answer, ChatHost, PersonRef, Place } from "../../src/ports/chat.ts";
import type { Asking } from "../../src/ports/form.ts";
import { setClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";
import type { Language } from "../../src/time/wording.ts";
import { adapterOfTest } from "../app/desk-of-test.ts";
import { cardProblems, readLines } from "../fakes/teams-platform/card-check.ts";

export const KOUROU =
  'register CNIL SAN-2023-018 "Commune de Kourou" --kind sanction --decided 2023-12-12 --notified 2023-12-18 --item dpo --period P2M --rate 150 --per day --fine 5000';
export const ANNA_REF = "teams:aaaaaaaa-0000-0000-0000-000000000001" as PersonRef;
export const BEA_REF = "teams:aaaaaaaa-0000-0000-0000-000000000002" as PersonRef;
export const PLACE = "teams:t/19:legal@thread.tacv2" as Place;

type Json = Readonly<Record<string, unknown>>;

/** A dialog as it stands before a person: what it says, its inputs by their fields, its buttons. */
export interface Shown {
  readonly title: string;
  readonly lines: readonly string[];
  readonly inputs: ReadonlyMap<string, Json>;
  readonly buttons: ReadonlyMap<string, Json>;
  readonly card: Json;
}

export interface DialogDesk {
  readonly desk: Desk;
  readonly host: ChatHost;
  /** What was shown in the conversation, in order. */
  readonly told: readonly Pick<Answer, "cards" | "audience">[];
  readonly faults: readonly object[];
  /** Types a command, as somebody did before. */
  types(text: string): Promise<Answer>;
  /** Types a command that is asked about first, and presses what records it. */
  confirms(text: string): Promise<Answer>;
  /** Sends an invoke and waits for what follows it; Teams names each one anew. */
  sends(name: string, value: unknown, more?: Partial<Asking>): Promise<{ readonly status: number; readonly body: Json }>;
  /** The same to another process of the register. */
  sendsElsewhere: DialogDesk["sends"];
}

interface Options extends Partial<Pick<Means, "people" | "patience">> {
  readonly language?: Language;
  /** Who administers; without it all work alike. */
  readonly admins?: readonly PersonRef[];
  readonly over?: (host: ChatHost) => Partial<ChatHost>;
}

/** The doors of invokes before a real desk with an empty register. */
export async function dialogDesk({ language = "en", admins = [], over, people, patience }: Options = {}): Promise<DialogDesk> {
  const store = await STORE.open({ url: "sqlite::memory:" });
  onTestFinished(() => store.close());
  const faults: object[] = [];
  const log = { info: () => {}, warn: () => {}, error: (about: object) => void faults.push(about) };
  const clock = setClock("2024-01-19T08:00:00.000Z" as Instant);
  const desk = openDesk(store, { clock, log, language, zone: "Europe/Paris", admins });
  // Somebody has to tell that Anna is of the company, and that the channel is internal.
  desk.running.adapters = [adapterOfTest("teams")];
  await store.access.setPolicy({ notes: true }, "p1", clock.now());
  const first = { clock, log, state: store.state("teams"), ...openDoor(desk, null) } as unknown as ChatHost;
  const host = { ...first, ...over?.(first) };
  const told: Pick<Answer, "cards" | "audience">[] = [];
  const waiting: Promise<void>[] = [];
  let count = 0;
  const asking = (): Asking => ({ id: `activity-${++count}`, place: PLACE, person: ANNA_REF, personName: "Anna Weber", language });
  const means: Means = {
    host,
    show: async (answer) => void told.push(answer),
    later: (work) => void waiting.push(work()),
    ...(people === undefined ? {} : { people }),
    ...(patience === undefined ? {} : { patience }),
  };
  return {
    desk,
    host,
    told,
    faults,
    types: (text) => host.onCommand({ ...asking(), text }),
    async confirms(text) {
      const { cards } = await host.onCommand({ ...asking(), text });
      const actions = cards.flatMap(({ blocks }) => blocks).flatMap((block) => (block.kind === "actions" ? block.actions : []));
      const offer = actions.find(({ command }) => command.includes("--confirmed"));
      if (offer === undefined) throw new Error(`nothing to confirm in the answer to ${text}`);
      return host.onCommand({ ...asking(), text: offer.command });
    },
    sends: sending(means),
    sendsElsewhere: sending({ ...means, host: { ...host, state: apart(host.state) } }),
  };

  function sending(by: Means): DialogDesk["sends"] {
    return async (name, value, more = {}) => {
      const invoked: Invoked = { name, value, asking: { ...asking(), ...more } };
      const { status, body } = await invoke(invoked, by);
      await Promise.all(waiting.splice(0));
      return { status, body: (body ?? {}) as Json };
    };
  }
}

/** The same state as another process has it. */
function apart(state: AdapterState): AdapterState {
  return {
    get: (key) => state.get(key),
    set: (key, value, milliseconds) => state.set(key, value, milliseconds),
    add: (key, milliseconds) => state.add(key, milliseconds),
    delete: (key) => state.delete(key),
  };
}

/** What a task or a config response shows; a sentence where it ends with one, null where it closes the dialog. */
export function shownIn({ body }: { readonly body: Json }): Shown | string | null {
  const info = (body.task ?? body.config) as { readonly type: string; readonly value: unknown } | undefined;
  if (info === undefined) return null;
  if (info.type === "message") return String(info.value);
  const { title, card } = info.value as { title: string; card: { content: Json } };
  const problems = cardProblems(card.content);
  if (problems.length > 0) throw new Error(problems.join("; "));
  const found = [...elementsIn(card.content)];
  const inputs = found.filter(({ type }) => String(type).startsWith("Input."));
  return {
    title,
    card: card.content,
    lines: readLines(card.content),
    inputs: new Map(inputs.map((input) => [String(input.id).slice(String(input.id).indexOf(":") + 1), input])),
    buttons: new Map(found.filter(({ type }) => String(type).startsWith("Action.")).map((action) => [String(action.title), action])),
  };
}

export function dialogIn(reply: { readonly body: Json }): Shown {
  const shown = shownIn(reply);
  if (shown === null || typeof shown === "string") throw new Error(`no dialog: ${shown}`);
  return shown;
}

/** What a press on that button sends with what stands in the inputs, as the client merges it. */
export function pressed({ inputs, buttons }: Shown, title: string, entered: Readonly<Record<string, unknown>> = {}): Json {
  const button = buttons.get(title);
  if (button === undefined) throw new Error(`no button ${title} of ${[...buttons.keys()]}`);
  const held = button.associatedInputs === "none" ? [] : [...inputs];
  const values = held.map(([name, input]) => [String(input.id), name in entered ? entered[name] : (input.value ?? "")]);
  return { data: { ...Object.fromEntries(values), ...(button.data as object) } };
}

function* elementsIn(value: unknown): Generator<Json> {
  if (typeof value !== "object" || value === null) return;
  if (typeof (value as Json).type === "string") yield value as Json;
  for (const [name, child] of Object.entries(value)) if (name !== "data") yield* elementsIn(child);
}
