import { openRegister, type Register } from "../alerts/register.ts";
import { openSights, type Sights } from "../alerts/sights.ts";
import { plainCard } from "../cards/answers.ts";
import { refusalCard } from "../cards/refusal-card.ts";
import { shareAction } from "../cards/share-action.ts";
import type { Context } from "../commands/command.ts";
import { type Answered, dispatchLine } from "../commands/dispatcher.ts";
import { inSight } from "../commands/in-sight.ts";
import { COMMANDS } from "../commands/index.ts";
import { offeredTo } from "../commands/offered.ts";
import { isAlone } from "../commands/permission.ts";
import { refusedNotNow } from "../commands/place-sight.ts";
import type { Terminal } from "../commands/terminal.ts";
import { withoutOption } from "../commands/tokens.ts";
import { refuse } from "../law/finding.ts";
import type { Block, Card } from "../ports/card.ts";
import type { Answer, Audience, ChatAdapter, IncomingCommand, Log, PersonRef, Place } from "../ports/chat.ts";
import { noProbe, type Probe } from "../ports/probe.ts";
import type { Store } from "../ports/store.ts";
import type { Clock } from "../time/clock.ts";
import type { Language } from "../time/wording.ts";
import { noteSetUp, setsUp, setUpFirst, whyNotFirst } from "./first-place.ts";
import { once } from "./once.ts";
import { faultAnswer, withoutFault } from "./without-fault.ts";

/** What every door shares: the register, the clock, the house's language and zone. */
export interface Desk {
  readonly store: Store;
  readonly register: Register;
  readonly clock: Clock;
  readonly log: Log;
  readonly language: Language;
  readonly zone: string;
  /** Where what could not be delivered is told, and where the sign of life is said: as configured, as long as the place is this desk's. */
  readonly operations: Place | null;
  readonly canary: Place | null;
  /** What is configured for all desks: each has of it what belongs to it. */
  readonly configured: Configured;
  readonly probe: Probe;
  /** Who may see and do what here. */
  readonly sights: Sights;
  /** What runs in this process. */
  readonly running: Running;
}

export interface Running {
  adapters: readonly ChatAdapter[];
  /** The platforms of which some place has spoken: their first place is no more to be found. */
  readonly spoken: Set<string>;
  /** Whether a place or a person belongs to this desk now: all do where no other is served. */
  owns: Owns;
  /** Makes what delivers look at once; does nothing where nothing delivers here. */
  nudge(): void;
}

export interface Owns {
  place(place: Place): boolean;
  person(person: PersonRef): boolean;
}

export interface Configured {
  readonly operations: Place | null;
  readonly canary: Place | null;
  /** Who administers, each at the desk to which they belong. */
  readonly admins: readonly PersonRef[];
}

type Shared = Pick<Desk, "clock" | "log" | "language" | "zone"> & Partial<Pick<Desk, "probe"> & Configured>;

export function openDesk(store: Store, shared: Shared): Desk {
  const running: Running = { adapters: [], spoken: new Set(), owns: { place: () => true, person: () => true }, nudge: () => undefined };
  const { admins = [], operations = null, canary = null, ...rest } = shared;
  const owned = (place: Place | null) => (place !== null && running.owns.place(place) ? place : null);
  const sights = openSights({
    access: store.access,
    people: store.people,
    admins: () => admins.filter((person) => running.owns.person(person)),
    audience: async (place) => (await adapterOf({ running }, place)?.audience(place)) ?? audienceApart(place),
    kindOf: async (person) => (await adapterOf({ running }, person)?.kindOf(person)) ?? "unknown",
  });
  return {
    store,
    register: openRegister(store.ledger, store.privacy, store.finder),
    get operations() {
      return owned(operations);
    },
    get canary() {
      return owned(canary);
    },
    configured: { admins, operations, canary },
    probe: noProbe,
    ...rest,
    sights,
    running,
  };
}

/** A command line is read by whoever typed it, though no adapter runs there. */
function audienceApart(place: Place): Audience {
  return place.startsWith("console:") ? { kind: "person", person: place as string as PersonRef } : { kind: "unknown" };
}

/** The adapter that minted a place or a person; null where it does not run here. */
export function adapterOf({ running }: Pick<Desk, "running">, minted: Place | PersonRef): ChatAdapter | null {
  return running.adapters.find(({ name }) => minted.startsWith(`${name}:`)) ?? null;
}

/** `heard` where the place reads the answer: then it holds what everybody there may see. */
export function contextOf(
  desk: Desk,
  command: Omit<IncomingCommand, "text">,
  terminal: Terminal | null,
  heard = command.overheard === true || command.passing === true,
): Context {
  const { id, place, person, personName, language, mentions } = command;
  const { store, clock, zone } = desk;
  return {
    id,
    place,
    person,
    personName,
    language: language ?? desk.language,
    ...(mentions === undefined ? {} : { mentions }),
    store,
    ...inSight(desk.sights, desk.register, { person, place, heard }),
    clock,
    zone,
    overheard: command.overheard === true,
    operations: desk.operations,
    // What is of a platform that another process serves belongs to whom only that one can tell.
    owns: (of) => adapterOf(desk, of) === null || desk.running.owns.place(of),
    direct: (of) => adapterOf(desk, of)?.direct(of) ?? null,
    nudge: () => desk.running.nudge(),
    terminal,
  };
}

