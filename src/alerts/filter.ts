import { AUTHORITIES, authorityOf } from "../law/catalogue.ts";
import { type Refusal, refuse } from "../law/finding.ts";
import { normaliseRef, refInKey } from "../matter/key.ts";
import { nearest } from "../matter/nearest.ts";
import { STATES, type Standing } from "../matter/standing-types.ts";
import { ERASED } from "../matter/texts.ts";
import { unturned } from "../matter/turns.ts";
import type { PersonRef } from "../ports/chat.ts";
import { addDays, type Day } from "../time/day.ts";
import { dayIn, type Instant, type Zone } from "../time/instant.ts";
import type { Sought } from "./register.ts";

/** A condition on matters: authority:CNIL, state:accruing, respondent:clearview, tag:dpo, due:30d, assigned:ana, or a bare word. */
export interface Filter {
  readonly text: string;
  matches(standing: Standing, today: Day): boolean;
  /** What an index can be asked at that moment, so that matters that cannot match need not be read. Absent where it cannot tell. */
  sought?(now: Instant): Partial<Sought>;
}

const KINDS: readonly string[] = ["notice", "sanction", "order", "judgment"];

export const FILTER_NAMES = ["authority", "state", "respondent", "tag", "due", "ref", "kind", "assigned", "owner", "people"] as const;

/** The short form of people:me. */
const MINE = "mine";
const OF_PEOPLE: ReadonlySet<string> = new Set(["assigned", "owner", "people"]);

const EASTERNMOST: Zone = "Pacific/Kiritimati";

/** Reads one filter; a bare word is looked for in the reference, the respondent and the title. */
export function parseFilter(text: string): Filter | Refusal {
  const colon = text.indexOf(":");
  if (text.toLowerCase() === MINE) return refuse("filter-whose", { got: text });
  if (colon < 0)
    return {
      text,
      matches: ({ facts }) => [facts.ref, facts.respondent, facts.title ?? ""].some((field) => holds(field, text)),
      sought: () => named(text, (held) => holds(held, text) || letters(held).includes(letters(text))),
    };
  const [name, value] = [text.slice(0, colon).toLowerCase(), text.slice(colon + 1)];
  if (value === "") return refuse("value-invalid", { name, got: value, allowed: `${name}:…` });
  switch (name) {
    case "authority": {
      const authority = authorityOf(value);
      if (authority === null) return refuse("filter-value", { name, got: value, allowed: AUTHORITIES.map(({ code }) => code) });
      const { code } = authority;
      return { text, matches: ({ facts }) => facts.authority === code, sought: () => ({ authority: code }) };
    }
    case "state": {
      const states: readonly string[] = STATES;
      if (!states.includes(value.toLowerCase())) return refuse("value-invalid", { name, got: value, allowed: states });
      return {
        text,
        matches: ({ state, items }) => state === value.toLowerCase() || items.some((item) => item.state === value.toLowerCase()),
        sought: () => ({ state: value.toLowerCase() }),
      };
    }
    case "respondent":
      return { text, matches: ({ facts }) => holds(facts.respondent, value), sought: () => named(value, (held) => holds(held, value)) };
    case "tag":
      return { text, matches: ({ facts }) => (facts.tags ?? []).some((tag) => tag.toLowerCase() === value.toLowerCase()) };
    case "kind":
      if (!KINDS.includes(value.toLowerCase())) return refuse("filter-value", { name, got: value, allowed: KINDS });
      return { text, matches: ({ facts }) => facts.kind === value.toLowerCase(), sought: () => ({ kind: value.toLowerCase() }) };
    case "ref":
      return {
        text,
        matches: ({ facts }) => normaliseRef(facts.ref) === normaliseRef(value),
        sought: () => ({ text: { of: "names", fits: (held) => refInKey(held) === normaliseRef(value) } }),
      };
    case "due": {
      const days = /^(\d{1,4})d?$/.exec(value);
      if (days === null) return refuse("value-invalid", { name, got: value, allowed: "due:30d" });
      const by = (today: Day) => addDays(today, Number(days[1]));
      return {
        text,
        matches: ({ next }, today) => next !== null && next.day <= by(today),
        // No authority's day is later than that.
        sought: (now) => ({ dueBy: by(dayIn(EASTERNMOST, now)) }),
      };
    }
    case "assigned":
      return { text, matches: ({ assignedTo }) => isNamed(assignedTo, value), sought: () => assigned(value) };
    case "owner":
      return { text, matches: ({ ownedBy }) => isNamed(ownedBy, value), sought: () => assigned(value) };
    case "people":
      return {
        text,
        matches: ({ assignedTo, ownedBy }) => isNamed(assignedTo, value) || isNamed(ownedBy, value),
        sought: () => assigned(value),
      };
    default: {
      const near = nearest(name, FILTER_NAMES);
      return refuse("filter-unknown", { got: name, allowed: FILTER_NAMES, ...(near === null ? {} : { near }) });
    }
  }
}

/** By what is mentioned. What was erased is mentioned no more, and its matter is still found by the word that stands there. */
function named(value: string, fits: (held: string) => boolean): Partial<Sought> {
  return holds(ERASED, value) ? {} : { text: { of: "names", fits: asRead(fits) } };
}

function assigned(value: string): Partial<Sought> {
  return isNamed(ERASED, value) ? {} : { text: { of: "people", fits: asRead((held) => isNamed(held, value)) } };
}

