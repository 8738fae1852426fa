import type { Card, Text } from "./card.ts";
import type { IncomingCommand } from "./chat.ts";

/** What a command asks for, made from its declaration: an adapter shows it as a modal or a dialog, or the reader types the command instead. */
export interface Form {
  /** The command that it fills in. */
  readonly verb: string;
  readonly title: string;
  /** What the buttons say. */
  readonly submit: string;
  readonly cancel: string;
  /** Stands above the fields. */
  readonly intro?: Text;
  readonly fields: readonly Field[];
  /** What an adapter that keeps what was entered says around the form. */
  readonly words?: FormWords;
}

/** Whole sentences and a button, in the reader's language; each at most 300 characters. */
export interface FormWords {
  /** Above the fields: what was entered before stands in them again. */
  readonly draft: string;
  /** The button that takes it out. */
  readonly anew: string;
  /** What was submitted is being worked on. */
  readonly working: string;
  /** The form is not there any more; what was entered is kept for a day, and a button beside this opens it again. */
  readonly kept: string;
  /** The same of a form that was opened with the words of a message: no button brings those back, it is opened at the message again. */
  readonly keptAtMessage?: string;
  /** A text was longer than the field holds and was cut. */
  readonly cut: string;
  /** Under a field that has to be filled in and is not, where the platform's own client looks. */
  readonly missing?: string;
  /** As `working`, where the form cannot be changed any more: the answer comes into the conversation alone. */
  readonly later?: string;
}

export interface Field {
  /** What the values of a submission call it; letters, digits, dashes and a colon. */
  readonly name: string;
  readonly label: string;
  readonly hint?: string;
  readonly required: boolean;
  readonly kind: FieldKind;
  /** What stands in it at first; several only where it takes several. */
  readonly initial?: readonly string[];
}

export type FieldKind =
  | { readonly type: "text"; readonly longest: number; readonly lines?: true }
  /** YYYY-MM-DD. */
  | { readonly type: "day" }
  /** HH:MM. */
  | { readonly type: "time" }
  /** An amount where it has decimals; digits and a point, as typed. */
  | { readonly type: "number"; readonly decimals: boolean }
  | { readonly type: "choice"; readonly many: boolean; readonly options: readonly Choice[] }
  /** Chosen from more than a form can hold: asked for as the reader types. `shown` are the choices of what stands in it at first. */
  | { readonly type: "lookup"; readonly of: Lookup; readonly many: boolean; readonly shown: readonly Choice[] }
  /** A person of the platform: the value is a PersonRef. */
  | { readonly type: "person" }
  /** A place of the platform: the value is a Place. */
  | { readonly type: "place" }
  /** Ticked or not: the value is "yes" or absent. */
  | { readonly type: "flag" /** What stands beside the box where the label stands above it. */; readonly yes: string };

export type Lookup = "matter" | "authority" | "calendar" | "zone";

export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly detail?: string;
}

/** By the fields' names; a field that was left empty is absent or has no values. */
export type FormValues = Readonly<Record<string, readonly string[]>>;

/** Who asks, where and in which language: a command without its text. */
export type Asking = Omit<IncomingCommand, "text">;

export interface FormRequest extends Asking {
  readonly verb: string;
  /** What is known already. */
  readonly values: FormValues;
}

export interface Submission extends FormRequest {
  /** What stood in the fields when the form was opened: of a form that shows how something is set, what was left as it stood sets nothing. */
  readonly stood?: FormValues;
}

export interface LookupRequest extends Asking {
  /** What is found may be put where everybody in the place reads it: then only what they all may see is. */
  readonly passing?: true;
  readonly of: Lookup;
  /** What was typed so far; may be empty. */
  readonly query: string;
  readonly most: number;
}

/** Nothing was recorded: what is wrong, by field, in words; a problem of a field that the form does not show stands in `other`. */
export interface FormProblems {
  readonly fields: Readonly<Record<string, string>>;
  readonly other: string | null;
}

/** What a person sees of the bot alone with it: cards in order, which an adapter shows page by page where they are more than it can hold. */
export interface Home {
  readonly cards: readonly Card[];
  /** What the buttons say that turn the page. */
  readonly previous: string;
  readonly next: string;
}
