import { POLICY } from "../alerts/policy.ts";
import { openRegister, type Register } from "../alerts/register.ts";
import { usualSettings } from "../alerts/subscription.ts";
import { plainCard } from "../cards/answers.ts";
import type { Context } from "../commands/command.ts";
import { type Answered, dispatchLine } from "../commands/dispatcher.ts";
import { COMMANDS } from "../commands/index.ts";
import type { Terminal } from "../commands/terminal.ts";
import type { Card } from "../ports/card.ts";
import type { Answer, ChatAdapter, IncomingCommand, Log, PersonRef, Place } from "../ports/chat.ts";
import { noProbe, type Probe } from "../ports/probe.ts";
import type { Store } from "../ports/store.ts";
import type { Clock } from "../time/clock.ts";
import type { Language } from "../time/wording.ts";

/** What every door shares: the register, the clock, the house's language and zone. */
export interface Desk {
  readonly store: Store;
  readonly register: Register;
  readonly clock: Clock;
  readonly log: Log;
  readonly language: Language;
  readonly zone: string;
  /** Where what could not be delivered is told, and where the sign of life is said: as configured. */
  readonly operations: Place | null;
  readonly canary: Place | null;
  readonly probe: Probe;
  /** What runs in this process. */
  readonly running: Running;
}

export interface Running {
  adapters: readonly ChatAdapter[];
  /** Makes what delivers look at once; does nothing where nothing delivers here. */
  nudge(): void;
}

type Shared = Pick<Desk, "clock" | "log" | "language" | "zone"> & Partial<Pick<Desk, "operations" | "canary" | "probe">>;

export function openDesk(store: Store, shared: Shared): Desk {
  const running: Running = { adapters: [], nudge: () => undefined };
  return { store, register: openRegister(store.ledger), operations: null, canary: null, probe: noProbe, ...shared, running };
}

/** The adapter that minted a place or a person; null where it does not run here. */
export function adapterOf({ running }: Pick<Desk, "running">, minted: Place | PersonRef): ChatAdapter | null {
  return running.adapters.find(({ name }) => minted.startsWith(`${name}:`)) ?? null;
}

export function contextOf(desk: Desk, command: Omit<IncomingCommand, "text">, terminal: Terminal | null): Context {
  const { id, place, person, personName, language } = command;
  const { store, register, clock, zone } = desk;
  return {
    id,
    place,
    person,
    personName,
    language: language ?? desk.language,
    store,
    register,
    clock,
    zone,
    overheard: command.overheard === true,
    operations: desk.operations,
    direct: (of) => adapterOf(desk, of)?.direct(of) ?? null,
    nudge: () => desk.running.nudge(),
    terminal,
  };
}

const REMEMBERED = 1000;

/** The door of chat commands: a platform's retry gets the answer of its first delivery; the first place that speaks watches everything. */
export function answerer(desk: Desk, terminal: Terminal | null): (command: IncomingCommand) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>();
  return (command) => {
    const key = `${command.place} ${command.id}`;
    const before = answers.get(key);
    if (before !== undefined) return before;
    const answer = answerOnce(desk, command, terminal);
    answers.set(key, answer);
    if (answers.size > REMEMBERED) answers.delete(answers.keys().next().value!);
    return answer;
  };
}

async function answerOnce(desk: Desk, command: IncomingCommand, terminal: Terminal | null): Promise<Answer> {
  const { text, shared } = withoutHere(command.text);
  const first = await firstPlace(desk, command);
  const answered = await dispatchLine(text, COMMANDS, contextOf(desk, command, terminal), desk.log);
  // What was recorded is due for a look: its cards show it at once, and others hear of it.
  desk.running.nudge();
  const cards = [...answered.cards, ...first];
  return {
    cards: cards.length === 0 ? [plainCard(command.language ?? desk.language, "answer.done")] : cards,
    audience: audienceOf(answered, shared),
  };
}

/** --here shows an answer to everybody in the place, but for a command that means something else by it. */
function withoutHere(text: string): { text: string; shared: boolean } {
  const verb = /^\s*(\S+)/.exec(text)?.[1]?.toLowerCase();
  const own = COMMANDS.find((command) => command.verb === verb)?.options.some(({ name }) => name === "here") === true;
  const shared = !own && /(^|\s)--here(?=\s|$)/.test(text);
  return { text: shared ? text.replace(/(^|\s)--here(?=\s|$)/, "$1") : text, shared };
}

function audienceOf(answered: Answered, shared: boolean): Answer["audience"] {
  return shared && !answered.private ? "place" : "asker";
}

/**
 * Matters that nobody watches are told to nobody: the first place of each platform that speaks watches everything, and is told so. Once: a
 * place that then says unwatch is not made to watch again.
 */
export async function firstPlace({ store, clock, language, zone }: Desk, command: Omit<IncomingCommand, "text">): Promise<readonly Card[]> {
  const platform = command.place.slice(0, command.place.indexOf(":"));
  const firsts = store.state("first-place");
  if ((await firsts.get(platform)) !== undefined) return [];
  // Noted last: what a busy register kept from being set up is set up by the next word.
  const note = () => firsts.set(platform, command.place);
  if ((await store.subscriptions.all()).some(({ place }) => place.startsWith(`${platform}:`))) {
    await note();
    return [];
  }
  const by = await store.people.idOf(command.person, command.personName);
  const spoken = command.language ?? language;
  const since = clock.now();
  await store.subscriptions.settle(usualSettings(command.place, spoken, zone, by, since));
  await store.subscriptions.add(command.place, { filters: [], by, since });
  await store.index.wake("all");
  await note();
  return [plainCard(spoken, "watch.first", { at: POLICY.at, zone })];
}
