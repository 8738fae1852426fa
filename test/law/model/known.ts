import type { MatterEvent } from "../../../src/matter/events.ts";
import type { FiledMatter } from "../../../src/matter/facts.ts";

type Fields = Record<string, unknown>;
type Corrected = Extract<MatterEvent, { type: "corrected" }>;

/** A matter as it was known at the end of a day: corrections made, later events not there, the others in the order in which they apply. */
export interface Known {
  readonly facts: FiledMatter;
  readonly events: readonly MatterEvent[];
}

export function knownOn(matter: FiledMatter, on: string): Known {
  const all = matter.events ?? [];
  const corrections = standingCorrections(all.filter((event): event is Corrected => event.type === "corrected" && event.on <= on));
  let events = all.filter(({ type }) => type !== "corrected");
  let facts = matter;
  for (const correction of corrections) {
    if (correction.event === "registered") {
      for (const [path, value] of Object.entries(correction.set ?? {})) facts = withFact(facts, path.split("."), value) as FiledMatter;
    } else if (correction.void) events = events.filter(({ id }) => id !== correction.event);
    else events = events.map((event) => (event.id === correction.event ? mended(event, correction.set ?? {}) : event));
  }
  const held = events.filter((event) => event.on <= on);
  return { facts, events: held.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)) };
}

/** The last correction stands; one that a later one voids does not. */
function standingCorrections(corrections: readonly Corrected[]): readonly Corrected[] {
  let standing: Corrected[] = [];
  for (const correction of corrections.toReversed()) {
    const voided = standing.some((later) => later.void && later.event === correction.id);
    if (!voided) standing = [correction, ...standing];
  }
  return standing;
}

function mended(event: MatterEvent, set: Fields): MatterEvent {
  const fields: Fields = { ...event };
  for (const [field, value] of Object.entries(set))
    if (value === null) delete fields[field];
    else fields[field] = value;
  return fields as MatterEvent;
}

function withFact(into: unknown, [field, ...rest]: readonly string[], value: unknown): unknown {
  if (field === undefined) return value;
  if (Array.isArray(into)) return into.map((one: Fields) => (one.id === field ? withFact(one, rest, value) : one));
  const fields: Fields = { ...(into as Fields) };
  if (rest.length === 0 && value === null) delete fields[field];
  else fields[field] = withFact(fields[field], rest, value);
  return fields;
}
