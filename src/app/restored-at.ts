import { type RestoredHost, restoredIn } from "../alerts/after-restore.ts";
import type { Desk } from "./answer.ts";

type Restored = Pick<Desk, "store" | "clock">;

/** Whether the desk's register was lately put back from a copy, read once in the life of the process: nobody puts one back under it. */
export function restoredAt(desk: Restored): () => Promise<RestoredHost | null> {
  return once(() => restoredOf(desk));
}

async function restoredOf({ store, clock }: Restored): Promise<RestoredHost | null> {
  const restored = await restoredIn(store.state("desk"), clock.now());
  if (restored === null) return null;
  return {
    ...restored,
    async knew(stream) {
      const [first] = await store.ledger.read(stream);
      return first !== undefined && first.recordedAt <= restored.at;
    },
  };
}

/** Asked when it is first needed, and again only where asking failed. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let asked: Promise<T> | null = null;
  return () => {
    asked ??= ask().catch((error: unknown) => {
      asked = null;
      throw error;
    });
    return asked;
  };
}
