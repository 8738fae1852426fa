import { openRegister } from "../../src/alerts/register.ts";
import { usualSettings } from "../../src/alerts/subscription.ts";
import type { Place } from "../../src/ports/chat.ts";
import type { Store } from "../../src/ports/store.ts";
import { systemClock } from "../../src/time/clock.ts";
import { addDays, type Day } from "../../src/time/day.ts";
import { dayIn, instantOf, millisecondsOf } from "../../src/time/instant.ts";
import { CHANNEL, DIRECT, TEAM, USER } from "../fakes/slack-platform/slack-platform.ts";
import { DEFAULT_WORKSPACE, type WorkspaceOptions } from "../fakes/slack-platform/workspaces.ts";
import type { Random } from "../faults/random.ts";
import { matterOf, zoneAtNoon } from "../faults/strike-desk.ts";

const CHANNELS = [CHANNEL, "C0TWO", "C0THREE", "C0FOUR"];

export const WORKSPACE: WorkspaceOptions = { ...DEFAULT_WORKSPACE, channels: CHANNELS.map((id) => ({ id })) };
const PLACES = [...CHANNELS, USER].map((id) => `slack:${TEAM}/${id}` as Place);

/** The place whose conversation it is. */
export function placeOf(conversation: string): Place {
  return `slack:${TEAM}/${conversation === DIRECT ? USER : conversation}` as Place;
}

/** A day on which something can have been recorded of each of the matters, and whose hour has come. */
export function eventDay(): Day {
  return addDays(dayIn("Europe/Paris", systemClock.now()), -2);
}

/** Matters whose time to comply ends about now, watched by four channels and a person. Answers their keys. */
export async function fillFleetRegister(store: Store, random: Random, matters: number): Promise<readonly string[]> {
  const now = systemClock.now();
  const keys = Array.from({ length: matters }, (_, index) => `CNIL:FLEET-${index + 1}`);
  const changes = keys.map((key) => ({ key, facts: matterOf(key, addDays(eventDay(), -random.below(23))), events: [] }));
  await openRegister(store.ledger).record(() => changes, { recordedAt: now, by: "p1", commandId: "given", via: "command" });
  // Whatever a process whose clock is behind records was recorded since.
  const since = instantOf(millisecondsOf(now) - 600_000);
  for (const [index, place] of PLACES.entries()) {
    await store.subscriptions.settle({ ...usualSettings(place, index % 2 === 0 ? "en" : "fr", zoneAtNoon(), "p1", since), at: "00:30" });
    await store.subscriptions.add(place, { filters: [], by: "p1", since });
  }
  await store.index.wake("all");
  return keys;
}
