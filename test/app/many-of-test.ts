import { onTestFinished } from "vitest";
import { openStore } from "../../adapters/store/sql/open.ts";
import { type Configured, openDesk } from "../../src/app/answer.ts";
import { startService } from "../../src/app/service.ts";
import type { Card } from "../../src/ports/card.ts";
import type { ChatHost, DeliveryKey, PersonRef, Place, PostRef } from "../../src/ports/chat.ts";
import type { Store } from "../../src/ports/store.ts";
import { type SetClock, setClock } from "../../src/time/clock.ts";
import type { Instant } from "../../src/time/instant.ts";
import { type AskedAdapter, adapterOfTest } from "./desk-of-test.ts";
import { type KeptLog, keptLog } from "./kept-log.ts";

export interface Many extends AskedAdapter {
  host: ChatHost;
  teams: string[];
  /** Those of which this process lacks the key. */
  sealed: string[];
  readonly posted: { readonly to: Place; readonly title: string; readonly text: string; readonly once?: DeliveryKey }[];
  readonly updated: PostRef[];
}

/** An adapter whose places are slack:TEAM/CHANNEL, installed for itself in each of its teams; with `one`, by a bot token, in whichever. */
export function manyOfTest(one = false, name = "slack"): Many {
  const [posted, updated]: [Many["posted"], Many["updated"]] = [[], []];
  const show = (to: Place, card: Card, once?: DeliveryKey) =>
    void posted.push({ to, title: card.title, text: JSON.stringify(card), ...(once === undefined ? {} : { once }) });
  const notNow = { ok: false, retry: "later", reason: "not now" } as const;
  const many: Many = {
    ...adapterOfTest(name),
    ...{ host: undefined as unknown as ChatHost, teams: [], sealed: [], posted, updated },
    ...(one ? {} : { workspaces: workspaces() }),
    async start(host) {
      many.host = host;
    },
    async post(to, card, once, _under, mayGoOn) {
      if ((await mayGoOn?.()) === false) return notNow;
      show(to, card, once);
      return { ok: true, posted: `${to}/${posted.length}.0` as never };
    },
    async update(ref, card, mayGoOn) {
      if ((await mayGoOn?.()) === false) return notNow;
      updated.push(ref);
      show(many.placeOf(ref)!, card);
      return { ok: true, posted: ref };
    },
    audience: async (place) => (/\/U\w+$/.test(place) ? { kind: "person", person: place as string as PersonRef } : { kind: "internal" }),
    direct: (person) => person as string as Place,
  };
  function workspaces(): NonNullable<Many["workspaces"]> {
    return {
      deskOf: (minted) => /^slack:(\w+)(?:\/|$)/.exec(minted)?.[1]?.toLowerCase().replace(/^/, "slack-") ?? null,
      installed: async () => many.teams.map((team) => `slack-${team.toLowerCase()}`),
      sealed: async () => many.sealed.map((team) => `slack-${team.toLowerCase()}`),
    };
  }
  return many;
}

/** The sign of life is due at six. */
export const NOON = "2026-11-22T12:00:00.000Z" as Instant;
export const PERSON = { person: "slack:T1/U1" as PersonRef, personName: "ana", id: "1" };

export interface Served {
  readonly store: Store;
  readonly clock: SetClock;
  readonly log: KeptLog;
  /** The titles of what a line is answered with in a place, by whom it is asked there. */
  ask(place: string, text: string, person?: string): Promise<string>;
  readonly address: string;
  ready(): Promise<{ checks: { check: string; state: string }[] }>;
}

export async function serve(adapters: Many | readonly Many[], configured: Partial<Configured> = {}): Promise<Served> {
  const all = [adapters].flat();
  const store = await openStore({ url: "sqlite::memory:" });
  const [log, clock] = [keptLog(), setClock(NOON)];
  const desk = openDesk(store, { clock, log, language: "en", zone: "Europe/Paris", ...configured });
  const service = await startService(desk, all, { host: "127.0.0.1", port: 0 });
  onTestFinished(async () => {
    await service.stop();
    await store.close();
  });
  let count = 0;
  return {
    ...{ store, clock, log, address: service.address! },
    async ask(place, text, person = PERSON.person) {
      const { host } = all.find(({ name }) => place.startsWith(`${name}:`))!;
      const asking = { ...PERSON, person: person as PersonRef, id: `${++count}`, place: place as Place, text };
      return JSON.stringify((await host.onCommand(asking)).cards);
    },
    ready: async () => (await fetch(`${service.address}/readyz`)).json() as never,
  };
}
