import { createHash } from "node:crypto";
import type { Context } from "./command.ts";

/** Where a desk keeps which requests were begun. */
const STATE = "asked";

/** Longer than a platform delivers anything again, and than a signature of Slack's holds. */
const KEPT = 25 * 3_600_000;

/** Another process was delivered the same request, and has begun to write what it asks for: nothing of that was written here. */
export class BegunElsewhere extends Error {
  override readonly name = "BegunElsewhere";
}

/** The right to write what a request asks for, which one alone has of the processes that it was delivered to. */
export interface Turn {
  /** Before anything is written; at once where it is had already. Throws BegunElsewhere where another process has it. */
  take(): Promise<void>;
  /** Nothing was written: whoever is delivered the request again may. Never throws. */
  giveBack(): Promise<void>;
}

/**
 * A request that reaches one process twice is known from memory (src/app/once.ts). One that reaches two processes of a register is known by its
 * turn, which is kept in the register as the first thing is about to be written. The ledger needs none: it knows what a command has recorded by
 * the command's id, and whoever is delivered it again, also after a process ended in the midst of it, finishes it and says what stands. Questions
 * pay nothing, nor does a process that is alone on its register.
 *
 * A process may end between its turn and what it was about to write. Nobody can tell that from one that has written and not yet answered, so the
 * request is not run again: its reader is told that it came before, and to look, and to ask again where it is not done. That is a new request.
 * Where the turn cannot be kept, it is written all the same: what keeps it is away more often than anything is delivered twice.
 */
export function turnOf({ store, terminal, place, person, id }: Context): Turn {
  if (store.fleet === null || terminal !== null) return { take: async () => undefined, giveBack: async () => undefined };
  // A platform's id may be made of the ids of people.
  const key = createHash("sha256")
    .update(JSON.stringify([place, person, id]))
    .digest("hex");
  let taken: Promise<boolean> | null = null;
  return {
    async take() {
      taken ??= store
        .state(STATE)
        .add(key, KEPT)
        .catch(() => true);
      if (!(await taken)) throw new BegunElsewhere();
    },
    async giveBack() {
      if (taken === null || !(await taken)) return;
      await store
        .state(STATE)
        .delete(key)
        .catch(() => undefined);
    },
  };
}
