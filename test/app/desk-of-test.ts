import { onTestFinished } from "vitest";
import { STORE } from "../../adapters/index.ts";
import { openRegister } from "../../src/alerts/register.ts";
import type { WatchSettings } from "../../src/app/config.ts";
import { openWeb } from "../../src/app/http.ts";
import { openWatch, type Watch } from "../../src/app/watch.ts";
import type { ChatAdapter, DeliveryKey, Place, PostRef } from "../../src/ports/chat.ts";
import type { Outcome } from "../../src/ports/delivery-log.ts";
import type { Store } from "../../src/ports/store.ts";
import { type SetClock, setClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";
import { sightsThrough } from "../support/sights.ts";
import { type KeptLog, keptLog, later, NOW } from "./kept-log.ts";

export const CHANNEL = "slack:T1/C2" as Place;

export interface AskedAdapter extends ChatAdapter {
  online: boolean;
  /** What the platform lets a bot read. */
  shown: PostRef | null | "cannot-tell";
  readonly asked: { readonly to: Place; readonly once: DeliveryKey; readonly since: Instant }[];
}

/** An adapter that posts nothing: it is asked whether it is connected, and what was shown. */
export function adapterOfTest(name: string): AskedAdapter {
  const not = async () => ({ ok: false, retry: "later", reason: "not here" }) as const;
  return {
    name,
    limits: {} as ChatAdapter["limits"],
    pace: 0,
    inPlace: true,
    online: true,
    shown: null,
    asked: [],
    start: async () => {},
    stop: async () => {},
    post: not,
    update: not,
    async find(to, once, since) {
      this.asked.push({ to, once, since });
      return this.shown;
    },
    direct: () => null,
    audience: async () => ({ kind: "internal" }),
    kindOf: async () => "member",
    workspaceOf: (minted) => (minted.startsWith(`${name}:`) ? minted.split("/")[0]! : null),
    placeOf: (posted) => (posted.startsWith(`${name}:`) ? (posted.split("/").slice(0, 2).join("/") as Place) : null),
    connected() {
      return this.online;
    },
  };
}

export interface WatchedDesk {
  readonly store: Store;
  readonly clock: SetClock;
  readonly log: KeptLog;
  readonly watch: Watch;
  readonly adapter: AskedAdapter;
  readonly address: string;
  /** Addresses that the watch has asked for. */
  readonly fetched: readonly string[];
  /** Lets so much time go by, on the clock and on the stopwatch. */
  pass(seconds: number): void;
}

const OPEN: WatchSettings = { metricsToken: null, heartbeat: null };

/** A register in memory that is watched, with one adapter called slack, served on a loopback port. */
export async function watchedDesk(
  { canary = null, ...settings }: Partial<WatchSettings> & { readonly canary?: Place | null } = {},
  spoil: (store: Store) => Store = (store) => store,
): Promise<WatchedDesk> {
  const opened = await STORE.open({ url: "sqlite::memory:" });
  onTestFinished(() => opened.close());
  const store = spoil(opened);
  const [clock, log, adapter] = [setClock(NOW), keptLog(), adapterOfTest("slack")];
  const desk = {
    store,
    register: openRegister(store.ledger),
    clock,
    log,
    language: "en",
    canary,
    sights: sightsThrough(adapter, store),
  } as const;
  const web = openWeb(log);
  onTestFinished(() => web.close());
  let passed = 0;
  const fetched: string[] = [];
  const hear: typeof fetch = async (url) => {
    fetched.push(String(url));
    return new Response("OK");
  };
  const means = { stopwatch: () => passed, fetch: hear };
  const watch = await openWatch(desk, [adapter], { ...OPEN, ...settings }, web, means);
  const address = (await web.listen("127.0.0.1", 0))!;
  function pass(seconds: number): void {
    passed += seconds * 1000;
    clock.set(later(clock.now(), seconds));
  }
  return { store, clock, log, watch, adapter, address, fetched, pass };
}

/** One delivery in the log that was claimed at that moment and came out so. */
export async function delivered(
  { deliveries }: Store,
  name: string,
  at: Instant,
  outcome: Outcome | null,
  kind: "reminder" | "canary" = "reminder",
): Promise<DeliveryKey> {
  const key = JSON.stringify([CHANNEL, name]) as DeliveryKey;
  const reason = kind === "canary" ? ("canary" as const) : ("stage-reached" as const);
  const basis = { place: CHANNEL, kind, reason, stream: null, version: null, head: "", rulebook: "", shown: null };
  await deliveries.turn([], [{ key, message: key, basis }], at);
  if (outcome !== null) await deliveries.turn([{ key, outcome }], [], at);
  return key;
}