/** Instead of an answer that was kept for a retry, and may not be given any more: what was asked for was done, or was not, the first time. */
export function lapsed(language: Language): Answer {
  return { cards: [refusalCard(language, refuse("answered-before"))], audience: "asker" };
}

/** The door of chat commands: a platform's retry gets the answer of its first delivery; the first place that speaks watches everything. Never throws. */
export function answerer(desk: Desk, terminal: Terminal | null): (command: IncomingCommand) => Promise<Answer> {
  return once(
    desk,
    (command) => withoutFault(desk, command, () => answerOnce(desk, command, terminal), faultAnswer),
    ({ language = desk.language }) => lapsed(language),
  );
}

async function answerOnce(desk: Desk, command: IncomingCommand, terminal: Terminal | null): Promise<Answer> {
  const { text, shared } = withoutHere(command.text);
  const byHand = setsUp(text);
  const first = command.passing === true || byHand ? [] : await firstPlace(desk, command);
  const heard = shared || command.overheard === true || command.passing === true;
  const context = contextOf(desk, command, terminal, heard);
  const notNow = heard && command.passing !== true ? await refusedNotNow(context, command.place) : null;
  if (notNow !== null) return { cards: [refusalCard(context.language, notNow)], audience: "asker", refused: true };
  const answered = await dispatchLine(text, COMMANDS, context, desk.log);
  if (byHand) await noteSetUp(desk, context);
  // What a place lacks is for whoever can set it up, not for all who read there.
  const told = heard || first.length > 0 ? first : await whyNotFirst(desk, context, verbOf(text));
  if (await context.shownBeyond()) return answerApart(answered, context, told);
  const cards = [...(shared ? answered.cards : await withShareButton(answered, text, context)), ...told];
  const audience = audienceOf(answered, shared);
  const shown = cards.length === 0 ? [plainCard(context.language, "answer.done")] : cards;
  return {
    cards: audience === "asker" ? await offeredTo(shown, context) : shown,
    audience,
    ...(answered.form === undefined ? {} : { form: answered.form }),
    ...(answered.asks === undefined ? {} : { asks: answered.asks }),
    ...(answered.refused === undefined ? {} : { refused: answered.refused }),
  };
}

/**
 * What was recorded is out of sight of those who would read the answer: it goes to the asker alone, and where everybody reads whatever is said, it
 * names nothing.
 */
function answerApart({ cards, asks, refused }: Answered, { overheard, language }: Context, first: readonly Card[]): Answer {
  return {
    cards: [...(overheard ? [plainCard(language, "answer.beyond")] : cards), ...first],
    audience: "asker",
    ...(asks === undefined ? {} : { asks }),
    ...(refused === undefined ? {} : { refused }),
  };
}

/** A button holds no longer a line on any platform. */
const LONGEST_SHARED = 1000;

/**
 * An answer to a question, seen by its asker alone, can be shown to everybody: not what is private, refused, about a restricted matter, or asked
 * where nobody else reads, or where not everybody may see the desk's matters.
 */
async function withShareButton(answered: Answered, text: string, context: Context): Promise<Answered["cards"]> {
  const { cards, status, form, restricted = [] } = answered;
  const last = cards.at(-1);
  const command = COMMANDS.find(({ verb }) => verb === verbOf(text));
  const isQuestion =
    command?.access === "reads" && command.standalone === undefined && status === 0 && !answered.private && form === undefined;
  const isApart = context.terminal !== null || context.overheard || isAlone(context) || restricted.length > 0;
  if (last === undefined || !isQuestion || isApart || text.length > LONGEST_SHARED) return cards;
  if (!(await context.sights.ofPlace(context.place)).desk) return cards;
  const button: Block = { kind: "actions", actions: [shareAction(text, context.language)] };
  return [...cards.slice(0, -1), { ...last, blocks: [...last.blocks, button] }];
}

function verbOf(text: string): string | undefined {
  return /^\s*(\S+)/.exec(text)?.[1]?.toLowerCase();
}

/** --here shows an answer to everybody in the place, but for a command that means something else by it. */
function withoutHere(text: string): { text: string; shared: boolean } {
  const verb = verbOf(text);
  const own = COMMANDS.find((command) => command.verb === verb)?.options.some(({ name }) => name === "here") === true;
  const rest = own ? null : withoutOption(text, "--here");
  return { text: rest ?? text, shared: rest !== null };
}

function audienceOf(answered: Answered, shared: boolean): Answer["audience"] {
  return shared && !answered.private ? "place" : "asker";
}

/** What a first place is told as it is made to watch; nothing at any other. */
export function firstPlace(desk: Desk, command: Omit<IncomingCommand, "text">): Promise<readonly Card[]> {
  return setUpFirst(desk, contextOf(desk, command, null));
}
