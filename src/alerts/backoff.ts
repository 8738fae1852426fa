import { createHash } from "node:crypto";

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** After so many attempts of which nobody can tell whether they were shown, it is tried once an hour alone. */
export const OFTEN_UNKNOWN = 6;
/** A day of such attempts more: days on which nobody tried tell nothing of the place. */
export const MOST_UNKNOWN = OFTEN_UNKNOWN + 24;
/** So long after the first attempt at what nothing outdates one more is rather a nuisance than a help: well before it is no news any more. */
export const LONGEST_UNKNOWN = 5 * 24 * 60 * MINUTE;

/**
 * How long to wait after so many attempts, in milliseconds: doubled each time up to an hour, and spread by a quarter to either side, so that what
 * failed together is not tried together. The spread follows from the key: it is the same whoever reckons.
 */
export function backOff(kind: "later" | "unknown", key: string, attempts: number): number {
  const first = kind === "later" ? 5 * SECOND : MINUTE;
  const wait = Math.min(60 * MINUTE, first * 2 ** Math.max(0, attempts - 1));
  return Math.round(wait * (0.75 + spread(key, attempts) / 2));
}

/** The same of what is tried once an hour, and not more often: spread by an eighth, to one side. */
export function hourly(key: string, attempts: number): number {
  return Math.round(60 * MINUTE * (1 + spread(key, attempts) / 8));
}

/** From 0 up to 1. */
function spread(key: string, attempts: number): number {
  return createHash("sha256").update(`${attempts} ${key}`).digest().readUInt32BE() / 2 ** 32;
}
