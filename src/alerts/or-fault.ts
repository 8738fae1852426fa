import type { Matter } from "../matter/history.ts";
import { visibilityOf } from "../matter/sight.ts";
import type { Log } from "../ports/chat.ts";

/** What can be reckoned of a matter; null, and a word in the log, where that is a fault of ours. No log names a restricted matter. */
export function orFault<T>({ log }: { readonly log: Log }, { matter }: { readonly matter: Matter }, reckon: () => T): T | null {
  try {
    return reckon();
  } catch (error) {
    const about = { stream: streamShown(matter), error: error instanceof Error ? error.stack : String(error) };
    log.error(about, "a matter cannot be told: nothing is said of it");
    return null;
  }
}

/** A matter as a log names it; one of which it cannot be told who may know of it is not named. */
export function streamShown(matter: Matter): string {
  try {
    return visibilityOf(matter) === "restricted" ? "(restricted)" : matter.key;
  } catch {
    return "(of unknown visibility)";
  }
}