/** As it was written, and as it is read where a correction has mended its matter. */
function asRead(fits: (held: string) => boolean): (held: string) => boolean {
  return (held) => fits(held) || fits(unturned(held));
}

/** The letters and digits alone, whatever their case and accents: a key has a reference without what stands between them. */
function letters(text: string): string {
  return text
    .toLowerCase()
    .normalize("NFKD")
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

/** What an index can be asked of matters that fit all of them; undefined where it cannot tell anything. */
export function soughtBy(filters: readonly Filter[], now: Instant): Sought | undefined {
  const told = filters.flatMap((filter) => filter.sought?.(now) ?? []);
  return told.length === 0 ? undefined : Object.assign({ now }, ...told);
}

/** All filters, or the first that cannot be read. */
export function parseFilters(texts: readonly string[]): readonly Filter[] | Refusal {
  const filters: Filter[] = [];
  for (const text of texts) {
    const filter = parseFilter(text);
    if ("refused" in filter) return filter;
    filters.push(filter);
  }
  return filters;
}

/**
 * Filters in the one order in which they are kept and shown, whatever order they were typed or filled in: all of them have to hold, so that
 * their order says nothing. By name, bare words last.
 */
export function inOrder(texts: readonly string[]): readonly string[] {
  const rank = (text: string) => {
    const at = (FILTER_NAMES as readonly string[]).indexOf(text.slice(0, text.indexOf(":")).toLowerCase());
    return at < 0 ? FILTER_NAMES.length : at;
  };
  return texts.toSorted((one, other) => rank(one) - rank(other) || (one < other ? -1 : Number(one > other)));
}

/** Who asks: matters are assigned to people by the name that was typed, or by their platform's reference where somebody was mentioned. */
export interface Asker {
  readonly name: string;
  readonly person: PersonRef;
}

/** Filters that say me, as whoever typed them means it: mine, assigned:me, owner:me, people:me. The others stay as they are. */
export function withAsker(texts: readonly string[], { name, person }: Asker): readonly string[] {
  return texts.map((text) => {
    const [filter = "", value = ""] = text.toLowerCase() === MINE ? ["people", "me"] : text.split(/:(.*)/s);
    return OF_PEOPLE.has(filter.toLowerCase()) && value.toLowerCase() === "me" ? `${filter.toLowerCase()}:${name},${person}` : text;
  });
}

/** A filter as people read it: without the reference that stands behind a name. */
export function shownFilter(text: string): string {
  const [filter = "", value = ""] = text.split(/:(.*)/s);
  if (!OF_PEOPLE.has(filter.toLowerCase())) return text;
  return `${filter}:${namesIn(value)[0]}`;
}

/**
 * The filters of a watch that is held where they are the ones that are meant but for references: each by its reference where either has it. Null
 * where they are others. One name without a reference may be anybody's of that name; two references are two people.
 */
export function sameBesideReferences(held: readonly string[], meant: readonly string[]): readonly string[] | null {
  if (held.length !== meant.length) return null;
  const both = meant.map((text) => {
    const same = held.find((one) => isSameBesideReference(one, text));
    return same === undefined || referenceIn(same) !== null || referenceIn(text) === null ? same : text;
  });
  return both.every((one) => one !== undefined) && new Set(both).size === both.length ? both : null;
}

function isSameBesideReference(one: string, other: string): boolean {
  if (one === other) return true;
  const [of, others] = [one, other].map((text) => text.slice(0, text.indexOf(":")).toLowerCase());
  const [who, whose] = [one, other].map((text) => spoken(shownFilter(text).slice(text.indexOf(":") + 1)));
  const [ref, otherRef] = [referenceIn(one), referenceIn(other)];
  return OF_PEOPLE.has(of!) && of === others && who === whose && (ref === otherRef || ref === null || otherRef === null);
}

function referenceIn(text: string): string | null {
  const [filter = "", value = ""] = text.split(/:(.*)/s);
  return OF_PEOPLE.has(filter.toLowerCase()) ? (namesIn(value)[1] ?? null) : null;
}

/** A person or a place as their platform's adapter names them. */
export const REFERENCE = /^[a-z][a-z0-9-]*:\S+$/;

/** What an erasure leaves where a name was. */
const OPAQUE = /^p\d+$/;

/** The name of whom a filter means by it alone; null where it means nobody, somebody by reference, or somebody who was erased. */
export function nameAlone(text: string): string | null {
  const [filter = "", value = ""] = text.split(/:(.*)/s);
  const isAlone = OF_PEOPLE.has(filter.toLowerCase()) && referenceIn(text) === null && !REFERENCE.test(value);
  const name = value.replace(/^@/, "");
  return isAlone && name.trim() !== "" && !OPAQUE.test(name) ? name : null;
}

/** A name, and behind a comma the reference of the same person on their platform: ana,slack:T1/U3. */
function namesIn(value: string): readonly string[] {
  const both = /^(.+),([a-z]+:[^\s,]+)$/s.exec(value);
  return both === null ? [value] : [both[1]!, both[2]!];
}

function isNamed(name: string | null, value: string): boolean {
  return name !== null && namesIn(value).some((one) => spoken(one) === spoken(name));
}

/** Case and a leading @ count for nothing in a name. */
export function spoken(name: string): string {
  return name.trim().replace(/^@/, "").normalize("NFC").toLowerCase();
}

function holds(field: string, part: string): boolean {
  return field.toLocaleLowerCase().includes(part.toLocaleLowerCase());
}
