import { AsyncLocalStorage } from "node:async_hooks";
import type { MatterEvent, RecordedEvent } from "../matter/events.ts";
import type { Language } from "../time/wording.ts";
import { say } from "./say.ts";

const OUTSIDE = new AsyncLocalStorage<boolean>();

/**
 * Whatever is made within the work is read by people who are not of the desk: of a public matter it holds what is public, and nothing of how the
 * desk works on it: no note and no reason, nobody who has it, recorded it, has taken note of it or has put it off. It holds for what the work
 * waits for too, and for nothing that runs beside it.
 */
export function forOutsiders<Made>(work: () => Made): Made {
  return OUTSIDE.run(true, work);
}

/** Whether what is the desk's own is left out just now. */
export function insideHidden(): boolean {
  return OUTSIDE.getStore() === true;
}

/** Whether an event is nobody's business but the desk's. */
export function isInside({ type }: Pick<MatterEvent, "type">): boolean {
  return type === "note" || type === "assigned";
}

/** The events that those who read may know of: outside the desk no note, no assignment, and no correction of one. */
export function toldEvents(events: readonly RecordedEvent[]): readonly RecordedEvent[] {
  if (!insideHidden()) return events;
  const inside = new Set<string>();
  return events.filter(({ id, event }) => {
    const isHidden = isInside(event) || (event.type === "corrected" && inside.has(event.event));
    if (isHidden) inside.add(id);
    return !isHidden;
  });
}

const PROSE: ReadonlySet<string> = new Set(["because", "note", "text"]);

/** Whether a field of a correction holds what somebody of the desk wrote, or whom they named. */
export function isProse(path: string, value: unknown): boolean {
  const field = path.split(".").at(-1)!;
  return PROSE.has(field) || (path === "to" && typeof value === "string" && !/^\d/.test(value));
}

/** The reason as those who read may know it. */
export function reasonShown(language: Language, because: string): string {
  return insideHidden() ? say(language, "inside.reason") : because;
}
