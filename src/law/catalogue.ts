import type { Zone } from "../time/instant.ts";
import { AUTHORITY_FACTS } from "./authorities/index.ts";
import type { AuthorityFacts, PeriodKind, Regime } from "./authority.ts";

export type { Regime } from "./authority.ts";

/** An authority: what its matters take over where their file says nothing. Made of its facts, of which nothing that is unverified is applied. */
export interface Authority {
  readonly code: string;
  /** What it is called everywhere or in English, then in its own language where that is another. */
  readonly names: readonly string[];
  /** Other spellings that files use. */
  readonly aliases: readonly string[];
  readonly zone: Zone;
  readonly currency: string;
  readonly regime: Regime;
  /** Whether the regime was read in a source; where not, cards say that it is assumed. */
  readonly regimeRead: boolean;
  /** The holidays of its place; null where no table is known. */
  readonly calendar: string | null;
  /** The rule for a period to comply under its orders; null where it is not known: the file must name one. */
  readonly orderRule: string | null;
  /** Where that rule comes from, and whether it was read or inferred from how a case was decided. */
  readonly orderRuleSource: { readonly citation: string; readonly basis: "read" | "inferred" } | null;
  /** The legal ceiling of a daily penalty, in its currency. */
  readonly ceilingPerDay?: string;
  /** The same in its simplified procedure. */
  readonly ceilingPerDaySimplified?: string;
  /** The most of the average daily turnover that a penalty may take a day, in percent. */
  readonly ceilingTurnoverPercent?: string;
  /** The time for observations after an announced liquidation. */
  readonly observations?: string;
  /** The rule by which that time is counted; null where nobody has read it: then it is told as the earliest day. */
  readonly observationsRule: string | null;
  readonly source: string;
  /** All that is known of it, each with its source. */
  readonly facts: AuthorityFacts;
}

/** How periods of a kind are counted under an authority, where that was read or inferred and the house has the rule. */
export interface KnownRule {
  readonly rule: string;
  readonly citation: string;
  readonly basis: "read" | "inferred";
}

/** Null where nobody knows: then nothing is applied, and what asks speaks of the earlier day. */
export function ruleFor(facts: AuthorityFacts, kind: PeriodKind): KnownRule | null {
  const known = facts.periods[kind]?.rule;
  if (known === undefined || known.basis === "unverified" || known.value === null) return null;
  return { rule: known.value, citation: known.source!.citation, basis: known.basis };
}

function authority(facts: AuthorityFacts): Authority {
  const { code, english, own, short, aliases = [], law, zone, currency, calendar, regime } = facts;
  const order = ruleFor(facts, "order");
  const observations = facts.periods.observations?.length;
  return {
    code,
    names: [...(short === undefined ? [english] : [short, english]), ...own].filter((name, at, all) => all.indexOf(name) === at),
    aliases,
    zone: zone.value,
    currency: currency.value,
    // A regime that was not read in a source stands as court-set and is shown as assumed.
    regime: regime.basis === "read" ? regime.value : "court-set",
    regimeRead: regime.basis === "read",
    calendar,
    orderRule: order?.rule ?? null,
    orderRuleSource: order === null ? null : { citation: order.citation, basis: order.basis },
    ...ceilingOf(facts),
    ...(observations?.basis === "read" ? { observations: observations.value } : {}),
    observationsRule: ruleFor(facts, "observations")?.rule ?? null,
    source: law,
    facts,
  };
}

function ceilingOf({ ceiling }: AuthorityFacts): Pick<Authority, "ceilingPerDay" | "ceilingPerDaySimplified" | "ceilingTurnoverPercent"> {
  if (ceiling.basis === "unverified" || ceiling.value === null) return {};
  const { perDay, perDaySimplified, turnoverPercent } = ceiling.value;
  return {
    ...(perDay === undefined ? {} : { ceilingPerDay: perDay }),
    ...(perDaySimplified === undefined ? {} : { ceilingPerDaySimplified: perDaySimplified }),
    ...(turnoverPercent === undefined ? {} : { ceilingTurnoverPercent: turnoverPercent }),
  };
}

/** Every authority that matters can name. */
export const AUTHORITIES: readonly Authority[] = AUTHORITY_FACTS.map(authority);

const BY_NAME = new Map<string, Authority>();
for (const one of AUTHORITIES) {
  for (const name of [one.code, ...one.names, ...one.aliases]) BY_NAME.set(name.toLowerCase(), one);
}

/** By code, name or alias, case ignored; null for one that the catalogue does not hold. */
export function authorityOf(name: string): Authority | null {
  return BY_NAME.get(name.trim().toLowerCase()) ?? null;
}
