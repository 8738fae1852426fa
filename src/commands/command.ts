import type { Register } from "../alerts/register.ts";
import type { Clearance, Sights } from "../alerts/sights.ts";
import type { TickHost } from "../alerts/tick.ts";
import type { Arg, Refusal } from "../law/finding.ts";
import type { Sight } from "../matter/sight.ts";
import type { Role } from "../ports/access.ts";
import type { Action, Card } from "../ports/card.ts";
import type { IncomingCommand, PersonRef, Place } from "../ports/chat.ts";
import type { Form, FormValues } from "../ports/form.ts";
import type { Store } from "../ports/store.ts";
import type { Clock } from "../time/clock.ts";
import type { Day } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import type { Language } from "../time/wording.ts";
import type { Looks } from "./looks.ts";
import type { Terminal } from "./terminal.ts";

/**
 * How the text of an argument is read. `matter` is found in the register by the command; a `version` is a count that a button ties to its desk; a `literal` is a word that is typed as its name stands,
 * such as until; the rest is checked by the parser.
 */
export type Kind =
  | "matter"
  | "day"
  | "instant"
  | "period"
  | "amount"
  | "count"
  | "version"
  | "rate"
  | "decimal"
  | "text"
  | "word"
  | "choice"
  | "literal"
  | "filter"
  | "file"
  | "flag"
  | "id"
  | "time";

export interface Parameter {
  readonly name: string;
  readonly kind: Kind;
  readonly required?: boolean;
  /** It may be given several times; a positional one then takes all that follow. */
  readonly many?: boolean;
  /** For a choice; for a word what it may look like. */
  readonly allowed?: readonly string[];
  /** The key of its description in src/cards/words. */
  readonly about?: string;
  /** What a form offers for it, where its kind does not say. */
  readonly offers?: Offer;
  /** No form asks for it: it is typed, or carried by a button. */
  readonly unasked?: true;
}

/**
 * Words to choose from, where others can be typed; something that is looked up; a part of the matter that is named; or how a text is asked for:
 * in `lines`, as several words, or as several lines of which each is one.
 */
export type Offer =
  | readonly string[]
  | "authority"
  | "calendar"
  | "zone"
  | "person"
  | "person-or-place"
  | "weekdays"
  | "item"
  | "event"
  | "fine"
  | "liquidation"
  | "payable"
  | "reducible"
  | "watch"
  | "lines"
  | "several-words"
  | "several-lines";

/** How a command's form differs from its arguments as they are declared. Names are those of the values. */
export interface FormLayout {
  /** These stand first, in this order. */
  readonly first?: readonly string[];
  /** Rarely needed: these stand last. */
  readonly last?: readonly string[];
  /** The key of the button that opens the form, under what the command answers in a chat. */
  readonly button?: string;
  /** What stands in it at first, by the fields' names. */
  initial?(context: Context): Promise<FormValues>;
}

export interface Values {
  readonly [name: string]: string | boolean | readonly string[] | undefined;
}

/** One command, declared once: the parser, help, the command line, the README and the platforms' forms are made of it. */
export interface Command {
  readonly verb: string;
  /** The key of its one-line summary in src/cards/words. */
  readonly summary: string;
  readonly group: "ask" | "record" | "watch" | "terminal";
  readonly access: "reads" | "writes";
  /** The least role of whoever may run it. */
  readonly who: Exclude<Role, "none">;
  /** The same in a person's own conversation with the bot, where it concerns nobody else. */
  readonly whoAlone?: Exclude<Role, "none">;
  /** The same at a desk that nobody administers: what somebody has to do there. */
  readonly whoUnadministered?: Exclude<Role, "none">;
  /** A terminal command needs files or a process, and is refused in a chat. */
  readonly terminalOnly?: boolean;
  /** It asks nothing of the register, so none is opened for it; "if-absent": it can do without one, and shows what the desk has entered where there is one. */
  readonly standalone?: true | "if-absent";
  /** Refused where no register is there yet: an answer about nothing would be taken for one about the register that was meant. */
  readonly needsRegister?: boolean;
  /** Told to the asker only, wherever it is asked. */
  readonly private?: boolean;
  /** How its arguments are written, where each in its place would read otherwise: REF|person PERSON. */
  readonly written?: string;
  readonly positionals: readonly Parameter[];
  readonly options: readonly Parameter[];
  /** null where a form would ask nothing that helps. */
  readonly form?: FormLayout | null;
  /** Each of them parses (house test). */
  readonly examples: readonly string[];
  run(values: Values, context: Context): Promise<Outcome>;
}

