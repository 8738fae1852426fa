import { onTestFinished } from "vitest";
import { openStore, type StoreOptions } from "../../adapters/store/sql/open.ts";
import { openDesk } from "../../src/app/answer.ts";
import { type Service, startService } from "../../src/app/service.ts";
import type { PersonRef, Place } from "../../src/ports/chat.ts";
import type { Store } from "../../src/ports/store.ts";
import { type SetClock, setClock } from "../../src/time/clock.ts";
import { type KeptLog, keptLog } from "../app/kept-log.ts";
import { type Many, manyOfTest, NOON, PERSON } from "../app/many-of-test.ts";
import { given } from "../support/given.ts";

/** A process that serves Slack's places of one workspace, with what it has shown there. */
export interface ServedProcess {
  readonly store: Store;
  readonly log: KeptLog;
  readonly adapter: Many;
  readonly service: Service;
  ask(place: string, text: string, id?: string): Promise<string>;
  /** Registers a matter with an order that is overdue. */
  hold(): Promise<void>;
  ready(): Promise<{ readonly leading: boolean; readonly fleet: Readonly<Record<string, unknown>> }>;
  metrics(): Promise<string>;
  stop(): Promise<void>;
}

let asked = 0;

/** One more process on the database. */
export async function servedOn(
  url: string,
  clock: SetClock = setClock(NOON),
  options: Pick<StoreOptions, "probe" | "migrations"> = {},
): Promise<ServedProcess> {
  const store = await openStore({ url, clock, ...options });
  const [log, adapter] = [keptLog(), manyOfTest(true)];
  const desk = openDesk(store, { clock, log, language: "en", zone: "Europe/Paris" });
  const service = await startService(desk, [adapter], { host: "127.0.0.1", port: 0 });
  let stopped: Promise<void> | null = null;
  async function stop(): Promise<void> {
    await service.stop();
    await store.close();
  }
  const served: ServedProcess = {
    ...{ store, log, adapter, service },
    async ask(place, text, id = `q${++asked}`) {
      const asking = { ...PERSON, person: PERSON.person as PersonRef, id, place: place as Place, text };
      return JSON.stringify((await adapter.host.onCommand(asking)).cards);
    },
    async hold() {
      const { key, facts } = given({});
      const stamp = { recordedAt: clock.now(), by: "p1", commandId: `h${++asked}`, via: "command" as const };
      await desk.register.record(() => [{ key, facts, events: [] }], stamp);
      desk.running.nudge();
    },
    ready: async () => (await fetch(`${service.address}/readyz`)).json() as never,
    metrics: async () => (await fetch(`${service.address}/metrics`)).text(),
    stop() {
      stopped ??= stop();
      return stopped;
    },
  };
  onTestFinished(() => served.stop());
  return served;
}
