import { isDeepStrictEqual } from "node:util";
import { type Day, later } from "../time/day.ts";
import { asOf, mendFacts, REGISTRATION } from "./corrected-facts.ts";
import type { EventOf } from "./events.ts";
import { heldOn, type Matter, mend } from "./history.ts";

/** Whether a correction sets everything to what it is already on its day; of one that cannot stand, false. */
export function correctsNothing(matter: Matter, correction: EventOf<"corrected">): boolean {
  if (correction.void === true || correction.set === undefined || Object.keys(correction.set).length === 0) return false;
  if (correction.event === REGISTRATION) {
    const { facts } = asOf(matter, correction.on);
    const mended = mendFacts(facts, correction, matter.events);
    return !("refused" in mended) && isSame(mended, facts);
  }
  const recorded = matter.events.find(({ id }) => id === correction.event);
  if (recorded === undefined) return false;
  const day: Day = later(correction.on, recorded.event.on);
  const held = heldOn(matter.events, day).find(({ id }) => id === correction.event)?.event;
  const mended = held === undefined ? null : mend(held, correction);
  if (held === undefined || mended === null || "refused" in mended) return false;
  return isSame(mended, held);
}

/** By what is written: a default that is set by name is said, and was assumed before. */
function isSame(one: object, other: object): boolean {
  return isDeepStrictEqual(JSON.parse(JSON.stringify(one)), JSON.parse(JSON.stringify(other)));
}
