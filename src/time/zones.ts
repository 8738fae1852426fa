import type { Zone } from "./instant.ts";

/** The IANA zones that this machine knows, by name, with UTC, which the list of the language leaves out. */
export function allZones(): readonly Zone[] {
  return [...new Set(["UTC", ...Intl.supportedValuesOf("timeZone")])];
}
