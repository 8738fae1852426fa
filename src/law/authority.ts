import type { Zone } from "../time/instant.ts";

/** How money comes to be owed under an authority's daily penalties. */
export type Regime = "liquidated" | "forfeited" | "imposed" | "court-set";

/** Read in its source; inferred from how a case was decided or from a text that does not say it in so many words; or not found in any source. */
export type Basis = "read" | "inferred" | "unverified";

/** A text with its article, and where it can be read. */
export interface Source {
  readonly citation: string;
  readonly url: string | null;
}

/** One thing that the catalogue says of an authority, with what it rests on; what is unverified has no source. */
export interface Fact<T> {
  readonly value: T;
  readonly basis: Basis;
  readonly source: Source | null;
}

/** Kinds of period that a procedure knows. What is served as an order, and as a formal notice, is a time to comply. */
export const PERIOD_KINDS = ["order", "notice", "observations", "appeal", "objection", "payment", "time-bar"] as const;

export type PeriodKind = (typeof PERIOD_KINDS)[number];

/** One kind of period under an authority. */
export interface PeriodFacts {
  /** Where the law says how long it is; left out where the decision sets it, or where nobody has read it. */
  readonly length?: Fact<string>;
  /** The rule that counts it. A value of null: its counting was read, and the house has no such rule. Left out: not known. */
  readonly rule?: Fact<string | null>;
  /** What a lawyer should know beside it, in English: shown in the list of authorities alone. */
  readonly note?: string;
}

/** The most that the law allows as a daily penalty. Sums are in the authority's currency. */
export interface Ceiling {
  readonly perDay?: string;
  /** The same in its simplified procedure. */
  readonly perDaySimplified?: string;
  /** Of the average daily turnover, a day, in percent. */
  readonly turnoverPercent?: string;
  /** A limit that is no daily one, in English: shown in the list of authorities alone, never checked. */
  readonly other?: string;
}

/** An authority as its sources have it: plain data, a file each in src/law/authorities. */
export interface AuthorityFacts {
  readonly code: string;
  readonly english: string;
  /** Its name in its own language or languages. */
  readonly own: readonly string[];
  /** What it is called everywhere, where that is no translation: CNIL. */
  readonly short?: string;
  /** Other spellings that files use. */
  readonly aliases?: readonly string[];
  /** The text under which it acts. */
  readonly law: string;
  readonly zone: Fact<Zone>;
  readonly currency: Fact<string>;
  /** The holidays of its seat; null where no table is known. */
  readonly calendar: string | null;
  readonly regime: Fact<Regime>;
  /** A value of null that was read: the law sets none. */
  readonly ceiling: Fact<Ceiling | null>;
  readonly periods: Readonly<Partial<Record<PeriodKind, PeriodFacts>>>;
}

export function read<T>(value: T, citation: string, url: string | null): Fact<T> {
  return { value, basis: "read", source: { citation, url } };
}

export function inferred<T>(value: T, citation: string, url: string | null = null): Fact<T> {
  return { value, basis: "inferred", source: { citation, url } };
}

export function unverified<T>(value: T): Fact<T> {
  return { value, basis: "unverified", source: null };
}
