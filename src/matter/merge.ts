import { isDeepStrictEqual } from "node:util";
import { type Authority, authorityOf } from "../law/catalogue.ts";
import type { Day } from "../time/day.ts";
import { checkMatter, type Problem } from "./check.ts";
import { asOf } from "./corrected-facts.ts";
import { assertTold, faultsOf, withEvents } from "./decide.ts";
import type { MatterEvent, RecordedEvent } from "./events.ts";
import type { Facts, FiledMatter } from "./facts.ts";
import { foldMatter } from "./fold.ts";
import { type Matter, mend } from "./history.ts";
import { matterKey } from "./key.ts";
import { canonicalEvent, canonicalFacts, filledIn, isRecord } from "./same.ts";

/** What one matter of a file comes to, held against the register. */
export interface Merge {
  readonly key: string;
  /** The facts as they will stand. */
  readonly facts: Facts;
  readonly change: "registered" | "updated" | "unchanged";
  /** Whether the facts differ from what the register holds. */
  readonly factsChanged: boolean;
  readonly events: readonly MatterEvent[];
}

export type Merged =
  | { readonly merge: Merge; readonly problems: readonly [] }
  | { readonly merge: null; readonly problems: readonly Problem[] };

/** Facts with the catalogue's spelling of the authority, and no events. */
export function factsOf(filed: FiledMatter, authority: Authority): Facts {
  const { events: _, ...facts } = filed;
  return { ...facts, authority: authority.code };
}

/** Holds a filed matter against what the register has: new, more of it, the same, or a contradiction. Filling what is missing is an update. */
export function mergeMatter(filed: FiledMatter, existing: Matter | null, today: Day): Merged {
  const wrong = checkMatter(filed, today);
  if (wrong.length > 0) return { merge: null, problems: wrong };
  const facts = factsOf(filed, authorityOf(filed.authority)!);
  const key = matterKey(facts.authority, facts.ref, facts.addressee);
  const problems: Problem[] = [];
  const added = existing === null ? (filed.events ?? []) : matchEvents(filed.events ?? [], existing, problems);
  const corrected = existing === null ? null : asOf(existing, today).facts;
  if (existing !== null) problems.push(...contradictions(existing.facts, corrected!, facts));
  const filled =
    existing === null
      ? facts
      : saysTheSame(facts, existing.facts, corrected!)
        ? existing.facts
        : (filledIn(existing.facts, facts, corrected) as Facts);
  const base: Matter =
    existing === null
      ? { key, facts, filled: [], events: [], version: 0, registeredAt: "" as Matter["registeredAt"], registration: "" }
      : { ...existing, facts: filled };
  const after = withEvents(base, added);
  const before = existing === null ? new Set<string>() : faultsOf(existing, today);
  const places = new Map(after.events.slice(base.events.length).map(({ id }, index) => [id, (filed.events ?? []).indexOf(added[index]!)]));
  for (const { id, refusal } of foldMatter(after, today).faults) {
    if (before.has(id)) continue;
    const place = places.get(id);
    if (place !== undefined) problems.push({ path: ["events", place], code: refusal.refused, args: refusal.args });
    else problems.push({ path: ["events"], code: refusal.refused, args: { ...refusal.args, undoes: id } });
  }
  if (problems.length > 0) return { merge: null, problems };
  assertTold(after, today);
  const factsChanged = existing !== null && !isDeepStrictEqual(filled, existing.facts);
  const change = existing === null ? "registered" : factsChanged || added.length > 0 ? "updated" : "unchanged";
  return { merge: { key, facts: filled, change, factsChanged, events: added }, problems: [] };
}

/** Another spelling of what is known, or a default written out, adds nothing. */
function saysTheSame(filed: Facts, first: Facts, corrected: Facts): boolean {
  const said = canonicalFacts(filed);
  return [first, corrected].some((known) => isDeepStrictEqual(canonicalFacts(known), said));
}

/** A file may hold the facts as they were or as corrections have mended them. */
function contradictions(first: Facts, corrected: Facts, filed: Facts): readonly Problem[] {
  const against = (known: Facts) => {
    const problems: Problem[] = [];
    compareFacts(canonicalFacts(known), canonicalFacts(filed), [], problems);
    return problems;
  };
  const now = against(corrected);
  return first === corrected || now.length === 0 || against(first).length > 0 ? now : [];
}

