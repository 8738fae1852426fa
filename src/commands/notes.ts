import { type Refusal, refuse } from "../law/finding.ts";
import type { MatterEvent } from "../matter/events.ts";
import type { Command, Context } from "./command.ts";

/** Fields of an event that hold nothing but what somebody wants to note down. */
const NOTES: ReadonlySet<string> = new Set(["note", "text"]);

/**
 * Why an event is not recorded where the desk has not turned notes on: a note may be discoverable, and the chat platform keeps its own copy. Null
 * for one without notes. A reason (because) belongs to what is recorded, and a file that is imported is the user's own document.
 */
export async function notesRefused(event: MatterEvent, { sights }: Pick<Context, "sights">): Promise<Refusal | null> {
  const isNote =
    event.type === "note" || ("note" in event && event.note !== undefined) || (event.type === "corrected" && correctsNote(event.set));
  return isNote && !(await sights.policy()).notes ? refuse("notes-off") : null;
}

function correctsNote(set: Readonly<Record<string, unknown>> | undefined): boolean {
  return Object.keys(set ?? {}).some((path) => NOTES.has(path.slice(path.lastIndexOf(".") + 1)));
}

/** The fields that a command's form may ask for at this desk; refused where it asks for nothing but a note, and notes are off. */
export async function askedFields(
  { verb }: Pick<Command, "verb">,
  { sights }: Pick<Context, "sights">,
): Promise<Refusal | ((field: string) => boolean)> {
  if ((await sights.policy()).notes) return () => true;
  return verb === "note" ? refuse("notes-off") : (field) => field !== "note";
}
