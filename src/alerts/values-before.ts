import { asOf, REGISTRATION } from "../matter/corrected-facts.ts";
import type { MatterEvent, RecordedEvent } from "../matter/events.ts";
import { heldOn, type Matter } from "../matter/history.ts";

/** What the fields that a correction sets were before it, by their names; nothing for any other event. */
export function valuesBefore(
  matter: Matter,
  { event, order }: Pick<RecordedEvent, "event" | "order">,
): Readonly<Record<string, unknown>> | undefined {
  if (event.type !== "corrected" || event.set === undefined) return undefined;
  const events = matter.events.filter((one) => one.order < order);
  const corrected = event.event === REGISTRATION ? asOf({ ...matter, events }, event.on).facts : heldBefore(events, event.on, event.event);
  return Object.fromEntries(
    Object.keys(event.set).map((path) => [path, valueAt(corrected, event.event === REGISTRATION ? path.split(".") : [path])]),
  );
}

/** The event that a correction is about, as it is before it; nothing for any other event, and of what the matter is registered with. */
export function mendedBefore(matter: Matter, { event, order }: Pick<RecordedEvent, "event" | "order">): MatterEvent | undefined {
  if (event.type !== "corrected" || event.event === REGISTRATION) return undefined;
  const events = matter.events.filter((one) => one.order < order);
  return heldBefore(events, event.on, event.event);
}

/** The event as the corrections before left it, on whatever day it stood; one that was voided, as it was recorded. */
function heldBefore(events: Matter["events"], on: RecordedEvent["event"]["on"], id: string): MatterEvent | undefined {
  const recorded = events.find((one) => one.id === id);
  const last = recorded === undefined || recorded.event.on < on ? on : recorded.event.on;
  return (heldOn(events, last).find((one) => one.id === id) ?? recorded)?.event;
}

/** Lists of things are walked by their ids, as corrections name them. */
function valueAt(value: unknown, [field, ...rest]: readonly string[]): unknown {
  if (field === undefined) return value;
  if (Array.isArray(value))
    return valueAt(
      value.find((one: { readonly id?: unknown }) => one?.id === field),
      rest,
    );
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, field)) return undefined;
  return valueAt((value as Record<string, unknown>)[field], rest);
}