/** What a command answers: cards for people, a document for scripts, and the exit status of the command line. */
export interface Result {
  readonly cards: readonly Card[];
  readonly json: unknown;
  /** 1 where something was found wrong (verify). Default 0. */
  readonly status?: 0 | 1;
  /** simulate: one JSON object a line; already written. */
  readonly written?: boolean;
  /** To be opened instead of the cards where the platform can. */
  readonly form?: Form;
  /** The language of the cards, where it is another than the reader's: what is added to them speaks it too. */
  readonly spoken?: Language;
  /** Keys of matters that it has made restricted. */
  readonly restricted?: readonly string[];
}

/** Problems of a file, all at once; of a table, with the column where one is at fault. */
export interface FileProblems {
  readonly problems: readonly {
    readonly file: string;
    readonly line: number | null;
    readonly column?: string;
    readonly code: string;
    readonly text: string;
  }[];
}

/** A line that cannot be understood; exit status 2. */
export interface Misunderstanding {
  readonly misunderstood: string;
  readonly args: Readonly<Record<string, Arg>>;
  /** What is wrong by argument, where it is known: the first is what the sentence says. */
  readonly wrong?: readonly Wrong[];
}

/** A sentence about one argument, by the name of its value. */
export interface Wrong {
  readonly at: string;
  readonly code: string;
  readonly args: Readonly<Record<string, Arg>>;
}

/** A refusal that knows which arguments it is about. */
export interface RefusalAt extends Refusal {
  readonly wrong: readonly Wrong[];
}

/** A refusal that asks whether it is meant: the line with which it is, as a button. */
export interface Question extends Refusal {
  readonly offer: Action;
  /** What it would come to, with its buttons: shown to people in place of the sentence. */
  readonly card?: Card;
}

export type Outcome = Result | Refusal | RefusalAt | Question | Suggestion | Misunderstanding | FileProblems;

/** A refusal that shows what may have been meant, as buttons that carry the completed command. */
export interface Suggestion extends Refusal {
  readonly offers: readonly Action[];
}

/** Who asks, where, when, and what with. */
export interface Context {
  readonly id: string;
  readonly language: Language;
  readonly place: Place;
  readonly person: PersonRef;
  readonly personName: string;
  readonly clock: Clock;
  /** In sight of whoever asks: it knows nothing of what they, or all who read the answer, may not see. */
  readonly register: Register;
  /** What was looked at, and is shown: a command that lists matters adds those of its rows; one that is given a matter by the register need not. */
  readonly looks: Looks;
  readonly store: Store;
  /** Who may see what. */
  readonly sights: Sights;
  /** What whoever asks may do and see. */
  clearance(): Promise<Clearance>;
  /** What the answer may hold: what whoever asks may see, and where the place reads it, everybody there too. */
  sight(): Promise<Sight>;
  /** Whether the answer is about something that was recorded by it and that not everybody who would read it in the place may see. */
  shownBeyond(): Promise<boolean>;
  /** The people whom the line mentions by reference. */
  readonly mentions?: NonNullable<IncomingCommand["mentions"]>;
  /** The zone of the place, for its digest. */
  readonly zone: string;
  /** The configuration's place for what could not be delivered, which holds until a command names another; null where it has none. */
  readonly operations: Place | null;
  /** Whether the place is this desk's now. Where nobody here can tell, as on a command line or of a platform that another process serves, it is. */
  owns(place: Place): boolean;
  /** A person's own conversation with the bot; null where their platform has none, or is not running. */
  direct(person: PersonRef): Place | null;
  /** Makes what delivers look at once: something has changed that may have to be said. Does nothing where another process delivers. */
  nudge(): void;
  /** Everybody in the place can read the answer. */
  readonly overheard: boolean;
  /** Files, progress and processes; null in a chat. */
  readonly terminal: Terminal | null;
}

export type { Day, Instant, TickHost };

export function misunderstood(code: string, args: Readonly<Record<string, Arg>> = {}): Misunderstanding {
  return { misunderstood: code, args };
}
