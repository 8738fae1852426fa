import type { Day } from "../time/day.ts";
import { heldOn, type Matter } from "./history.ts";

export const VISIBILITIES = ["public", "desk", "restricted"] as const;
/** Who may know of a matter: everybody who is served; the desk's own people; those alone who are let in by name. */
export type Visibility = (typeof VISIBILITIES)[number];

/** What a reader, or everybody in a place, may see. */
export interface Sight {
  /** Anything at all: without it nothing, not even what is public. */
  readonly any: boolean;
  /** The desk's matters; without it the public ones alone. */
  readonly desk: boolean;
  /** The keys of the restricted matters into which the reader is let in. */
  readonly restricted: ReadonlySet<string> | "all";
  /** Sums and rates; without it every amount is left out, and that it is. */
  readonly amounts: boolean;
}

/** Whoever has the register's file has everything in it. */
export const WHOLE_SIGHT: Sight = { any: true, desk: true, restricted: "all", amounts: true };
/** What a place, or a person, of whom nothing is known may see. */
export const PUBLIC_SIGHT: Sight = { any: true, desk: false, restricted: new Set(), amounts: false };

const LAST = "9999-12-31" as Day;
const KNOWN = new WeakMap<Matter, Visibility>();

/**
 * Who may know of a matter now: the last word that was recorded on it, else what its file says, else the desk. It is never asked for a day in
 * the past: what was public then need not be shown now.
 */
export function visibilityOf(matter: Matter): Visibility {
  let known = KNOWN.get(matter);
  if (known === undefined) {
    known = matter.events.some(({ event }) => event.type === "visibility") ? lastSaid(matter) : (matter.facts.visibility ?? "desk");
    KNOWN.set(matter, known);
  }
  return known;
}

function lastSaid({ events, facts }: Matter): Visibility {
  let last: { readonly order: number; readonly to: Visibility } | null = null;
  for (const { event, order } of heldOn(events, LAST))
    if (event.type === "visibility" && (last === null || order > last.order)) last = { order, to: event.to };
  return last?.to ?? facts.visibility ?? "desk";
}

export function sees(sight: Sight, matter: Matter): boolean {
  if (!sight.any) return false;
  switch (visibilityOf(matter)) {
    case "public":
      return true;
    case "desk":
      return sight.desk;
    case "restricted":
      return sight.restricted === "all" || sight.restricted.has(matter.key);
  }
}
