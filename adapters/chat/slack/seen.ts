import type { AdapterState } from "../../../src/ports/chat.ts";
import type { Clock } from "../../../src/time/clock.ts";
import { millisecondsOf } from "../../../src/time/instant.ts";

/** Slack repeats an event three times within minutes, and delayed ones for a day (docs.slack.dev, "Events API", retries). */
const EVENT_MILLISECONDS = 25 * 3_600_000;

/** Does the work of an event once, however often Slack delivers it. What threw is done again when it comes again. */
export function onceAnEvent(state: AdapterState): (id: string, work: () => Promise<void>) => Promise<void> {
  const underWay = new Map<string, Promise<void>>();

  async function unlessDone(id: string, work: () => Promise<void>): Promise<void> {
    const note = `slack/event/${id}`;
    if ((await state.get(note)) !== undefined) return;
    await work();
    await state.set(note, "done", EVENT_MILLISECONDS);
  }

  return (id, work) => {
    const doing = underWay.get(id) ?? unlessDone(id, work).finally(() => underWay.delete(id));
    underWay.set(id, doing);
    return doing;
  };
}

/** A signature holds for five minutes before and after its time: within ten it might be sent again. */
const SIGNATURE_MILLISECONDS = 600_000;

/** The signatures of the last ten minutes or more: a request that was recorded and sent again is known by it. */
export interface SeenSignatures {
  has(signature: string): boolean;
  add(signature: string): void;
  /** It did nothing, and may be tried again. */
  forget(signature: string): void;
}

/** In memory, by halves: what is older than ten minutes is let go of at once, without a timer. */
export function seenSignatures(clock: Clock): SeenSignatures {
  let [newer, older] = [new Set<string>(), new Set<string>()];
  let began = millisecondsOf(clock.now());

  function turn(): void {
    const past = millisecondsOf(clock.now()) - began;
    if (past >= 0 && past < SIGNATURE_MILLISECONDS) return;
    older = past < 2 * SIGNATURE_MILLISECONDS && past >= 0 ? newer : new Set();
    newer = new Set();
    began = millisecondsOf(clock.now());
  }

  return {
    has(signature) {
      turn();
      return newer.has(signature) || older.has(signature);
    },
    add(signature) {
      newer.add(signature);
    },
    forget(signature) {
      newer.delete(signature);
      older.delete(signature);
    },
  };
}