/** Same id, or else all fields but source and note, each register event once. What an import once brought may not be missing. */
function matchEvents(filed: readonly MatterEvent[], existing: Matter, problems: Problem[]): readonly MatterEvent[] {
  const left = [...existing.events];
  const added: MatterEvent[] = [];
  for (const [index, event] of filed.entries()) {
    const at = left.findIndex((recorded) =>
      event.id === undefined ? sameEvent(event, recorded, existing) : recorded.id === event.id || sameEvent(event, recorded, existing),
    );
    const found = left[at];
    if (found === undefined) {
      added.push(event);
      continue;
    }
    left.splice(at, 1);
    if (!sameEvent(event, found, existing)) problems.push({ path: ["events", index], code: "event-changed", args: { event: found.id } });
  }
  for (const recorded of left) {
    if (recorded.via === "import" && !isVoided(recorded, existing)) {
      problems.push({
        path: ["events"],
        code: "event-dropped",
        args: { event: recorded.id, type: recorded.event.type, day: recorded.event.on },
      });
    }
  }
  return added;
}

function sameEvent(event: MatterEvent, recorded: RecordedEvent, matter: Matter): boolean {
  const canonical = canonicalEvent(event, matter.facts);
  return [recorded.event, ...correctedForms(recorded, matter)].some((form) =>
    isDeepStrictEqual(canonical, canonicalEvent(form, matter.facts)),
  );
}

/** A file may hold an event as it was or as a correction has mended it. */
function correctedForms(recorded: RecordedEvent, matter: Matter): readonly MatterEvent[] {
  let form = recorded.event;
  const forms: MatterEvent[] = [];
  for (const { event } of matter.events) {
    if (event.type !== "corrected" || event.event !== recorded.id || event.void === true) continue;
    const mended = mend(form, event);
    if ("refused" in mended) continue;
    form = mended;
    forms.push(form);
  }
  return forms;
}

function isVoided(recorded: RecordedEvent, matter: Matter): boolean {
  return matter.events.some(({ event }) => event.type === "corrected" && event.void === true && event.event === recorded.id);
}

/** A fact may be filled in where it was missing or unknown, never changed or dropped. Lists of things with ids are held together by id. */
function compareFacts(known: unknown, filed: unknown, path: readonly (string | number)[], problems: Problem[]): void {
  if (known === undefined || known === "unknown" || isDeepStrictEqual(known, filed)) return;
  if (Array.isArray(known) && Array.isArray(filed)) {
    compareLists(known, filed, path, problems);
    return;
  }
  if (isWindow(known) && narrows(known, filed)) return;
  if (isRecord(known) && typeof known.day === "string" && known.day === filed) return;
  if (isRecord(known) && isRecord(filed)) {
    for (const field of Object.keys(known)) compareFacts(known[field], filed[field], [...path, field], problems);
    return;
  }
  if (typeof known === "string" && isRecord(filed) && filed.day === known) return;
  problems.push({ path, code: filed === undefined ? "fact-dropped" : "fact-changed", args: { fact: path.join("."), known: text(known) } });
}

function compareLists(known: readonly unknown[], filed: readonly unknown[], path: readonly (string | number)[], problems: Problem[]): void {
  for (const [index, entry] of known.entries()) {
    if (isRecord(entry) && typeof entry.id === "string") {
      const at = filed.findIndex((other) => isRecord(other) && other.id === entry.id);
      compareFacts(entry, at < 0 ? undefined : filed[at], [...path, at < 0 ? entry.id : at], problems);
    } else if (!filed.some((other) => isDeepStrictEqual(other, entry))) {
      problems.push({ path: [...path], code: "fact-dropped", args: { fact: path.join("."), known: text(entry) } });
    } else if (path.at(-1) === "period" && !isDeepStrictEqual(filed[index], entry)) {
      problems.push({ path: [...path], code: "fact-changed", args: { fact: path.join("."), known: text(known) } });
    }
  }
}

function isWindow(value: unknown): value is { between: readonly [string, string] } {
  return isRecord(value) && Array.isArray(value.between);
}

/** A window becomes a day within it, or a smaller window. */
function narrows({ between: [from, to] }: { between: readonly [string, string] }, filed: unknown): boolean {
  if (isWindow(filed)) return filed.between[0] >= from && filed.between[1] <= to;
  const day = dayIn(filed);
  return day !== null && day.slice(0, 10) >= from && day.slice(0, 10) <= to;
}

/** The day of a dated fact, with or without a source. */
function dayIn(value: unknown): string | null {
  if (typeof value === "string") return value;
  return isRecord(value) && typeof value.day === "string" ? value.day : null;
}

/** A fact as a sentence can show it. */
function text(value: unknown): string {
  if (isWindow(value)) return value.between.join("–");
  if (isRecord(value)) return typeof value.day === "string" ? value.day : Object.keys(value).join(", ");
  return Array.isArray(value) ? value.join(", ") : String(value);
}
