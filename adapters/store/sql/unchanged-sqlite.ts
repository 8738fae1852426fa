import type { DatabaseSync } from "node:sqlite";
import type { Row } from "./engine.ts";

/** Answers kept at most, and rows in each of them: what is asked by every command is short. */
const MOST = 500;
const SHORT = 2;

/**
 * Asks a question again only after something was written, by this connection or by any other: each command asks what its asker may see, and
 * whether anything is new, and mostly nothing has been written since. SQLite says so itself (pragma data_version for what others have committed,
 * total_changes() for this connection), at a tenth of what a question takes. Not for use within a transaction.
 */
export function unlessUnchanged(file: DatabaseSync): <Answer>(text: string, bound: Row, ask: () => readonly Answer[]) => readonly Answer[] {
  const committed = file.prepare("PRAGMA data_version");
  const changed = file.prepare("SELECT total_changes() AS own");
  const answers = new Map<string, readonly unknown[]>();
  let [version, own]: readonly unknown[] = [null, null];

  return <Answer>(text: string, bound: Row, ask: () => readonly Answer[]) => {
    const now = [committed.get()!.data_version, changed.get()!.own];
    if (now[0] !== version || now[1] !== own || answers.size >= MOST) answers.clear();
    [version, own] = now;
    const key = JSON.stringify([text, ...bound]);
    const known = answers.get(key);
    if (known !== undefined) return known as readonly Answer[];
    const asked = ask();
    if (asked.length <= SHORT) answers.set(key, asked);
    return asked;
  };
}
