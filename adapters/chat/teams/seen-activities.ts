import type { AdapterState } from "../../../src/ports/chat.ts";

/** Whether something is met for the first time: noted in the state, so that it holds across a restart and in all processes of a register. */
export interface Seen {
  /** True once for each name, also where two ask at the same time; false until `forget` or the end of the time. */
  isNew(name: string): Promise<boolean>;
  /** It came to nothing, and may be tried again. */
  forget(name: string): Promise<void>;
}

export function seenIn(state: AdapterState, milliseconds?: number): Seen {
  return {
    isNew: (name) => state.add(name, milliseconds),
    async forget(name) {
      await state.delete(name);
    },
  };
}
