import { openRegister } from "../../src/alerts/register.ts";
import { rulebook } from "../../src/alerts/rulebook.ts";
import type { Matter } from "../../src/matter/history.ts";
import type { Place, PostRef } from "../../src/ports/chat.ts";
import type { Store } from "../../src/ports/store.ts";
import { systemClock } from "../../src/time/clock.ts";
import { type Instant, instantOf, millisecondsOf } from "../../src/time/instant.ts";
import { type SlackPlatform, USER } from "../fakes/slack-platform/slack-platform.ts";
import { violations } from "../faults/checker.ts";
import type { Attempt, Due, Evidence } from "../faults/evidence.ts";
import { oughtToBeSaid } from "../faults/oughts.ts";
import { placeOf } from "./fleet-register.ts";
import type { FleetTrail } from "./fleet-trail.ts";
import type { Typed } from "./load.ts";

/** What befell the processes, by the machine's own clock. */
export interface Befallen {
  /** When one of them was ended by force. */
  readonly deaths: number[];
  /** While one stood still, or could not reach the database. */
  readonly troubles: { readonly from: number; readonly to: number }[];
}

interface Run {
  readonly store: Store;
  readonly trail: FleetTrail;
  readonly platform: SlackPlatform;
  readonly typed: readonly Typed[];
  readonly befallen: Befallen;
  readonly began: number;
  /** Whether the bot may read what it posted. */
  readonly reads: boolean;
}

/** How long one pass may take with what has gathered in an outage, in milliseconds. */
const GRACE = 60_000;

/** All that the platform and the database kept of a fleet, to be judged by the six invariants. */
export async function evidenceOf({ store, trail, platform, typed, befallen, began, reads }: Run): Promise<Evidence> {
  const attempts = platform.record.filter(({ did, once }) => did === "posted" && once !== null).map(attemptOf);
  const verified = await store.ledger.verify();
  const asked = new Set(platform.calls.filter(({ method }) => method === "conversations.history").map(({ args }) => args.channel));
  // Of direct messages it knows where they stand only once one was answered; then it asks there too.
  const canTell = (place: Place) => reads && (!place.endsWith(`/${USER}`) || [...asked].some((one) => placeOf(String(one)) === place));
  return {
    attempts,
    ...trail,
    deliveries: [...(await store.deliveries.known([...new Set(trail.claimings.map(({ key }) => key))])).values()],
    ledger: await store.ledger.readAll(0, 10_000),
    matters: await openRegister(store.ledger).all(),
    chainFault: verified.ok ? null : JSON.stringify(verified.fault),
    rulebook: rulebook(),
    subscriptions: await store.subscriptions.all(),
    dues: await fleetDues(store, typed, began),
    ...befallen,
    end: Date.now(),
    grace: GRACE,
    lateAfterMinutes: 60,
    momentOf: millisecondsOf,
    canTell,
  };
}

/** What ought to have been said by now: from the beginning, and what was recorded meanwhile from when it was typed. */
export async function fleetDues(store: Store, typed: readonly Typed[], began: number): Promise<readonly Due[]> {
  const matters = await openRegister(store.ledger).all();
  const recorded = new Map(matters.flatMap((matter) => eventsOf(matter, typed)));
  return (await store.subscriptions.all()).flatMap((place) =>
    oughtToBeSaid(place, matters, systemClock.now()).map((key): Due => {
      const [, kind, stream, , , , id] = JSON.parse(key) as readonly (string | number)[];
      return { key, place: place.place, from: kind === "event" ? (recorded.get(`${stream} ${id}`) ?? began) : began, until: null };
    }),
  );
}

function eventsOf({ key, events }: Matter, typed: readonly Typed[]): readonly (readonly [string, number])[] {
  return events.flatMap(({ event, id, recordedAt }) => {
    const one = typed.find((typed) => "amount" in event && event.amount === String(typed.amount) && typed.key === key);
    // One that was in hand when its process was stopped is recorded when that goes on, and not due before.
    return one === undefined ? [] : [[`${key} ${id}`, Math.max(one.at, millisecondsOf(recordedAt as Instant))] as const];
  });
}

function attemptOf({ at, place, thread, once, part, text }: SlackPlatform["record"][number]): Attempt {
  const posted = { moment: at, at: instantOf(at), place: placeOf(place), thread: thread as PostRef | null };
  return { ...posted, once: once!, part: part ?? 0, text, shown: true, answered: "ok", askedSeconds: null };
}

/**
 * What was not kept: the six invariants, that each command is recorded once, or not at all where the person was told so or got no answer, and that
 * each is answered but for those that a lost process may have had in hand.
 */
export function faultsOf(evidence: Evidence, typed: readonly Typed[]): readonly string[] {
  const found = violations(evidence).map(({ invariant, what }) => `${invariant}: ${what}`);
  return [...found, ...typed.flatMap((one) => commandFaults(one, evidence))];
}

/** So long a process may have a command in hand, in milliseconds: on a machine that has much else to do. */
const IN_HAND = 15_000;

/** A process serves again by then, in milliseconds. */
const STARTED = 30_000;

function commandFaults(
  { key, amount, at, isTaken, isLate, answers }: Typed,
  { matters, deaths, troubles = [] }: Evidence,
): readonly string[] {
  const times = matters.flatMap(({ events }) => events).filter(({ event }) => "amount" in event && event.amount === String(amount)).length;
  const said = answers();
  const isRecorded = said.some((text) => text.startsWith("Recorded") || text.includes("what you asked was recorded"));
  const isRefused = said.some((text) => text.startsWith("Not done")) && !isRecorded;
  const faults: string[] = [];
  if (times > 1) faults.push(`command ${amount} of ${key}: recorded ${times} times`);
  if (isRecorded && times === 0) faults.push(`command ${amount} of ${key}: answered as recorded, and the register has no word of it`);
  if (isRefused && times > 0) faults.push(`command ${amount} of ${key}: answered as not done, and it is recorded: ${said.join(" / ")}`);
  const isNear = ({ from, to }: { readonly from: number; readonly to: number }) => at >= from - IN_HAND && at <= to;
  // Where one was ended, and another is started anew, there may be nobody to take it until that serves.
  const ends = deaths.map((death) => ({ from: death, to: isTaken ? death : death + STARTED }));
  if (said.length === 0 && !isLate && ![...troubles, ...ends].some(isNear))
    faults.push(`command ${amount} of ${key}: typed at ${instantOf(at)} and never answered`);
  if (said.length > 1) faults.push(`command ${amount} of ${key}: answered ${said.length} times`);
  return faults;
}
