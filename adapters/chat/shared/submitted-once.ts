import { setTimeout as sleep } from "node:timers/promises";
import type { AdapterState } from "../../../src/ports/chat.ts";

/** What became of this form when it was submitted before: it was recorded, or somebody began to and has not noted what came of it. */
export type Before = "recorded" | "begun";

/** How long it is known of a submission that it was begun, and what came of it. */
export const DAY = 86_400_000;

/** How often it is looked whether what another process began has come to something, and how long after each look, in milliseconds. */
const LOOKS = 6;
const PAUSE = 250;

/** Begins a submission that is noted under that key: null for the first alone, in whatever process, until it is let go of. */
export async function begin(state: AdapterState, key: string): Promise<Before | null> {
  for (let looks = 1; ; looks++) {
    if ((await state.get(key)) !== undefined) return "recorded";
    if (await state.add(begunAt(key), DAY)) return null;
    if (looks === LOOKS) return "begun";
    await sleep(PAUSE);
  }
}

/** Nothing was recorded: the same form may be submitted again. */
export async function letGo(state: AdapterState, key: string): Promise<void> {
  await state.delete(begunAt(key));
}

function begunAt(key: string): string {
  return `${key}/begun`;
}
