import { openRegister } from "../../src/alerts/register.ts";
import { rulebook } from "../../src/alerts/rulebook.ts";
import type { DeliveryKey, Place, PostRef } from "../../src/ports/chat.ts";
import type { Store } from "../../src/ports/store.ts";
import { instantOf, millisecondsOf } from "../../src/time/instant.ts";
import { CHANNEL, DIRECT, type SlackPlatform } from "../fakes/slack-platform/slack-platform.ts";
import { violations } from "./checker.ts";
import { readTrail } from "./durable-trail.ts";
import type { Ask, Attempt, Claiming, Evidence } from "./evidence.ts";
import { IN_CHANNEL, TO_USER } from "./strike-desk.ts";

export interface Judged {
  readonly violations: readonly string[];
  readonly shown: number;
  /** Messages that said that they may be repeats. */
  readonly marked: number;
}

interface Run {
  readonly store: Store;
  readonly file: string;
  readonly platform: SlackPlatform;
  readonly dues: readonly DeliveryKey[];
  readonly began: number;
  readonly death: number;
  /** Whether the bot may read what it posted. */
  readonly reads: boolean;
  /** What was wrong already. */
  readonly extra: readonly string[];
}

/** Everything that the platform and the register kept of the two processes, judged by the six invariants. */
export async function judge({ store, file, platform, dues, began, death, reads, extra }: Run): Promise<Judged> {
  const attempts = platform.record.filter(({ did, once }) => did === "posted" && once !== null).map(attemptOf);
  const claimings = readTrail(file);
  const verified = await store.ledger.verify();
  const keys = [...new Set(claimings.map(({ key }) => key))];
  // Of direct messages it knows where they stand only once one was answered; then it asks there too.
  const asked = (channel: string) =>
    platform.calls.some(({ method, args }) => method === "conversations.history" && args.channel === channel);
  const canTell = (place: Place) => reads && (place === IN_CHANNEL || asked(DIRECT));
  const evidence: Evidence = {
    attempts,
    asks: asksOf(claimings, attempts, canTell),
    claimings,
    deliveries: [...(await store.deliveries.known(keys)).values()],
    ledger: await store.ledger.readAll(0, 10_000),
    matters: await openRegister(store.ledger).all(),
    chainFault: verified.ok ? null : JSON.stringify(verified.fault),
    rulebook: rulebook(),
    subscriptions: await store.subscriptions.all(),
    dues: dues.map((key) => ({ key, place: (JSON.parse(key) as [Place])[0], from: began, until: null })),
    deaths: [death],
    end: Date.now(),
    grace: 60_000,
    lateAfterMinutes: 60,
    momentOf: millisecondsOf,
    canTell,
  };
  const found = violations(evidence).map(({ invariant, what }) => `${invariant}: ${what}`);
  return {
    violations: [...extra, ...found],
    shown: attempts.length,
    marked: attempts.filter(({ text }) => /may be a repeat|peut-être une répétition/.test(text)).length,
  };
}

function attemptOf({ at, place, thread, once, part, text }: SlackPlatform["record"][number]): Attempt {
  return {
    moment: at,
    at: instantOf(at),
    place: place === CHANNEL ? IN_CHANNEL : TO_USER,
    thread: thread as PostRef | null,
    once: once!,
    part: part ?? 0,
    text,
    shown: true,
    answered: "ok",
    askedSeconds: null,
  };
}

/** Where the bot may read it asks after a death, and the platform tells what stands there. */
function asksOf(claimings: readonly Claiming[], attempts: readonly Attempt[], canTell: (place: Place) => boolean): readonly Ask[] {
  return claimings.flatMap(({ message, basis: { place }, moment, settled }): readonly Ask[] => {
    if (settled?.outcome.kind !== "unknown" || !canTell(place)) return [];
    const stands = attempts.some((one) => one.once === message && one.moment >= moment && one.moment <= settled.moment);
    return [{ moment: settled.moment, place, once: message, answer: stands ? "shown" : "not-shown" }];
  });
}
