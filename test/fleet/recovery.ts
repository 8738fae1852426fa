import type { Attempt, Evidence } from "../faults/evidence.ts";
import { claimingsOf } from "../faults/evidence.ts";

/** A process was lost: ended, stopped, or cut off from the database. */
export interface Loss {
  readonly what: string;
  readonly at: number;
}

/** How long it took until what it had in hand was picked up, and until the next correct post, in milliseconds. Null where nothing of the kind was. */
export interface Recovery extends Loss {
  /** Until every claim that was open at the loss was settled: written down by whoever holds it, or taken from whoever is lost. */
  readonly picked: number | null;
  /** Until something was shown that was claimed after the loss. */
  readonly posted: number | null;
}

export function recoveryFrom(loss: Loss, evidence: Evidence): Recovery {
  const { claimings, attempts } = evidence;
  const open = claimings.filter(({ moment, settled }) => moment <= loss.at && (settled === null || settled.moment > loss.at));
  const picked = open.map(({ settled }) => (settled === null ? Number.POSITIVE_INFINITY : settled.moment - loss.at));
  const isNew = (attempt: Attempt) => claimingsOf(attempt, evidence).some(({ moment }) => moment > loss.at);
  const next = attempts.find((attempt) => attempt.moment > loss.at && isNew(attempt));
  return { ...loss, picked: picked.length === 0 ? null : Math.max(...picked), posted: next === undefined ? null : next.moment - loss.at };
}

/** The longest of each. */
export function slowest(recoveries: readonly Recovery[]): { readonly picked: number; readonly posted: number } {
  const longest = (of: readonly (number | null)[]) => Math.max(0, ...of.map((one) => one ?? 0));
  return { picked: longest(recoveries.map(({ picked }) => picked)), posted: longest(recoveries.map(({ posted }) => posted)) };
}
