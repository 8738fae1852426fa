import { type Refusal, refuse } from "../law/finding.ts";
import type { Day } from "../time/day.ts";
import type { Instant } from "../time/instant.ts";
import { EVENTS, type EventOf, type MatterEvent, type RecordedEvent } from "./events.ts";
import type { Facts } from "./facts.ts";
import { faultOf } from "./issue-code.ts";
import { unturned } from "./turns.ts";

/** A matter as the register holds it: what it is, and all that happened, in order of recording. */
export interface Matter {
  readonly key: string;
  readonly facts: Facts;
  /** The facts as they were first registered and each time some were filled in, in order; the last are `facts`. */
  readonly filled: readonly { readonly recordedAt: Instant; readonly facts: Facts }[];
  readonly events: readonly RecordedEvent[];
  /** How many rows its stream has. */
  readonly version: number;
  readonly registeredAt: Instant;
  /** The command by which it was registered. */
  readonly registration: string;
  /** Who registered it: an opaque person id. Absent where nobody is known to have. */
  readonly registeredBy?: string;
}

/** The matter as it was recorded by that instant; null where it was not registered yet. */
export function knownAt(matter: Matter, instant: Instant): Matter | null {
  const filled = matter.filled.filter(({ recordedAt }) => recordedAt <= instant);
  const last = filled.at(-1);
  if (last === undefined) return null;
  return { ...matter, facts: last.facts, filled, events: matter.events.filter(({ recordedAt }) => recordedAt <= instant) };
}

/**
 * The events that hold on a day, corrections applied, in the order in which they apply: by day, then as recorded. A correction of that day or
 * before may move a later event to it.
 */
export function heldOn(events: readonly RecordedEvent[], on: Day): readonly RecordedEvent[] {
  const corrections = correctionsOn(events, on);
  let held: readonly RecordedEvent[] = events.filter(({ event }) => event.type !== "corrected");
  for (const { event } of corrections) held = correct(held, event as EventOf<"corrected">);
  return [...held, ...corrections]
    .filter(({ event }) => event.on <= on)
    .toSorted((a, b) => (a.event.on === b.event.on ? a.order - b.order : a.event.on < b.event.on ? -1 : 1));
}

/** A correction may be corrected itself: the last one is taken first, and what it voids has no effect. */
function correctionsOn(events: readonly RecordedEvent[], on: Day): readonly RecordedEvent[] {
  let standing: readonly RecordedEvent[] = [];
  for (const recorded of events.filter(({ event }) => event.type === "corrected" && event.on <= on).reverse()) {
    let mended: readonly RecordedEvent[] = [recorded];
    for (const { event } of standing) mended = correct(mended, event as EventOf<"corrected">);
    standing = [...mended, ...standing];
  }
  return standing.filter(({ event }) => event.on <= on);
}

function correct(events: readonly RecordedEvent[], correction: EventOf<"corrected">): readonly RecordedEvent[] {
  if (correction.void === true) return events.filter(({ id }) => id !== correction.event);
  return events.map((recorded) => {
    if (recorded.id !== correction.event) return recorded;
    const mended = mend(recorded.event, correction);
    return "refused" in mended ? recorded : { ...recorded, event: mended };
  });
}

/** The event as a correction sets it: any field but its type; null takes a field away. */
export function mend(event: MatterEvent, correction: EventOf<"corrected">): MatterEvent | Refusal {
  const set = correction.set ?? {};
  if ("type" in set) return refuse("correction-of-type");
  const merged: Record<string, unknown> = unturned({ ...event, ...set });
  for (const [field, value] of Object.entries(set)) if (value === null) delete merged[field];
  const parsed = EVENTS[event.type].safeParse(merged);
  if (parsed.success) return parsed.data as MatterEvent;
  const issue = parsed.error.issues[0]!;
  const field = issue.path.join(".") || Object.keys(set).join(", ");
  return refuse("correction-invalid", { field, event: correction.event, ...faultOf(parsed.error) });
}
