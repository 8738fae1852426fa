import type { Day } from "../time/day.ts";
import type { Money } from "./money.ts";

/** A value that a sentence shows. A text written as a day, such as 2024-02-18, is shown as a day in the reader's language. */
export type Arg = string | number | Money | readonly string[];

/** Something that the law or a matter has to say, before any language: src/cards holds its sentence under the code. */
export interface Finding {
  readonly code: string;
  readonly args: Readonly<Record<string, Arg>>;
}

/** One step of a derivation, in order. */
export interface Step extends Finding {
  readonly day?: Day;
  readonly source?: string;
}

/** An answer that is withheld: no rule, a calendar that ends, a fact that is missing, an input that makes no sense. */
export interface Refusal {
  readonly refused: string;
  readonly args: Readonly<Record<string, Arg>>;
  /** The references of the people who are named in it, by the names by which they are. */
  readonly people?: Readonly<Record<string, string>>;
}

export function refuse(code: string, args: Readonly<Record<string, Arg>> = {}): Refusal {
  return { refused: code, args };
}

export function isRefusal(value: unknown): value is Refusal {
  return typeof value === "object" && value !== null && "refused" in value;
}
